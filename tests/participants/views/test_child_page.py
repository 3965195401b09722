"""A child's page: who sees what of whom."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import at_risk, attendance
from participants.models import Child, Consent, Enrolment
from participants.models.attendance import Mark
from schools.models import AcademicYear, Term
from tests.factories import participants, programmes
from tests.participants.lists import UPNS
from tests.trail import entry


@pytest.fixture
def hidden(cast):
    """A child of the first school, at risk."""
    with scoped(cast.liverpool_scope):
        return at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)


def page_of(child):
    return reverse("participants:child", args=[child.pk])


def text_of(client, child):
    """Returns the words of a child's page, without markup and in one line."""
    answer = client.get(page_of(child))
    assert answer.status_code == 200
    return " ".join(re.sub("<[^>]*>", " ", answer.content.decode().split("<main")[1]).split())


@pytest.fixture
def known(cast):
    """A child of whom everything is known, with two sessions this year and an answer about photos."""
    with scoped(cast.liverpool_scope):
        (child,) = participants.children(
            cast.liverpool,
            cast.saltwharf,
            by=cast.ruth,
            names=[("Bo", "Wren")],
            known_as="Bobbin",
            upn=UPNS[0],
            sen=Child.Sen.PLAN,
            is_pupil_premium=True,
            is_fsm=False,
            is_eal=True,
            ethnicity="WBRI",
        )
        participants.join(cast.strings, [child], by=cast.ruth)
        participants.answer(child, Consent.Purpose.PHOTO_PUBLIC, by=cast.ruth, given_by="Their mother")
        for day, mark in ((0, "l"), (1, "a"), (2, "e")):
            session = programmes.session(
                cast.strings, day=timezone.localdate() - timedelta(days=day), starts_at=time(9)
            )
            marks = {one.pk: Mark.PRESENT for one in cast.children} | {child.pk: Mark(mark)}
            attendance.take_register(session=session, marks=marks, version=0, by=cast.priya)
    return child


@pytest.mark.parametrize("who", ["ruth", "joanne"])
def test_staff_of_the_whole_hub_see_all_that_is_known_of_a_child(client, cast, known, who):
    client.force_login(getattr(cast, who))
    words = text_of(client, known)
    age = known.age_on(timezone.localdate())
    for part in (
        "Bobbin Wren Year 4, class 4B. Saltwharf Primary. No photos",
        "Present at 1 of 2 sessions this year, 1 of them late.",
        "Year 4 Strings 1 September 2020 goes on",
        f"Bo Wren, known as Bobbin Age {age}, born 1 September 2017",
        "Special needs Education, health and care plan Pupil Premium Yes Free meals No",
        "Home Not known English An additional language",
        "Photos in public Refused",
        "by Their mother, to the wording 2026-09. Written down by Ruth Bell.",
        "Surveys Not asked yet No answer is no consent.",
    ):
        assert part in words, part


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_coordinators_and_schools_see_what_their_work_needs_and_nothing_more(client, cast, known, who):
    client.force_login(getattr(cast, who))
    words = text_of(client, known)
    for part in (
        "Bobbin Wren Year 4, class 4B. Saltwharf Primary. No photos",
        "Present at 1 of 2 sessions this year",
        "Year 4 Strings",
        "Photos in public: no",
        "Surveys: not asked yet, so no",
    ):
        assert part in words, part
    for kept_back in (
        *("2017", "born", "Age", "Bo Wren", "Education, health", "Pupil Premium", "meals", "additional", "WBRI"),
        *("Their mother", "wording", "Withdraw", "Record", "Protect", "UPN", UPNS[0]),
    ):
        assert kept_back not in words, kept_back


def test_no_page_shows_the_upn_unasked(client, cast, known):
    for who in ("ruth", "joanne"):
        client.force_login(getattr(cast, who))
        for address in (page_of(known), "/children/"):
            assert UPNS[0] not in client.get(address).content.decode()


@pytest.mark.parametrize(("who", "offered"), [("ruth", True), ("joanne", False)])
def test_the_upn_is_offered_to_whoever_works_with_class_lists(client, cast, known, who, offered):
    client.force_login(getattr(cast, who))
    assert ("Show the UPN" in text_of(client, known)) is offered


