"""Signing a term off on its page: what is missing, the one press, and what is revised afterwards."""

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from evaluation.actions.sign_off import sign_off_term
from evaluation.models import SignOff
from inharmony.access.scope import scoped
from participants.actions.attendance import take_register
from participants.models import Correction, Placement
from participants.models.attendance import Mark
from participants.queries.attendance import expected_ids
from programmes.actions import closing
from programmes.models import Session
from tests.clients import SignedInClient
from tests.evaluation.views.hub.test_subjects import taken, text
from tests.factories import evaluation, programmes, schools

__all__ = ["taken"]

ADDRESS = "/hub/liverpool/sign-off/?year=2026-27&term=autumn"


@pytest.fixture
def over(taken):
    """The last day of Liverpool's term."""
    schools.term("autumn", date(2026, 9, 1), date(2026, 11, 17), school=taken.saltwharf)
    return taken


@pytest.fixture
def press():
    """Presses the button as somebody and returns the page that follows."""

    def pressed(person, **said):
        client = SignedInClient()
        client.force_login(person)
        return client.post(ADDRESS, said, follow=True)

    return pressed


def corrected(cast, reason=Correction.Reason.MISTAKE, day=date(2026, 11, 10), letters="ppa"):
    with scoped(cast.both):
        session = Session.objects.get(ensemble=cast.strings, day=day)
        marks = dict(zip(sorted(expected_ids(session)), map(Mark, letters), strict=True))
        take_register(session=session, marks=marks, version=session.register_version, by=cast.joanne, reason=reason)


def test_what_is_missing_stands_there_and_forbids_nothing(over, open_as):
    with scoped(over.both):
        Placement.objects.filter(child=over.children[0]).update(year_group="")
        programmes.session(over.brass, day=date(2026, 11, 20))
    html = open_as(over.joanne, ADDRESS)
    said = text(html)
    assert "Registers complete: 2 of 3. See where" in said
    assert "1 session is still to come" in said
    assert "1 child without a year group. Look for them" in said
    assert "Class lists confirmed by 0 of 2 schools. See which" in said
    assert "Income of 2026-27 written down" in said
    assert "A missing register does not stop you" in said
    assert f'href="{reverse("evaluation:hub-schools", args=["liverpool"])}?year=2026-27&amp;term=autumn"' in (
        html.content.decode()
    )
    assert '<button class="button button-main"' in html.content.decode()


def test_one_press_signs_and_the_page_says_so(over, press):
    said = text(press(over.joanne))
    assert "The autumn term 2026-27 is signed off under number 1, with 2 of 3 registers taken." in said
    assert "Signed by Joanne Carter, 17 November 2026, 10:42, number 1. 2 of 3 registers taken then." in said
    assert "Nothing differs from what was signed." in said
    assert "The main figures of the term, as they are now" in said
    assert "There is nothing to sign" in said
    assert SignOff.objects.get().signed_by == over.joanne


def test_a_second_press_is_told_and_signs_nothing(over, press):
    press(over.joanne)
    assert "Signed by Joanne Carter, 17 November 2026, 10:42: nothing differs from it." in text(press(over.joanne))
    assert SignOff.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [("ruth", 403), ("priya", 403), ("sam", 403), ("nia", 403), ("olu", 403), ("stranger", 403), ("omar", 404)],
)
def test_a_manager_of_the_hub_signs_and_nobody_else(over, press, name, status):
    assert press(getattr(over, name)).status_code == status
    assert not SignOff.objects.exists()


def test_an_administrator_sees_the_page_without_the_button(over, open_as):
    page = open_as(over.ruth, ADDRESS)
    assert "A manager of the hub signs." in text(page)
    assert '<button class="button button-main"' not in page.content.decode()


def test_before_the_last_day_of_teaching_the_page_says_from_when(taken, open_as, press):
    schools.term("autumn", date(2026, 9, 1), date(2026, 12, 18), school=taken.saltwharf)
    said = text(open_as(taken.joanne, ADDRESS))
    assert "The autumn term 2026-27 can be signed from its last day of teaching, 18 December 2026." in said
    assert "can be signed from its last day of teaching" in text(press(taken.joanne))
    assert not SignOff.objects.exists()


def test_a_closed_hub_is_not_signed(over, press):
    closing.close(programme=over.liverpool, on=date(2026, 11, 17), by=over.olu)
    page = press(over.joanne)
    assert page.status_code == 403
    assert "Liverpool is closed since 17 November 2026" in text(page)


