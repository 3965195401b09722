"""The access note: typed on a child's page by one role, read on a register around its session, and nowhere else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import access_note, at_risk
from participants.actions.access_note import Note
from participants.models import AccessNote
from participants.validators.walk_in import token_for
from programmes.models import Session
from tests.architecture.test_urls import ADDRESSES
from tests.factories import participants
from tests.trail import entries, entry

WORDS = "Reads lips: face the child when you speak"
NOTE = Note(WORDS, AccessNote.ToldBy.FAMILY, AccessNote.Condition.CONSENT)
SENT = {"words": WORDS, "told_by": "family", "condition": "consent"}
DAY = datetime(2026, 11, 18, tzinfo=UTC)
# the session of the cast is from 10:15 to 11:00, in winter
INSIDE, OUTSIDE = [(9, 15), (10, 30), (12, 0)], [(9, 14), (12, 1), (23, 30)]
TABLE = "participants_accessnote"


@pytest.fixture
def clock(cast, monkeypatch):
    """Returns a function that sets the clock to a time of the session's day."""
    Session.objects.filter(pk=cast.session.pk).update(day=DAY.date())

    def set_to(hour, minute):
        monkeypatch.setattr(timezone, "now", lambda: DAY.replace(hour=hour, minute=minute))

    return set_to


@pytest.fixture
def child(cast):
    return cast.children[0]


@pytest.fixture
def noted(cast, child):
    with scoped(cast.liverpool_scope):
        return access_note.keep_note(child=child, note=NOTE, by=cast.ruth)


@pytest.fixture
def register(cast):
    return reverse("participants:register", args=[cast.session.pk])


@pytest.fixture
def form(child):
    return reverse("participants:child-note", args=[child.pk])


def asked(client, path, **sent):
    """Returns the page and whether the table of notes was read for it."""
    with CaptureQueriesContext(connection) as queries:
        html = client.get(path, sent).content.decode()
    return html, any(TABLE in query["sql"] for query in queries)


@pytest.mark.parametrize("moment", INSIDE)
@pytest.mark.parametrize("who", ["priya", "ruth", "joanne"])
def test_around_the_session_it_stands_below_the_name_for_whoever_takes_the_register(
    client, cast, noted, register, clock, moment, who
):
    clock(*moment)
    client.force_login(getattr(cast, who))
    html, was_read = asked(client, register)
    assert f'<span class="access-note off-paper"><b>Access:</b> {WORDS}</span>' in html
    assert (html.count("access-note"), was_read) == (1, True)


@pytest.mark.parametrize("moment", OUTSIDE)
def test_outside_it_is_not_even_read(client, cast, noted, register, clock, moment):
    clock(*moment)
    client.force_login(cast.priya)
    html, was_read = asked(client, register)
    assert (cast.children[0].name in html, WORDS in html, was_read) == (True, False, False)
    assert [each.act for each in entries(act__endswith=".viewed")] == ["register.viewed"]


def test_photo_badges_stand_there_at_any_time(client, cast, register, clock):
    client.force_login(cast.priya)
    for moment in (*INSIDE, *OUTSIDE):
        clock(*moment)
        assert client.get(register).content.decode().count("No photo consent yet") == 3


def test_a_session_of_another_day_and_a_cancelled_one_show_none(client, cast, noted, register, clock):
    client.force_login(cast.priya)
    clock(10, 30)
    for change in ({"day": "2026-11-17"}, {"day": DAY.date(), "cancelled_at": DAY, "cancel_reason": "other"}):
        Session.objects.filter(pk=cast.session.pk).update(**change)
        assert asked(client, register)[1] is False


def test_an_ended_note_is_not_shown(client, cast, child, noted, register, clock):
    with scoped(cast.liverpool_scope):
        access_note.end_note(child=child, by=cast.ruth)
    clock(10, 30)
    client.force_login(cast.priya)
    assert WORDS not in client.get(register).content.decode()


def test_the_note_of_a_child_at_risk_helps_too(client, cast, child, noted, register, clock):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=child, by=cast.ruth)
    clock(10, 30)
    client.force_login(cast.priya)
    assert WORDS in client.get(register).content.decode()


def test_that_a_note_was_read_is_in_the_trail_of_its_child_and_not_what_it_says(
    client, cast, child, noted, register, clock
):
    clock(10, 30)
    client.force_login(cast.priya)
    client.get(register)
    read = entry(act="access_note.viewed")
    assert (read.actor_id, read.subject_id, read.children) == (cast.priya.pk, cast.session.pk, [child.pk])
    assert len(entry(act="register.viewed").children) == 3
    assert read.details == {}


def test_a_save_refused_inside_the_window_shows_it_again(client, cast, noted, register, clock):
    clock(10, 30)
    client.force_login(cast.priya)
    shown = client.post(register, {"version": "0"})
    assert (shown.status_code, WORDS in shown.content.decode()) == (422, True)


def test_it_stands_beside_two_versions_of_a_mark_too(client, cast, noted, register, clock):
    clock(10, 30)
    for who, letter, status in ((cast.ruth, "p", 302), (cast.priya, "a", 409)):
        client.force_login(who)
        marks = {f"m{child.pk}": letter for child in cast.children} | {"version": "0"}
        answer = client.post(register, marks)
        assert answer.status_code == status
    html = answer.content.decode()
    assert ("Both versions" in html, html.count(f"<b>Access:</b> {WORDS}</span>")) == (True, 1)


