"""The register on paper: who stands on it, at which sessions, and who does not."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.pages import dates
from participants.actions import at_risk, membership
from participants.models import Consent
from programmes.models import Session
from tests.factories import participants, programmes
from tests.people import person
from tests.trail import entry

BOXES = '<td class="sheet-first"></td><td></td><td></td><td></td><td></td>'


@pytest.fixture
def page(cast):
    return reverse("participants:sheet", args=[cast.strings.pk])


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def weekly(cast, today):
    """The sessions of seven weeks to come, after today's."""
    return [programmes.session(cast.strings, day=today + timedelta(weeks=week)) for week in range(1, 8)]


def row_of(html, child):
    (row,) = [row for row in html.split("<tr") if f">{child.name}" in row]
    return row


def heads(html):
    return re.findall(r'<th scope="colgroup" colspan="5">(.*?)</th>', html)


def named(session):
    return f"{session.day:%a} {dates.short_day(session.day)}"


def test_the_next_six_sessions_stand_beside_each_other_with_five_empty_boxes_a_child(client, cast, page, weekly):
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert heads(html) == [named(each) for each in [cast.session, *weekly[:5]]]
    assert [row_of(html, child).count(BOXES) for child in cast.children] == [6, 6, 6]
    assert html.count('<td colspan="5"></td>') == 12


@pytest.mark.parametrize(("asked", "shown"), [("1", 1), ("7", 7), ("8", 6), ("0", 6), ("x", 6), ("²", 6)])
def test_as_many_as_are_asked_for_and_fit_stand_on_it(client, cast, page, weekly, asked, shown):
    client.force_login(cast.priya)
    assert len(heads(client.get(page, {"sessions": asked}).content.decode())) == shown


def test_it_begins_with_the_session_it_was_asked_for_and_passes_over_those_cancelled(client, cast, page, weekly):
    Session.objects.filter(pk=weekly[2].pk).update(cancelled_at=timezone.now(), cancel_reason="no_room")
    client.force_login(cast.priya)
    html = client.get(page, {"session": weekly[1].pk, "sessions": 2}).content.decode()
    assert heads(html) == [named(weekly[1]), named(weekly[3])]


def test_what_is_the_same_of_all_sessions_is_said_once_and_else_in_each_column(client, cast, page, weekly):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    cover = programmes.tutor(cast.liverpool, "Ade Bello")
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert "<p>10:15 to 11:00. No venue given. Led by Priya Shah. 3 names.</p>" in html
    Session.objects.filter(pk=weekly[0].pk).update(venue=hall, tutor=cover, starts_at=time(9, 30))
    html = client.get(page).content.decode()
    assert "<p>Saltwharf Primary. Led by Priya Shah. 3 names.</p>" in html
    assert (
        heads(html)[1] == f"{named(weekly[0])}<small>09:30</small><small>{hall}</small><small>Cover: Ade Bello</small>"
    )


def test_one_session_names_the_states_in_full_and_its_whole_day(client, cast, page):
    client.force_login(cast.priya)
    html = client.get(page, {"sessions": 1}).content.decode()
    assert f"Year 4 Strings, {dates.weekday(cast.session.day)} {cast.session.day.year}</h2>" in html
    states = re.findall(r'<th scope="col"(?: class="sheet-first")?>([^<]+)</th>', html)
    assert states == ["Present", "Late", "Absent, reason known", "Absent, no reason", "Excused"]


def test_a_child_at_risk_is_not_in_the_page_at_all_and_how_many_are_left_out_is_said(client, cast, page):
    hidden = cast.children[1]
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=hidden, by=cast.ruth)
    for who in (cast.priya, cast.ruth):
        client.force_login(who)
        html = client.get(page).content.decode()
        assert (hidden.forename in html, hidden.surname in html, f"{hidden.pk}" in row_of(html, cast.children[0])) == (
            False,
            False,
            False,
        )
        assert "<b>1 child is not printed</b>; its mark is taken on screen." in html
        assert "risk" not in html.lower()


def test_without_such_a_child_it_says_nothing_of_it(client, cast, page):
    client.force_login(cast.priya)
    assert "not printed" not in client.get(page).content.decode()


def test_who_joins_later_or_leaves_has_no_boxes_at_the_other_sessions(client, cast, page, weekly, today):
    stays, leaves, gone = cast.children
    with scoped(cast.liverpool_scope):
        membership.leave(ensemble=cast.strings, children=[leaves], last_day=today + timedelta(days=10), by=cast.ruth)
        membership.leave(ensemble=cast.strings, children=[gone], last_day=today - timedelta(days=1), by=cast.ruth)
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert (row_of(html, stays).count(BOXES), row_of(html, stays).count("not in it")) == (6, 0)
    assert (row_of(html, leaves).count(BOXES), row_of(html, leaves).count("not in it")) == (2, 4)
    assert gone.name not in html


