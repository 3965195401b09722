"""The page of leavers: chosen one by one or all at once, schools found, saved, and by whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.actions import at_risk
from participants.models import Consent, Destination, Enrolment, Placement, RollForward
from tests.factories import participants, programmes, schools
from tests.participants.lists import accept, class_list, stage
from tests.participants.turn import london, next_year
from tests.trail import entries


@pytest.fixture
def year():
    return next_year()


@pytest.fixture(autouse=True)
def september(cast, year, time_machine):
    """The children of Saltwharf have passed Year 6."""
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child__in=cast.children).update(year_group="6")
    cast.high = schools.school("Kingcup High", phase="secondary", town="Bootle")
    time_machine.move_to(london(year.starts_on), tick=False)


def address(cast, slug="", **query):
    return reverse("participants:leavers", args=[slug or cast.liverpool.slug], query=query or None)


def page(client, cast, **query):
    return client.get(address(cast, **query)).content.decode()


def keys(cast):
    with scoped(cast.liverpool_scope):
        found = dict(Enrolment.objects.filter(child__in=cast.children).values_list("child_id", "pk"))
        return [found[child.pk] for child in cast.children]


def press(client, cast, year, **sent):
    last_day = year.starts_on - timedelta(days=1)
    return client.post(address(cast, school=cast.saltwharf.pk), {"last_day": str(last_day), **sent}, follow=True)


def went(cast):
    with scoped(cast.liverpool_scope):
        found = Destination.objects.values_list("child_id", "goes_to", "school_id", "plays")
        return {child: tuple(rest) for child, *rest in found}


def test_the_page_names_who_has_passed_the_last_year_and_the_trail_names_who_looked(client, cast, year):
    client.force_login(cast.ruth)
    html = page(client, cast)
    assert ([c.name in html for c in cast.children], [c.name in html for c in cast.others]) == ([True] * 3, [False] * 2)
    (told,) = entries(act="leavers.viewed")
    assert (told.actor_id, sorted(told.children)) == (cast.ruth.pk, sorted(c.pk for c in cast.children))
    assert (went(cast), f'value="{year.starts_on - timedelta(days=1)}"' in html) == ({}, True)


def test_each_goes_their_own_way_and_who_is_left_open_stays(client, cast, year):
    programmes.partner(cast.liverpool, cast.high)
    client.force_login(cast.ruth)
    first, second, third = keys(cast)
    sent = {f"to-{first}": cast.high.pk, f"plays-{first}": "here", f"to-{second}": "away", f"plays-{third}": "stops"}
    html = press(client, cast, year, **sent).content.decode()
    assert went(cast) == {
        cast.children[0].pk: ("school", cast.high.pk, "here"),
        cast.children[1].pk: ("away", None, "unknown"),
    }
    assert "2 children left Saltwharf Primary, the last day is 31 August" in html
    assert ("Where 2 leavers went" in html, "Kingcup High" in html, "Goes on in In Harmony" in html) == (True,) * 3
    assert "1 child has passed its last year group." in html


def test_all_left_open_go_the_same_way_in_one_choice_and_one_press_undoes_it(client, cast, year):
    client.force_login(cast.ruth)
    first, *_ = keys(cast)
    press(
        client,
        cast,
        year,
        **{"to-rest": "unknown", "plays-rest": "hub", f"to-{first}": "other", f"plays-{first}": "stops"},
    )
    assert list(went(cast).values()) == [("other", None, "stops"), *[("unknown", None, "hub")] * 2]
    with scoped(cast.liverpool_scope):
        act = RollForward.objects.get()
    undo = reverse("participants:roll-forward-undo", args=[cast.liverpool.slug, act.pk])
    assert "Undone: 3 children as before." in client.post(undo, follow=True).content.decode()
    assert went(cast) == {}


@pytest.mark.parametrize("words", ["kingcup", "KINGCUP boot", "{urn}"])
def test_a_school_is_found_and_what_was_chosen_stays(client, cast, year, words):
    client.force_login(cast.ruth)
    first, second, _ = keys(cast)
    option = f'<option value="{cast.high.pk}">Kingcup High, Bootle</option>'
    assert option not in page(client, cast)
    sent = {"find": words.format(urn=cast.high.pk), "look": "1", f"to-{second}": "away", f"plays-{second}": "wider"}
    html = press(client, cast, year, **sent).content.decode()
    assert ("1 school found, now in the lists." in html, html.count(option), went(cast)) == (True, 4, {})
    assert html.count('<option value="away" selected>') == 1
    assert f'name="known" value="{cast.high.pk}"' in html
    press(client, cast, year, known=cast.high.pk, **{f"to-{first}": cast.high.pk})
    assert went(cast) == {cast.children[0].pk: ("school", cast.high.pk, "unknown")}
    # from now on it is among those known
    assert option in page(client, cast)


@pytest.mark.parametrize("words", ["nowhere", "%", "\0", "1" * 30, "٣"])
def test_a_school_nobody_knows_is_not_found_and_says_what_to_do(client, cast, year, words):
    client.force_login(cast.ruth)
    html = press(client, cast, year, find=words, look="1").content.decode()
    assert ("now in the lists" in html, went(cast)) == (False, {})
    assert ("Try its URN, or choose" in html) is bool(words.replace("\0", ""))


def test_a_closed_school_and_the_one_that_is_left_are_no_choice(client, cast, year):
    cast.high.status = "closed"
    cast.high.save()
    client.force_login(cast.ruth)
    first, *_ = keys(cast)
    for school in (cast.high, cast.saltwharf):
        html = press(client, cast, year, find=str(school.pk), look="1").content.decode()
        assert f'<option value="{school.pk}"' not in html.partition('name="to-rest"')[2]
        answer = press(client, cast, year, known=school.pk, **{f"to-{first}": school.pk})
        assert (answer.status_code, went(cast)) == (422, {})


@pytest.mark.parametrize(
    "sent",
    [{}, {"to-rest": "moon"}, {"to-rest": "school"}, {"to-rest": "away", "plays-rest": "moon"}, {"to-x": "away"}],
)
def test_nobody_chosen_is_said_and_nothing_is_written(client, cast, year, sent):
    client.force_login(cast.ruth)
    answer = press(client, cast, year, **sent)
    assert (answer.status_code, went(cast)) == (422, {})
    assert "Nobody was chosen." in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [("", 422, "Last day is missing."), ("soon", 422, "Enter a valid date"), ("2020-08-31", 409, "lies between")],
)
def test_a_last_day_that_cannot_be_is_said_at_its_field_and_what_was_chosen_stays(
    client, cast, year, day, status, words
):
    client.force_login(cast.ruth)
    answer = press(client, cast, year, **{"to-rest": "away", "last_day": day})
    html = answer.content.decode()
    assert (answer.status_code, words in html, went(cast)) == (status, True, {})
    assert html.count('<option value="away" selected>') == 1


def test_who_is_still_in_an_ensemble_afterwards_is_marked_in_their_row(client, cast, year):
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children[:1], by=cast.ruth, starts_on=year.starts_on)
    client.force_login(cast.ruth)
    html = press(client, cast, year, **{"to-rest": "away"}).content.decode()
    rows = [row for row in html.split("<tr") if "Is here after the last day" in row]
    assert ([cast.children[0].name in row for row in rows], went(cast)) == ([True], {})


def test_children_of_others_do_not_leave_by_a_forged_key(client, cast, year):
    with scoped(cast.both):
        stays = dict(Enrolment.objects.values_list("child_id", "pk"))
    client.force_login(cast.ruth)
    forged = {f"to-{stays[child.pk]}": "away" for child in [*cast.others, *cast.leeds_children]}
    assert press(client, cast, year, **forged).status_code == 422
    assert went(cast) == {}


def test_who_is_on_no_class_list_that_came_in_can_leave_but_not_by_the_choice_for_all(client, cast, year):
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child=cast.children[2]).update(year_group="3")
        accept(cast.ruth, stage(cast.ruth, class_list("Bo,Wren,14/03/2018,,5,5B"), school=cast.saltwharf, year=year))
    client.force_login(cast.ruth)
    html = page(client, cast)
    assert f"On no class list of {year}" in html
    assert html.index(cast.children[0].name) < html.index("On no class list") < html.index(cast.children[2].name)
    press(client, cast, year, **{"to-rest": "unknown"})
    assert set(went(cast)) == {child.pk for child in cast.children[:2]}
    press(client, cast, year, **{f"to-{keys(cast)[2]}": "away"})
    assert cast.children[2].pk in went(cast)


def test_where_nobody_leaves_the_way_leads_back_and_a_school_nobody_leaves_is_not_found(client, cast, year):
    client.force_login(cast.ruth)
    assert client.get(address(cast, school=cast.marigold.pk)).status_code == 404
    press(client, cast, year, **{"to-rest": "away"})
    answer = client.get(address(cast))
    assert answer["Location"] == reverse("participants:roll-forward", args=[cast.liverpool.slug])


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("sam", 403), ("omar", 404), ("nia", 403), ("joanne", 200)]
)
def test_only_who_keeps_class_lists_comes_here(client, cast, year, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(address(cast)).status_code == status
    if status != 200:
        assert press(client, cast, year, **{"to-rest": "away"}).status_code == status
        assert went(cast) == {}


def test_a_child_at_risk_and_a_refusal_of_photos_are_heeded(client, cast):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)
        participants.answer(cast.children[1], Consent.Purpose.PHOTO_INSIDE, by=cast.ruth)
    client.force_login(cast.ruth)
    html = page(client, cast)
    rows = [next(row for row in html.split("<tr") if child.name in row) for child in cast.children]
    assert ["off-paper" in row for row in rows] == [True, False, False]
    assert ["No photos" in row for row in rows] == [True, True, False]
    assert "<b>1 child is not printed</b>" in html


@pytest.mark.parametrize("size", [1, 7])
def test_the_page_needs_the_same_statements_whatever_its_size(client, cast, year, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        made = participants.children(
            cast.liverpool, cast.marigold, by=cast.ruth, names=participants.NAMES[:size], year_group="6"
        )
        Placement.objects.filter(child__in=made).update(academic_year_id=year.pk - 1)
    client.force_login(cast.ruth)
    # session, user, roles; savepoint, scope; hub; due: who, schools, lists; leavers: who, schools, children; schools
    # known, found; trail, care; scope back
    with django_assert_num_queries(17):
        page(client, cast, school=cast.marigold.pk)
