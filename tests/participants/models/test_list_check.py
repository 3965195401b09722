"""The wall round what a school is shown and says by its link: the database keeps it, whatever a page forgets."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from participants.actions import at_risk
from participants.actions import list_check as acts
from participants.models import Child, Enrolment, ListAnswer, ListCheck, ListProposal, Placement
from tests.participants.list_checks import answered, asked, by_link, missing, named

EVERY = (ListCheck, ListAnswer, ListProposal)


@pytest.fixture
def links(cast):
    """Two schools of the hub, asked and answered; the wall stands between them as well."""
    first = asked(cast).check
    second = asked(cast, school=cast.marigold, email="office@marigold.sch.example").check
    answered(first, named(cast.children[0]), missing())
    answered(second, named(cast.others[0]))
    return first, second


def counted():
    return [model.objects.count() for model in EVERY]


def test_a_link_reaches_the_children_of_its_school_and_what_came_by_it(cast, links):
    with scoped(by_link(links[0])):
        assert set(Child.objects.values_list("pk", flat=True)) == {child.pk for child in cast.children}
        assert set(Enrolment.objects.values_list("school", flat=True)) == {cast.saltwharf.pk}
        assert (Placement.objects.count(), counted()) == (3, [1, 1, 2])
        assert ListCheck.objects.get() == links[0]


def test_before_the_link_is_looked_at_no_child_is_in_reach(cast, links):
    with scoped(Scope(link=links[0].secret_hash)):
        assert (Child.objects.count(), ListCheck.objects.get()) == (0, links[0])


def test_a_protected_child_is_in_reach_of_no_link_nor_what_was_said_of_one(cast, links):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.joanne)
    with scoped(by_link(links[0])):
        assert cast.children[0].pk not in set(Child.objects.values_list("pk", flat=True))
        assert [p.kind for p in ListProposal.objects.all()] == ["missing"]


@pytest.mark.parametrize("scope", [Scope(), Scope(link="0" * 64), Scope(schools=frozenset({990_101}))])
def test_without_a_link_or_with_a_guessed_one_nothing_is_there(cast, links, scope):
    with scoped(scope):
        assert counted() == [0, 0, 0]


def test_without_a_scope_the_database_refuses(links):
    for model in EVERY:
        with pytest.raises(ProgrammingError, match="without a scope"), transaction.atomic():
            model.objects.count()


def test_the_hub_next_door_sees_none_of_it(cast, links):
    with scoped(cast.leeds_scope):
        assert counted() == [0, 0, 0]
    with scoped(cast.liverpool_scope):
        assert counted() == [2, 2, 3]
        for model in EVERY:
            assert model.objects.visible_to(cast.ruth).count()
            for who in (cast.omar, cast.sam, cast.priya, cast.nia, cast.olu, cast.stranger):
                assert not model.objects.visible_to(who).exists()


@pytest.mark.parametrize("how", ["ended", "over"])
def test_of_a_dead_link_its_row_alone_is_shown(cast, links, how):
    with scoped(cast.liverpool_scope):
        if how == "ended":
            acts.end(check=links[0], by=cast.ruth)
        else:
            ListCheck.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    with scoped(by_link(links[0])):
        assert counted() == [1, 0, 0]


def test_its_last_day_counts_to_its_end_in_london(cast, links):
    with scoped(cast.liverpool_scope):
        ListCheck.objects.update(ends_on=timezone.localdate())
    with scoped(by_link(links[0])):
        assert counted() == [1, 1, 2]


def test_a_link_does_not_change_itself(links):
    with scoped(by_link(links[0])), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        ListCheck.objects.update(ends_on=timezone.localdate() + timedelta(days=99))


def test_nothing_can_be_said_for_another_link_nor_of_a_child_of_another_school(cast, links):
    first, second = links
    with scoped(cast.both):
        mine, theirs = ListAnswer.objects.get(list_check=first), ListAnswer.objects.get(list_check=second)

    def say(check, answer, child):
        with scoped(by_link(first)):
            ListProposal.objects.create(
                programme=cast.liverpool,
                list_check=check,
                answer=answer,
                child_id=child.pk,
                kind="left",
                proposed={"ends_on": None},
                sent_at=timezone.now(),
            )

    with transaction.atomic():
        say(first, mine, cast.children[1])
    for check, answer, child in (
        (second, theirs, cast.children[1]),
        (first, mine, cast.others[0]),
        (first, mine, cast.leeds_children[0]),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            say(check, answer, child)
    # an answer of one link cannot carry what another says, nor a row lie in another hub
    with pytest.raises(IntegrityError), transaction.atomic():
        say(first, theirs, cast.children[2])
    with (
        scoped(cast.both),
        pytest.raises(IntegrityError, match="listanswer_list_check_id_programme_id_fk"),
        transaction.atomic(),
    ):
        ListAnswer.objects.create(
            programme=cast.leeds,
            list_check=first,
            send=uuid.uuid4(),
            at=timezone.now(),
            name="Jo",
            children=0,
            corrections=0,
        )