def test_a_refusal_of_photos_stands_on_paper_too(client, cast, page):
    with scoped(cast.liverpool_scope):
        participants.answer(cast.children[0], Consent.Purpose.PHOTO_INSIDE, by=cast.ruth)
    client.force_login(cast.priya)
    assert "badge badge-no" in row_of(client.get(page).content.decode(), cast.children[0])


def test_whose_names_went_on_paper_and_for_which_sessions_is_in_the_trail(client, cast, page):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[1], by=cast.ruth)
    client.force_login(cast.priya)
    client.get(page)
    written = entry(act="sheet.viewed")
    assert written.children == [cast.children[0].pk, cast.children[2].pk]
    assert (written.actor_id, written.details) == (cast.priya.pk, {"sessions": [cast.session.pk]})


def test_an_ensemble_without_sessions_to_come_says_where_they_are_added(client, cast, page, today):
    Session.objects.filter(pk=cast.session.pk).update(day=today - timedelta(days=1))
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert ("No session is to come" in html, cast.children[0].name in html) == (True, False)


@pytest.mark.parametrize("who", ["omar", "nia", "sam", "olu", "stranger"])
def test_others_have_no_sheet(client, cast, page, who):
    client.force_login(getattr(cast, who))
    assert client.get(page).status_code == (404 if who == "omar" else 403)


@pytest.mark.parametrize("asked", ["999999999", "x", "9" * 40, "²"])
def test_a_session_that_is_not_of_the_ensemble_is_not_found(client, cast, page, asked):
    client.force_login(cast.priya)
    other = programmes.session(cast.brass)
    for session in (asked, other.pk, cast.leeds_session.pk):
        assert client.get(page, {"session": session}).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_sheet_needs_the_same_statements_whatever_its_size(client, cast, size, django_assert_num_queries):
    ensemble = programmes.ensemble(cast.liverpool, "Orchestra", led_by=cast.strings.tutors.all())
    for day in range(size):
        programmes.session(ensemble, day=timezone.localdate() + timedelta(days=day))
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Test") for n in range(size)]
        children = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
        participants.join(ensemble, children, by=cast.ruth)
    client.force_login(cast.priya)
    # session, user, roles; savepoint, scope; own ensembles, ensemble, sessions, members, children, trail, tutors; scope
    with django_assert_num_queries(14):
        client.get(reverse("participants:sheet", args=[ensemble.pk]))


@pytest.fixture
def joint(cast, today):
    """A session of the strings tomorrow that the brass join; Bea leads the brass."""
    cast.bea = person("Bea Moss", "coordinator", programme=cast.liverpool)
    cast.brass.tutors.add(programmes.tutor(cast.liverpool, "Bea Moss", cast.bea))
    return programmes.session(cast.strings, day=today + timedelta(days=1), joined_by=[cast.brass])


@pytest.mark.parametrize("who", ["priya", "bea", "ruth"])
def test_a_joint_session_alone_has_a_sheet_with_all_its_children(client, cast, joint, who):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.others[1], by=cast.ruth)
    client.force_login(getattr(cast, who))
    register = client.get(reverse("participants:register", args=[joint.pk])).content.decode()
    (address,) = re.findall(r'href="([^"]+)">On paper<', register)
    html = client.get(address.replace("&amp;", "&")).content.decode()
    assert "Year 4 Strings with Year 5 Brass, " in html
    assert "Led by Bea Moss, Priya Shah. 4 names." in html
    assert [row_of(html, child).count(BOXES) for child in (*cast.children, cast.others[0])] == [1] * 4
    assert (cast.others[1].name in html, "<b>1 child is not printed</b>" in html) == (False, True)


def test_beside_others_a_joint_session_has_the_children_of_the_ensemble_and_says_so(client, cast, joint):
    client.force_login(cast.bea)
    programmes.session(cast.brass, day=joint.day + timedelta(days=1))
    html = client.get(reverse("participants:sheet", args=[cast.brass.pk])).content.decode()
    assert heads(html)[0] == f"{named(joint)}<small>joint</small>"
    assert [row_of(html, child).count(BOXES) for child in cast.others] == [2, 2]
    assert [child.name for child in cast.children if child.name in html] == []
    assert "a sheet of such a session alone names them all" in html


@pytest.mark.parametrize("joining", [0, 3])
def test_a_sheet_of_a_joint_session_needs_the_same_statements(client, cast, today, joining, django_assert_num_queries):
    others = [programmes.ensemble(cast.liverpool, f"Group {number}") for number in range(joining)]
    with scoped(cast.liverpool_scope):
        for other in others:
            participants.join(other, cast.others, by=cast.ruth)
    session = programmes.session(cast.strings, day=today + timedelta(days=1), joined_by=others)
    client.force_login(cast.priya)
    with django_assert_num_queries(15):
        client.get(reverse("participants:sheet", args=[cast.strings.pk]), {"session": session.pk, "sessions": 1})
