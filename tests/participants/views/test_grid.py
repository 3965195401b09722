"""The registers of a term, from the browser's side."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.pages import dates
from participants.actions import at_risk, attendance, known_absence, membership
from participants.models import Attendance, KnownAbsence
from participants.models.attendance import Mark
from programmes.models import Session
from tests.factories import participants, programmes, schools
from tests.trail import entries, entry


@pytest.fixture
def page(cast):
    return reverse("participants:grid", args=[cast.strings.pk])


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def taken(cast, today):
    """Returns a function that makes a session of some days ago with a register of the letters given, by Ruth."""

    def take(days, letters, *, children=None, ensemble=None):
        session = programmes.session(ensemble or cast.strings, day=today - timedelta(days=days))
        marks = {each.pk: Mark(letter) for each, letter in zip(children or cast.children, letters, strict=True)}
        with scoped(cast.liverpool_scope):
            attendance.take_register(session=session, marks=marks, version=0, by=cast.ruth)
        return session

    return take


@pytest.fixture(autouse=True)
def one_term(cast, today):
    # so that sessions of the last weeks lie in the term of today on any day of a year
    year = schools.this_year().year
    far = {"spring": date(year + 1, 8, 29), "summer": date(year + 1, 8, 30)}
    for season, day in far.items():
        schools.term(season, day, day, school=cast.saltwharf)
    if (today - date(year, 9, 1)).days < 40 or (date(year + 1, 8, 29) - today).days < 40:
        pytest.skip("the academic year turns: forty days around today do not lie in one term")


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def row_of(html, child):
    (row,) = [row for row in html.split("<tr") if f">{child.name}" in row]
    return row


def cells(row):
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def test_each_mark_is_shown_by_letter_shape_and_word_in_order_of_days(client, cast, page, taken):
    taken(3, "ple")
    taken(9, "arp")
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert [cells(row_of(html, child)) for child in cast.children] == [
        ["A", "P", "", "1 of 2"],
        ["R", "L", "", "1 of 2"],
        ["P", "E", "", "1 of 1"],
    ]
    first = row_of(html, cast.children[0])
    assert 'aria-label="Absent, no reason"' in first
    assert "state state-a" in first
    foot = cells(html.split("<tfoot>")[1])
    assert [" ".join(words.split()) for words in foot] == ["1 of 3", "2 of 2", "", ""]


def test_the_head_says_what_is_cancelled_not_taken_and_to_come(client, cast, page, today):
    programmes.session(
        cast.strings, day=today - timedelta(days=2), cancelled_at=timezone.now(), cancel_reason="tutor_away"
    )
    programmes.session(cast.strings, day=today + timedelta(days=2))
    programmes.session(cast.strings, starts_at=time(14), ends_at=time(15))
    client.force_login(cast.priya)
    head = client.get(page).content.decode().split("<thead>")[1].split("</thead>")[0]
    said = [text_of(f"<th{each}") for each in head.split("<th")[2:-1]]
    short = [dates.short_day(today + timedelta(days=days)) for days in (-2, 0, 0, 2)]
    assert [words.split(" ", 1)[1] for words in said] == [
        f"{short[0]} cancelled",
        f"Change {short[1]} 10:15 not taken",
        f"Change {short[2]} 14:00 not taken",
        f"{short[3]} to come",
    ]


def test_before_joining_and_after_leaving_stands_a_dash(client, cast, page, today, taken):
    taken(9, "ppp")
    left = cast.children[0]
    with scoped(cast.liverpool_scope):
        membership.leave(ensemble=cast.strings, children=[left], last_day=today - timedelta(days=5), by=cast.ruth)
        names = [("Freya", "Holt")]
        (freya,) = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
        participants.join(cast.strings, [freya], by=cast.ruth, starts_on=today)
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert cells(row_of(html, left)) == ["P", "–Not in it", "1 of 1"]
    assert cells(row_of(html, freya)) == ["–Not in it", "", "0 of 0"]


def test_who_was_never_a_member_in_the_term_is_not_in_it(client, cast, page, today):
    with scoped(cast.liverpool_scope):
        gone = cast.children[0]
        membership.leave(ensemble=cast.strings, children=[gone], last_day=today - timedelta(days=1), by=cast.ruth)
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert [child.name in html for child in (*cast.children, *cast.others)] == [False, True, True, False, False]
    assert entry(act="grid.viewed").children == [child.pk for child in cast.children[1:]]


def test_three_absences_in_a_row_are_marked_and_said(client, cast, page, today, taken):
    for days, letters in ((20, "aap"), (15, "rap"), (10, "eap"), (5, "app")):
        taken(days, letters)
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    ago = [dates.short_day(today - timedelta(days=days)) for days in (20, 10)]
    rows = [row_of(html, child) for child in cast.children]
    assert f"Missed the last 3, since {ago[0]}" in rows[0]
    assert f"Missed 3 in a row, {ago[0]} to {ago[1]}" in rows[1]
    assert [row.count("grid-run") for row in rows] == [3, 3, 0]
    assert ["grid-missed" in row for row in rows] == [True, True, False]


def test_no_column_is_open_until_asked_for_and_then_one(client, cast, page, taken):
    session = taken(3, "pla")
    client.force_login(cast.priya)
    assert "<select" in client.get(page).content.decode()
    assert '<select class="input" name="m' not in client.get(page).content.decode()
    html = client.get(f"{page}?edit={session.pk}").content.decode()
    assert re.findall(r'<select class="input" name="(m\d+)"', html) == [f"m{child.pk}" for child in cast.children]
    chosen = [re.findall(r'value="(\w)" selected', row_of(html, child)) for child in cast.children]
    assert chosen == [["p"], ["l"], ["a"]]
    assert 'name="version" value="1"' in html
    assert html.count('name="reason"') == 1


def test_a_register_not_taken_starts_present_but_for_known_absences(client, cast, page, today):
    with scoped(cast.liverpool_scope):
        away = KnownAbsence.Reason.AWAY
        known_absence.note_absences(
            children=cast.children[1:2], starts_on=today, ends_on=today, reason=away, by=cast.ruth
        )
    client.force_login(cast.priya)
    html = client.get(f"{page}?edit={cast.session.pk}").content.decode()
    chosen = [re.findall(r'value="(\w)" selected', row_of(html, child)) for child in cast.children]
    assert chosen == [["p"], ["r"], ["p"]]
    assert "Not saved yet" in html
    with scoped(cast.both):
        assert not Attendance.objects.exists()


def form_of(html):
    """Returns where the open column goes and what it sends as it stands."""
    form = html.split('<form class="gap" method="post"')[1].split("</form>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="(version|back)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select class="input" name="(m\d+)"[^>]*>(.*?)</select>', form):
        sent[name] = re.search(r'value="(\w)" selected', options).group(1)
    return re.search(r'action="([^"]+)"', form).group(1), sent


def test_a_column_is_saved_by_the_register_and_leads_back(client, cast, page, today):
    client.force_login(cast.priya)
    to, sent = form_of(client.get(f"{page}?edit={cast.session.pk}").content.decode())
    assert to == reverse("participants:register", args=[cast.session.pk])
    sent[f"m{cast.children[2].pk}"] = "l"
    answer = client.post(to, sent)
    assert answer.headers["Location"] == f"{page}?term={today}#column"
    assert "Year 4 Strings, 3 of 3 here." in client.get(answer.headers["Location"]).content.decode()
    with scoped(cast.both):
        assert list(Attendance.objects.order_by("child_id").values_list("mark", flat=True)) == ["p", "p", "l"]
    assert len(entries(act="register.taken")) == 1


def test_a_correction_needs_its_reason_and_then_still_leads_back(client, cast, page, taken):
    session = taken(3, "ppp")
    client.force_login(cast.priya)
    to, sent = form_of(client.get(f"{page}?edit={session.pk}").content.decode())
    sent[f"m{cast.children[0].pk}"] = "a"
    refusal = client.post(to, sent)
    html = refusal.content.decode()
    assert (refusal.status_code, '<input type="hidden" name="back" value="grid">' in html) == (422, True)
    assert client.post(to, sent | {"reason": "mistake"}).headers["Location"] == f"{page}?term={session.day}#column"


def test_two_editors_of_a_column_see_both_versions_and_nothing_is_overwritten(client, cast, page):
    client.force_login(cast.priya)
    to, sent = form_of(client.get(f"{page}?edit={cast.session.pk}").content.decode())
    client.force_login(cast.ruth)
    client.post(to, sent | {f"m{cast.children[0].pk}": "e"})
    client.force_login(cast.priya)
    answer = client.post(to, sent)
    assert (answer.status_code, "Theirs: excused" in answer.content.decode()) == (409, True)
    with scoped(cast.both):
        assert list(Attendance.objects.order_by("child_id").values_list("mark", flat=True)) == ["e", "p", "p"]


def test_a_column_after_14_days_is_open_to_the_administrator_only(client, cast, page, taken):
    session = taken(20, "ppp")
    for who, is_open in (("priya", False), ("ruth", True)):
        client.force_login(getattr(cast, who))
        html = client.get(f"{page}?edit={session.pk}").content.decode()
        assert (f"edit={session.pk}" in client.get(page).content.decode()) is is_open
        assert ("Save column" in html, "A register can be corrected for 14 days" in html) == (is_open, not is_open)


@pytest.mark.parametrize(
    ("days", "fields", "words"),
    [
        (2, {}, "is still to come. Its register can be taken on the day."),
        (-2, {"cancel_reason": "no_room"}, "was cancelled."),
    ],
)
def test_a_column_that_cannot_be_taken_says_why(client, cast, page, today, days, fields, words):
    cancelled = {"cancelled_at": timezone.now()} if fields else {}
    session = programmes.session(cast.strings, day=today + timedelta(days=days), **fields, **cancelled)
    client.force_login(cast.priya)
    html = client.get(f"{page}?edit={session.pk}").content.decode()
    assert (words in html, "Save column" in html) == (True, False)


def test_a_column_of_another_ensemble_is_not_found(client, cast, page):
    client.force_login(cast.ruth)
    next_room = programmes.session(cast.brass)
    for key in (next_room.pk, cast.leeds_session.pk, "x", 999_999_999):
        assert client.get(f"{page}?edit={key}").status_code == 404


def test_a_term_is_named_by_any_of_its_days_and_nonsense_is_this_one(client, cast, page, today):
    last_year = today - timedelta(days=365)
    programmes.session(cast.strings, day=last_year)
    client.force_login(cast.priya)
    named = [
        re.search(r"\. (Autumn|Spring|Summer) (\d{4})", client.get(f"{page}{query}").content.decode()).group(2)
        for query in ("", f"?term={last_year}", "?term=x", "?term=1990-01-01", "?term=%00")
    ]
    this = str(schools.this_year().year)
    assert named == [this, str(schools.this_year().year - 1), this, this, this]


def test_a_term_without_sessions_and_an_ensemble_without_children_say_what_to_do(client, cast, today):
    empty = programmes.ensemble(cast.liverpool, "Orchestra", led_by=cast.strings.tutors.all())
    client.force_login(cast.priya)
    page = reverse("participants:grid", args=[empty.pk])
    assert "No session is in the timetable of this term" in client.get(page).content.decode()
    programmes.session(empty)
    assert "No child was in this ensemble in the term" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("priya", 200), ("ruth", 200), ("joanne", 200), ("omar", 404), ("sam", 403), ("nia", 403), ("stranger", 403)],
)
def test_the_grid_is_for_whoever_takes_the_registers(client, cast, page, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(page).status_code == status


def test_a_coordinator_does_not_find_the_next_room(client, cast):
    client.force_login(cast.priya)
    assert client.get(reverse("participants:grid", args=[cast.brass.pk])).status_code == 404


def test_a_child_at_risk_is_on_screen_and_on_no_paper(client, cast, page):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert [row_of(html, child).startswith(' class="off-paper"') for child in cast.children] == [True, False, False]
    assert "1 child is not printed" in text_of(html)


def test_the_ensemble_and_the_register_lead_here(client, cast, page, today):
    client.force_login(cast.priya)
    ensemble = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    register = client.get(reverse("participants:register", args=[cast.session.pk])).content.decode()
    assert (f'href="{page}#column"' in ensemble, f'href="{page}?term={today}#column"' in register) == (True, True)


@pytest.mark.parametrize("size", [1, 40])
def test_the_grid_needs_the_same_statements_whatever_its_size(client, cast, today, size, django_assert_num_queries):
    ensemble = programmes.ensemble(cast.liverpool, "Orchestra", led_by=cast.strings.tutors.all())
    names = [(f"Child{n}", "Test") for n in range(size)]
    days = range(size)
    with scoped(cast.liverpool_scope):
        school = {"school": cast.saltwharf, "by": cast.ruth}
        children = [
            child
            for at in range(0, size, 20)
            for child in participants.children(cast.liverpool, names=names[at : at + 20], **school)
        ]
        participants.join(ensemble, children, by=cast.ruth)
        marks = {child.pk: Mark.PRESENT for child in children}
        for number in days:
            session = programmes.session(ensemble, starts_at=time(7, number), ends_at=time(8, number))
            attendance.take_register(session=session, marks=marks, version=0, by=cast.ruth)
    client.force_login(cast.priya)
    session = Session.objects.filter(ensemble=ensemble).last()
    page = reverse("participants:grid", args=[ensemble.pk])
    with django_assert_num_queries(16):
        html = client.get(page).content.decode()
    assert html.count("state state-p") == size * size + 1
    with django_assert_num_queries(18):
        client.get(f"{page}?edit={session.pk}")
