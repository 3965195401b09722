"""The page of the turn of the year: looked at, pressed, undone, and by whom."""

from datetime import date

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.models import Placement, RollForward
from participants.queries.roll_forward import roll_forward_due
from tests.factories import participants
from tests.participants.lists import accept, class_list, stage
from tests.participants.turn import london, next_year


@pytest.fixture
def year():
    return next_year()


@pytest.fixture(autouse=True)
def september(cast, year, time_machine):
    time_machine.move_to(london(year.starts_on), tick=False)


def address(programme, **query):
    return reverse("participants:roll-forward", args=[programme.slug], query=query or None)


def page(client, cast, **query):
    return client.get(address(cast.liverpool, **query)).content.decode()


def key(school, was="4", becomes="5", name="4B"):
    return f"class|{school.pk}|{was}|{becomes}|{name}"


def press(client, cast, year, **names):
    sent = {"year": year.pk, **names}
    return client.post(address(cast.liverpool), sent, follow=True)


def placed(cast, year):
    with scoped(cast.both):
        found = Placement.objects.filter(academic_year_id=year.pk)
        return dict(found.values_list("child_id", "school_class"))


def test_the_page_shows_each_class_with_what_it_becomes_and_writes_nothing(client, cast, year):
    client.force_login(cast.ruth)
    html = page(client, cast)
    assert f"Move up into {year}" in html
    for words in ("Saltwharf Primary", "Marigold Street Primary", "Year 4, 4B", "Year 5", "<b>5</b> children"):
        assert words in html
    assert [child.name for child in [*cast.children, *cast.others] if child.name in html] == []
    assert (placed(cast, year), "Kirkfold" in html) == ({}, False)


@pytest.mark.parametrize(("how", "name"), [("", ""), ("next", "5B"), ("same", "4B"), ("other", "")])
def test_class_names_are_empty_unless_asked_to_be_filled_in(client, cast, how, name):
    client.force_login(cast.ruth)
    assert f'name="{key(cast.saltwharf)}" value="{name}"' in page(client, cast, names=how)


def test_one_school_is_shown_and_moved_alone(client, cast, year):
    client.force_login(cast.ruth)
    html = page(client, cast, school=cast.marigold.pk)
    assert (key(cast.saltwharf) in html, key(cast.marigold) in html, "<b>2</b> children" in html) == (False, True, True)
    press(client, cast, year, **{key(cast.marigold): "5M"})
    assert placed(cast, year) == {child.pk: "5M" for child in cast.others}


@pytest.mark.parametrize("school", ["1", "x", "none", "9" * 30])
def test_a_school_that_is_not_there_shows_all(client, cast, school):
    client.force_login(cast.ruth)
    assert "<b>5</b> children" in page(client, cast, school=school)


def test_a_press_moves_everybody_and_one_press_undoes_it(client, cast, year):
    client.force_login(cast.ruth)
    html = press(client, cast, year, **{key(cast.saltwharf): " 5  Heron ", key(cast.marigold): ""}).content.decode()
    assert f"5 children moved up into {year}." in html
    assert "Nobody is left to move up" in html
    assert f"{type(year)(year=year.pk + 1)} can be planned here from 1 June {year.pk + 1}." in html
    assert placed(cast, year)[cast.children[0].pk] == "5 Heron"
    with scoped(cast.liverpool_scope):
        act = RollForward.objects.get()
    undo = reverse("participants:roll-forward-undo", args=[cast.liverpool.slug, act.pk])
    assert f'action="{undo}"' in html
    back = client.post(undo, follow=True).content.decode()
    assert ("Undone: 5 children as before." in back, placed(cast, year), f'action="{undo}"' in back) == (
        True,
        {},
        False,
    )


def test_a_second_press_says_that_nobody_is_left(client, cast, year):
    client.force_login(cast.ruth)
    press(client, cast, year, **{key(cast.saltwharf): ""})
    again = press(client, cast, year, **{key(cast.saltwharf): "5B"}).content.decode()
    assert "Nobody was left to move" in again
    assert set(placed(cast, year).values()) == {""}


@pytest.mark.parametrize("name", ["5" * 41, "5\0B", "5\u202eB"])
def test_a_name_that_cannot_be_one_is_named_at_its_field_and_nothing_is_written(client, cast, year, name):
    client.force_login(cast.ruth)
    answer = press(client, cast, year, **{key(cast.saltwharf): name, key(cast.marigold): "5M"})
    html = answer.content.decode()
    assert (answer.status_code, placed(cast, year)) == (422, {})
    assert ("Nobody was moved: 1 name to mend" in html, 'href="#class-' in html) == (True, True)
    # what was right is still there
    assert f'name="{key(cast.marigold)}" value="5M"' in html