def test_a_child_outside_the_scope_is_not_found_whether_there_or_not(client, cast):
    for who, foreign in (
        ("omar", cast.children),
        ("joanne", cast.leeds_children),
        ("priya", cast.others),
        ("sam", cast.others),
    ):
        client.force_login(getattr(cast, who))
        for pk in (foreign[0].pk, 999_999_999):
            assert (who, client.get(reverse("participants:child", args=[pk])).status_code) == (who, 404)


@pytest.mark.parametrize("who", ["nia", "olu", "stranger"])
def test_roles_without_children_are_refused(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(page_of(cast.children[0])).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("ruth", 200), ("joanne", 200), ("priya", 404), ("sam", 404), ("omar", 404)]
)
def test_the_page_of_a_child_at_risk_is_for_staff_of_the_whole_hub(client, cast, hidden, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(page_of(hidden)).status_code == status


def test_nothing_of_a_child_at_risk_is_on_paper_not_even_the_title(client, cast, hidden):
    client.force_login(cast.ruth)
    html = client.get(page_of(hidden)).content.decode()
    before, after = html.split('<div class="off-paper">')
    assert hidden.name in after
    assert hidden.name not in before
    assert "<b>1 child is not printed</b>" in before
    assert "Protected" in after


def test_a_name_in_a_list_leads_to_the_childs_page(client, cast):
    client.force_login(cast.priya)
    for address in ("/children/", reverse("participants:ensemble", args=[cast.strings.pk])):
        html = client.get(address).content.decode()
        assert [html.count(f'href="{page_of(child)}"') for child in cast.children] == [1, 1, 1]


def test_looking_at_a_childs_page_is_in_the_trail(client, cast):
    client.force_login(cast.sam)
    client.get(page_of(cast.children[0]))
    event = entry(act="child.viewed")
    assert (event.actor_id, event.programme_id, event.children) == (
        cast.sam.pk,
        cast.liverpool.pk,
        [cast.children[0].pk],
    )


def test_a_child_who_left_shows_since_when(client, cast):
    with scoped(cast.liverpool_scope):
        Enrolment.objects.filter(child=cast.children[0]).update(ends_on="2021-07-21")
    client.force_login(cast.ruth)
    words = text_of(client, cast.children[0])
    assert "Saltwharf Primary, until 21 July 2021." in words
    assert f"No register of this year counts {cast.children[0].name} yet." in words


def test_a_child_educated_at_home_has_no_school(client, cast):
    with scoped(cast.liverpool_scope):
        (child,) = participants.children(cast.liverpool, None, by=cast.ruth, names=[("Bo", "Wren")])
    client.force_login(cast.ruth)
    assert "No school." in text_of(client, child)


def test_attendance_is_that_of_the_term_where_the_schools_terms_are_known(client, cast, known):
    today = timezone.localdate()
    year = AcademicYear.current()
    Term.objects.create(year=year, season="autumn", school=cast.saltwharf, starts_on=today, ends_on=today)
    client.force_login(cast.ruth)
    assert "Present at 1 of 1 session this autumn term, 1 of them late." in text_of(client, known)


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_needs_the_same_statements_however_much_is_known(client, cast, size, django_assert_num_queries):
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        for number, purpose in enumerate(list(Consent.Purpose)[:size]):
            participants.answer(child, purpose, by=cast.ruth)
            choir = programmes.ensemble(cast.liverpool, f"Choir {number}")
            participants.join(choir, [child], by=cast.ruth)
    client.force_login(cast.ruth)
    # session, user, roles; savepoint, scope; child, trail, enrolment, instruments, awards, destination, care, placement,
    # terms, marks, consents, ensembles, note, ensembles offered, and twice for the way out
    with django_assert_num_queries(21):
        client.get(page_of(child))


@pytest.mark.parametrize(("who", "linked"), [("joanne", True), ("ruth", False), ("sam", False)])
def test_who_answers_for_the_hub_finds_who_saw_the_child(client, cast, who, linked):
    client.force_login(getattr(cast, who))
    answer = client.get(page_of(cast.children[0]))
    assert (f'href="/trail/child/{cast.children[0].pk}/"' in answer.content.decode()) is linked
