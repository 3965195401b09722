"""Children who have left a school and are in its ensemble still: found after a class list, and taken out in a press."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.models import Enrolment, Membership
from tests.factories import participants, programmes
from tests.participants.lists import accept, class_list, outcomes, stage
from tests.trail import entry

TODAY = timezone.localdate()


@pytest.fixture
def moved(cast):
    """Amara, of Saltwharf Strings, comes to Marigold Street by its class list."""
    with scoped(cast.liverpool_scope):
        for school in (cast.saltwharf, cast.marigold):
            staged = stage(cast.ruth, class_list("Amara,Adeyemi,01/09/2017,,5,5A"), school=school)
            accept(cast.ruth, staged)
        assert outcomes(staged) == {2: "school_move"}
    return cast


def address(cast):
    return reverse("participants:changed-school", args=[cast.liverpool.slug])


def page(client, cast, who="ruth"):
    client.force_login(getattr(cast, who))
    return client.get(address(cast)).content.decode()


def test_who_moved_and_is_in_an_ensemble_of_the_old_school_is_listed(client, moved):
    html = page(client, moved)
    assert "Amara Adeyemi" in html
    assert "Marigold Street Primary" in html
    assert f'value="{TODAY:%Y-%m-%d}"' in html
    assert "Yusuf" not in html
    assert entry(act="school_moves.viewed").children == [moved.children[0].pk]
    assert address(moved) in client.get(reverse("participants:ensembles")).content.decode()


def test_who_came_from_another_school_to_begin_with_or_plays_in_one_of_no_school_is_not(client, cast):
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children[:1], by=cast.ruth)
        youth = programmes.ensemble(cast.liverpool, "Youth Orchestra")
        participants.join(youth, cast.others, by=cast.ruth)
        Enrolment.objects.filter(child__in=cast.others).update(ends_on=TODAY - timedelta(days=1))
        Membership.objects.filter(ensemble=cast.brass, child__in=cast.others).update(ends_on=TODAY)
    html = page(client, cast)
    assert "Nobody is left behind" in html


def test_who_left_altogether_is_listed_too(client, cast):
    with scoped(cast.liverpool_scope):
        Enrolment.objects.filter(child=cast.children[1]).update(ends_on=TODAY - timedelta(days=3))
    html = page(client, cast)
    assert "Yusuf Ali" in html
    assert "No school of the hub" in html


def test_who_came_back_is_not(client, moved):
    with scoped(moved.liverpool_scope):
        stay = Enrolment.objects.filter(child=moved.children[0]).order_by("starts_on").last()
        stay.school = moved.saltwharf
        stay.save()
    assert "Nobody is left behind" in page(client, moved)


def test_the_press_takes_them_out_and_the_ensemble_undoes_it(client, moved):
    client.force_login(moved.ruth)
    leave = reverse("participants:ensemble-leave", args=[moved.strings.pk])
    answer = client.post(leave, {"child": [moved.children[0].pk], "last_day": f"{TODAY}"}, follow=True)
    assert "1 child left" in answer.content.decode()
    assert "Nobody is left behind" in client.get(address(moved)).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("joanne", 200), ("omar", 404), ("priya", 403), ("sam", 403), ("nia", 403)]
)
def test_only_who_keeps_the_lists_of_the_hub_sees_it(client, moved, who, status):
    client.force_login(getattr(moved, who))
    assert client.get(address(moved)).status_code == status


def test_statements_do_not_grow_with_the_children(client, cast, django_assert_max_num_queries):
    with scoped(cast.liverpool_scope):
        Enrolment.objects.filter(child__in=[*cast.children, *cast.others]).update(ends_on=TODAY - timedelta(days=1))
    client.force_login(cast.ruth)
    client.get(address(cast))
    with django_assert_max_num_queries(15):
        html = client.get(address(cast)).content.decode()
    assert html.count('name="child"') == 5