def test_what_is_corrected_later_stands_beside_what_was_signed_with_the_reason(over, press, open_as):
    press(over.joanne)
    with time_machine.travel("2026-11-18 09:00:00+00:00", tick=False):
        corrected(over)
        with scoped(over.both):
            brass = Session.objects.get(ensemble=over.brass, day=date(2026, 11, 12))
            evaluation.register(brass, "pp", by=over.joanne)
        page = open_as(over.joanne, ADDRESS)
        said = text(page)
        revised = evaluation.rows_on(page, "Revised since")
        # one of three no longer came, two came to the register that was taken late
        assert revised["Children taking part, each counted once"] == ("3", "4")
        assert revised["Attendance at sessions"] == ("83 %", "75 %")
        assert revised["Registers taken: Taken"] == ("2", "3")
        by = evaluation.rows_on(page, "Revised since, by characteristics of children")
        assert by["Children taking part, by year group: Year 4"] == ("3", "4")
        assert "1 correction: marked by mistake (1)." in said
        assert "1 register taken late." in said
        assert reverse("participants:grid", args=[over.strings.pk]) in page.content.decode()
        first = text(open_as(over.joanne, "/hub/liverpool/", year="2026-27", term="autumn"))
        assert "Signed 83 %; now 75 %, revised." in first
        opened = text(open_as(over.joanne, "/hub/liverpool/figures/attendance/", year="2026-27", term="autumn"))
        assert "Signed 83 %; now 75 %, revised." in opened


def test_signing_again_asks_why_and_keeps_the_history(over, press, open_as):
    press(over.joanne)
    with time_machine.travel("2026-11-18 09:00:00+00:00", tick=False):
        corrected(over)
        refused = press(over.joanne, reason=" ")
        assert refused.status_code == 422
        assert "Say why the figures differ from what you signed." in text(refused)
        said = text(press(over.joanne, reason="Two marks were wrong."))
    assert "is signed off under number 2" in said
    assert "Signed again because: Two marks were wrong." in said
    assert re.search(r"Number 2 Signed by .*Number 1 Signed by", said)
    assert [each.number for each in SignOff.objects.order_by("number")] == [1, 2]


def test_too_long_a_reason_is_refused_at_its_field(over, press):
    press(over.joanne)
    corrected(over)
    page = press(over.joanne, reason="why " * 200)
    assert page.status_code == 422
    assert SignOff.objects.count() == 1


def test_a_change_that_is_no_registers_is_told_as_such(over, press, open_as):
    press(over.joanne)
    with scoped(over.both):
        programmes.session(over.brass, day=date(2026, 11, 16))
    said = text(open_as(over.joanne, ADDRESS))
    assert "Revised since" in said
    assert "No register of the term was saved since." in said


def test_of_a_whole_year_the_terms_are_offered(over, open_as):
    html = open_as(over.joanne, "/hub/liverpool/sign-off/", year="2026-27", term="").content.decode()
    assert re.findall(r'href="/hub/liverpool/sign-off/\?year=2026-27&amp;term=(\w+)"', html)[-3:] == [
        *("autumn", "spring", "summer")
    ]
    assert html.count("Not signed off.") == 3
    assert "One term is signed off at a time" in html
    with scoped(over.liverpool_scope):
        sign_off_term(programme=over.liverpool, year=2026, term="autumn", by=over.joanne)
    said = text(open_as(over.joanne, "/hub/liverpool/sign-off/", year="2026-27", term=""))
    assert "Autumn term 2026-27 Signed off." in said


def test_the_first_page_asks_a_manager_to_sign_a_term_that_is_over(over, open_as):
    words = "The autumn term 2026-27 is over and not signed off"
    assert words in text(open_as(over.joanne, "/hub/"))
    assert words not in text(open_as(over.ruth, "/hub/"))
    with scoped(over.liverpool_scope):
        sign_off_term(programme=over.liverpool, year=2026, term="autumn", by=over.joanne)
    assert words not in text(open_as(over.joanne, "/hub/"))


def test_a_term_in_which_nothing_happened_is_not_asked_for(cast, open_as):
    schools.term("autumn", date(2026, 9, 1), date(2026, 11, 17), school=cast.saltwharf)
    assert "not signed off" not in text(open_as(cast.joanne, "/hub/"))


def test_the_hub_is_reminded_of_last_years_summer_until_it_is_signed(cast, open_as):
    with scoped(cast.both):
        evaluation.register(programmes.session(cast.strings, day=date(2026, 6, 10)), "ppp", by=cast.priya)
    words = "The summer term 2025-26 is over and not signed off"
    with time_machine.travel("2026-09-15 12:00+00:00", tick=False):
        page = open_as(cast.joanne, "/hub/")
        assert words in text(page)
        assert "/hub/liverpool/sign-off/?year=2025-26&amp;term=summer" in page.content.decode()
        with scoped(cast.both):
            sign_off_term(programme=cast.liverpool, year=2025, term="summer", by=cast.joanne)
        assert words not in text(open_as(cast.joanne, "/hub/"))