@pytest.mark.parametrize("sent", ["", "x", "٢٠٢٧", "20271", "2020"])
def test_a_page_of_another_year_moves_nobody(client, cast, year, sent):
    client.force_login(cast.ruth)
    answer = client.post(address(cast.liverpool), {"year": sent, key(cast.saltwharf): "5B"})
    assert (answer.status_code, placed(cast, year)) == (409, {})
    assert f"Today children move up into {year}" in answer.content.decode()


def test_classes_that_are_not_on_offer_move_nobody(client, cast, year):
    client.force_login(cast.ruth)
    forged = {key(cast.kirkfold): "5K", key(cast.saltwharf, becomes="13"): "x", "class|": "x", "class|x": "y"}
    assert "Nobody was left to move" in press(client, cast, year, **forged).content.decode()
    assert placed(cast, year) == {}


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("sam", 403), ("omar", 404), ("nia", 403), ("stranger", 403), ("joanne", 200)]
)
def test_only_who_keeps_class_lists_comes_here(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(address(cast.liverpool)).status_code == status


def test_an_act_of_the_hub_next_door_is_not_found(client, cast, year):
    client.force_login(cast.ruth)
    press(client, cast, year, **{key(cast.saltwharf): ""})
    with scoped(cast.liverpool_scope):
        act = RollForward.objects.get()
    client.force_login(cast.omar)
    for slug in (cast.leeds.slug, cast.liverpool.slug):
        answer = client.post(reverse("participants:roll-forward-undo", args=[slug, act.pk]))
        assert answer.status_code == 404
    assert len(placed(cast, year)) == 3


def test_the_page_in_june_says_from_when_it_shows_and_in_may_there_is_nothing_to_do(client, cast, year, time_machine):
    time_machine.move_to(london(date(year.year, 6, 1)), tick=False)
    client.force_login(cast.ruth)
    assert f"What is done now shows from 1 September {year.year}." in page(client, cast)
    time_machine.move_to(london(date(year.year, 5, 31)), tick=False)
    client.force_login(cast.ruth)
    html = page(client, cast)
    assert f"Every child who takes part has a year group for {type(year)(year=year.pk - 1)}." in html
    assert f"{year} can be planned here from 1 June {year.pk}." in html


def test_who_passes_the_last_year_group_is_counted_apart(client, cast, year):
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child__in=cast.children).update(year_group="6")
    client.force_login(cast.ruth)
    html = page(client, cast)
    assert ("At the end of their school" in html, "3 children have passed its last year group." in html) == (True, True)
    assert "<b>2</b> children" in html


def test_who_is_not_on_the_list_that_came_in_is_said_to_be_so(client, cast, year):
    with scoped(cast.liverpool_scope):
        accept(cast.ruth, stage(cast.ruth, class_list("Bo,Wren,14/03/2018,,5,5B"), school=cast.saltwharf, year=year))
    client.force_login(cast.ruth)
    words = f"3 children. A class list of {year} came in on 1 September {year.year}, and they are not on it."
    assert words in page(client, cast)


def test_the_way_there_is_on_the_page_of_class_lists(client, cast, year):
    client.force_login(cast.ruth)
    html = client.get(reverse("participants:roster-list")).content.decode()
    assert (address(cast.liverpool) in html, f"Move children up into {year}" in html) == (True, True)


def test_what_is_due_is_counted_by_school(cast, year):
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child=cast.children[0]).update(year_group="6")
        due = roll_forward_due(cast.liverpool, cast.ruth, year.starts_on)
        assert [(each.name, each.moving, each.leaving) for each in due] == [
            ("Marigold Street Primary", 2, 0),
            ("Saltwharf Primary", 2, 1),
        ]
        assert roll_forward_due(cast.liverpool, cast.priya, date(year.year, 5, 31)) == []


@pytest.mark.parametrize("size", [1, 7])
def test_the_page_needs_the_same_statements_whatever_its_size(client, cast, year, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        participants.children(cast.liverpool, cast.marigold, by=cast.ruth, names=participants.NAMES[:size])
        Placement.objects.update(academic_year_id=year.pk - 1)
    client.force_login(cast.ruth)
    # session, user, roles; savepoint, scope; hub, who is due, schools, lists; what was done, leavers; scope back
    with django_assert_num_queries(13):
        page(client, cast)
