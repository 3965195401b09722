"""What pages show of hubs is kept while nothing changed that it is made of: of every table it is read from, a change says so."""

import re
import uuid
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.views import kept
from evaluation.views.kept import as_at_now, kept_part
from inharmony.access.scope import scoped
from inharmony.accounts.models import User
from inharmony.pages.public import new_edition
from participants.actions import list_check
from participants.models import Membership
from programmes.actions import closing
from programmes.models import Programme
from schools.models import Term
from tests.clients import SignedInClient
from tests.factories import evaluation, programmes
from tests.participants.list_checks import asked

TABLES = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
# the seasons of what there is to do
DAYS = ("2026-11-17", "2027-01-20", "2027-07-30", "2027-09-10", "2027-12-24")
HUB = ("", "children/", "hours/", "trends/", "provision/", "funding/", "schools/")
PERIODS = ("", "?year=2026-27", "?year=2026-27&term=autumn")
# whose rows need not say that they change, and why
UNNOTED = {
    "django_session": "who reads is part of what a page is kept under",
    "accounts_roleassignment": "so is what they may",
    "evaluation_hubchange": "the version itself",
    "evaluation_keptfigures": "made of rows that say so",
    "evaluation_release": "read before, with the body",
    "evaluation_signedfigures": "written with its sign-off, and never changed",
    "participants_childmonth": "kept by triggers of marks and sessions",
    "participants_registertally": "kept by triggers of marks",
    "programmes_operationalcount": "kept by triggers of sessions",
    "schools_localauthority": "a code that places and terms name; no page of figures shows more of it",
}


@pytest.fixture
def noted(db):
    """The tables that leave a change when a row of theirs is another, and those that do of a name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'note_changed'")
        return {table for (table,) in cursor.fetchall()}


@pytest.mark.parametrize(
    ("who", "pages"),
    [("joanne", [f"/hub/liverpool/{page}" for page in HUB]), ("nia", ["/national/", "/national/completeness/"])],
)
def test_of_every_table_that_a_kept_page_reads_a_change_says_so(cast, time_machine, noted, who, pages):
    client, read = SignedInClient(), set()
    for day in DAYS:
        time_machine.move_to(f"{day} 10:00+00:00", tick=False)
        # what is public is kept for a minute of the server's clock, which no test moves: it is made on each day
        new_edition()
        client.force_login(getattr(cast, who))
        for address in (f"{page}{period}" for page in pages for period in PERIODS):
            with CaptureQueriesContext(connection) as ran:
                assert client.get(address).status_code == 200
            read |= {word for one in ran.captured_queries for word in re.findall(r"\w+", one["sql"])} & TABLES
    assert read - noted - set(UNNOTED) == set()
    assert {"programmes_partnership" if who == "joanne" else "programmes_operationalcount"} <= read


CHANGES = {
    "a register is taken": lambda cast: evaluation.register(cast.session, "pla", by=cast.priya),
    "a child joins": lambda cast: Membership.objects.filter(programme=cast.liverpool).update(
        starts_on=date(2026, 11, 1)
    ),
    "a school is asked": asked,
    "an answer is waited for no longer": lambda cast: list_check.end(check=asked(cast).check, by=cast.ruth),
    "a hub closes": lambda cast: closing.close(programme=cast.liverpool, on=date(2026, 11, 17), by=cast.olu),
    "a term is another": lambda cast: Term.objects.update(ends_on=date(2026, 12, 18)),
    "a hub has another name": lambda cast: Programme.objects.filter(pk=cast.leeds.pk).update(short_name="Leeds Town"),
    "a person has another name": lambda cast: User.objects.filter(pk=cast.ruth.pk).update(name="Ruth Other"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_kept_is_made_anew_after(cast, name):
    def made():
        return kept_part("a page", lambda: uuid.uuid4().hex, programme=cast.liverpool)

    with scoped(cast.both):
        first = made()
        assert made() == first
        CHANGES[name](cast)
        second = made()
        assert second != first
        assert made() == second


def test_what_is_kept_of_one_hub_stands_when_another_changes_and_what_is_of_all_does_not(cast):
    def made():
        return kept_part("a page", lambda: uuid.uuid4().hex)

    with scoped(cast.both):
        liverpool, country = kept_part("liverpool", lambda: 1, programme=cast.liverpool), made()
        evaluation.register(cast.leeds_session, "pp", by=cast.omar)
        assert kept_part("liverpool", lambda: 2, programme=cast.liverpool) == liverpool
        assert made() != country


def test_the_next_day_everything_is_made_anew(cast, time_machine):
    time_machine.move_to("2026-11-17 23:59+00:00", tick=False)
    first = kept_part("a page", lambda: 1, programme=cast.liverpool)
    time_machine.move_to("2026-11-18 00:01+00:00", tick=False)
    assert (first, kept_part("a page", lambda: 2, programme=cast.liverpool)) == (1, 2)


def test_a_kept_page_says_the_moment_at_which_it_is_looked_at(cast, time_machine):
    client, said = SignedInClient(), []
    for minute in ("09:05", "09:15"):
        time_machine.move_to(f"2026-11-17 {minute}+00:00", tick=False)
        client.force_login(cast.joanne)
        said.append(client.get("/hub/liverpool/").content.decode())
    assert "as at 17 November 2026, 09:15" in said[1]
    assert kept.NOW not in said[1]
    assert said[0].count("09:05") == said[1].count("09:15") > 0


def test_each_person_has_their_own_and_with_other_roles_another(cast):
    client = SignedInClient()
    client.force_login(cast.joanne)
    assert "Annual report" in client.get("/hub/liverpool/").content.decode()
    cast.joanne.role_assignments.update(programme=cast.leeds)
    assert client.get("/hub/liverpool/").status_code == 404
    assert "Liverpool" not in client.get("/hub/").content.decode()


@pytest.mark.parametrize(("who", "path"), [("joanne", "/hub/liverpool/hours/"), ("nia", "/national/completeness/")])
def test_what_an_address_has_no_use_for_makes_no_other_page(cast, who, path, django_assert_max_num_queries):
    client = SignedInClient()
    client.force_login(getattr(cast, who))
    client.get(path)
    for query in ("?by=zzz", "?shoes=1&indicator=2"):
        with django_assert_max_num_queries(9):
            assert b"zzz" not in client.get(f"{path}{query}").content


def test_as_at_now_leaves_everything_else(time_machine):
    time_machine.move_to("2026-11-17 09:05+00:00", tick=False)
    assert as_at_now("<p>@now@ and @later@</p>") == "<p>17 November 2026, 09:05 and @later@</p>"


def test_a_register_saved_a_moment_ago_is_on_the_page(cast, open_as):
    before = evaluation.values_on(open_as(cast.joanne, "/hub/liverpool/?year=2026-27"))
    with scoped(cast.both):
        evaluation.register(programmes.session(cast.strings, day=date(2026, 11, 10)), "ppp", by=cast.priya)
    after = evaluation.values_on(open_as(cast.joanne, "/hub/liverpool/?year=2026-27"))
    assert (before["Registers taken"], after["Registers taken"]) == ("0", "1")