@pytest.mark.parametrize("many", [0, 3])
def test_the_register_needs_no_statement_more_for_notes(client, cast, register, clock, many, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        for one in cast.children[:many]:
            access_note.keep_note(child=one, note=NOTE, by=cast.ruth)
    clock(10, 30)
    client.force_login(cast.priya)
    # as without any: see test_attendance
    with django_assert_num_queries(12):
        assert client.get(register).content.decode().count("access-note") == many


def test_no_other_page_shows_one(client, cast, noted, clock):
    """Every page that takes no more than an ensemble, a session or nothing, at the very time of the session."""
    clock(10, 30)
    names = {"participants:register"}
    paths = [path for name, _, path in ADDRESSES if "<" not in path and "(?P" not in path and name not in names]
    paths += [
        reverse(f"participants:{name}", args=[cast.strings.pk]) for name in ("grid", "sheet", "ensemble", "absences")
    ]
    grid = reverse("participants:grid", args=[cast.strings.pk])
    paths += [f"{grid}?edit={cast.session.pk}", reverse("participants:trail", args=[cast.children[0].pk])]
    for who in ("priya", "ruth", "joanne", "sam", "nia"):
        client.force_login(getattr(cast, who))
        assert [path for path in paths if WORDS in client.get(path).content.decode("utf-8", "replace")] == []


def test_only_these_files_name_the_model():
    """No import, export, grid, figure or paper: what reads or writes notes is here, on one screen."""
    root = Path(settings.BASE_DIR)
    apps = ("inharmony", "schools", "programmes", "participants", "outcomes", "evaluation")
    naming = {
        str(path.relative_to(root))
        for app in apps
        for path in (root / app).rglob("*.py")
        if "migrations" not in path.parts and ("AccessNote" in path.read_text() or "access_notes" in path.read_text())
    }
    assert naming == {
        # invented ones
        "evaluation/demonstration/notes.py",
        "inharmony/access/permissions.py",
        "participants/actions/access_note.py",
        # a record that becomes one with another takes its note along
        "participants/actions/merge.py",
        "participants/queries/merge.py",
        "participants/forms/access_note.py",
        "participants/models/__init__.py",
        "participants/models/access_note.py",
        "participants/models/history.py",
        "participants/queries/access_note.py",
        "participants/queries/trail.py",
        "participants/views/access_note.py",
    }


def test_the_administrator_writes_one_down_and_sees_it_on_the_childs_page(client, cast, child, form):
    client.force_login(cast.ruth)
    answer = client.post(form, SENT, follow=True)
    html = answer.content.decode()
    assert ("The access note is written down." in html, WORDS in html, "The family said so." in html) == (True,) * 3
    assert [each.children for each in entries(act="access_note.viewed")] == [[child.pk]]
    assert f">\n{WORDS}</textarea>" in client.get(form).content.decode()
    assert len(entries(act="access_note.viewed")) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "Write what helps the child."),
        ({"words": "x" * 201}, "201 characters, and 200 are the most"),
        ({"told_by": ""}, "Choose who said so."),
        ({"told_by": "doctor"}, "Select a valid choice"),
        ({"condition": ""}, "Choose why the hub may keep it."),
    ],
)
def test_what_is_missing_or_too_long_is_said_and_nothing_is_kept(client, cast, form, wrong, said):
    client.force_login(cast.ruth)
    answer = client.post(form, SENT | wrong)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    with scoped(cast.liverpool_scope):
        assert AccessNote.objects.count() == 0


def test_an_ended_note_leaves_its_day_on_the_page_and_not_its_words(client, cast, child, noted, form):
    client.force_login(cast.ruth)
    for _ in range(2):
        html = client.post(f"{form}end/", follow=True).content.decode()
        assert ("The last note was ended" in html, WORDS in html, "by Ruth Bell" in html) == (True, False, True)
    assert WORDS not in client.get(form).content.decode()
    assert client.get(f"{form}end/").status_code == 405


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("joanne", 403), ("sam", 403), ("omar", 403), ("nia", 403)]
)
def test_nobody_else_writes_ends_or_sees_it_on_a_page(client, cast, child, noted, form, who, status):
    client.force_login(getattr(cast, who))
    assert (client.get(form).status_code, client.post(form, SENT | {"words": "x"}).status_code) == (status, status)
    assert client.post(f"{form}end/").status_code == status
    page = client.get(reverse("participants:child", args=[child.pk]))
    assert (WORDS in page.content.decode(), "Access note" in page.content.decode()) == (False, False)
    with scoped(cast.liverpool_scope):
        assert AccessNote.objects.standing().get().words == WORDS


def test_a_child_of_the_hub_next_door_is_not_found(client, cast):
    client.force_login(cast.ruth)
    assert client.get(reverse("participants:child-note", args=[cast.leeds_children[0].pk])).status_code == 404


def test_the_note_of_a_walk_in_stands_on_the_register_around_the_session_and_in_the_trail(
    client, cast, clock, register
):
    with scoped(cast.liverpool_scope):
        (zoe,) = participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=[("Zoë", "O’Connell")])
        access_note.keep_note(child=zoe, note=NOTE, by=cast.ruth)
    client.force_login(cast.priya)
    token = token_for(cast.session.pk, zoe.pk, cast.priya.pk)
    rows = reverse("participants:walk-in-rows", args=[cast.session.pk])
    sent = {f"m{child.pk}": "p" for child in cast.children} | {f"m{zoe.pk}": "p", f"w{zoe.pk}": token, "version": "0"}
    for at in INSIDE[:2]:
        clock(*at)
        assert WORDS in client.post(rows, sent).content.decode()
        assert entries(act="access_note.viewed")[-1].children == [zoe.pk]
        assert WORDS in client.post(register, sent, follow=True).content.decode()
    clock(*OUTSIDE[1])
    assert WORDS not in client.post(rows, sent).content.decode()
    assert WORDS not in client.get(register).content.decode()
