"""The hub decides on what a school says, and what changed meanwhile is never overwritten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import child as children
from participants.actions import list_proposal
from participants.models import Child, Enrolment, ListProposal, Placement
from participants.queries.list_proposal import beside
from participants.validators.list_check import ListCheckRefusedError
from programmes.actions import closing
from tests.factories import schools
from tests.factories.schools import LONG_AGO
from tests.participants.actions.test_roll_forward import at_once
from tests.participants.list_checks import accepted, answered, asked, left, look, missing, moved, named, proposals
from tests.trail import entries, entry

State = ListProposal.State
A_DAY = timedelta(days=1)


@pytest.fixture
def link(cast):
    return asked(cast)


def test_an_accepted_class_is_written_down(cast, link):
    child = cast.children[0]
    answered(link.check, moved(child))
    (proposal,) = proposals(cast)
    accepted(cast, proposal)
    with scoped(cast.both):
        place = Placement.objects.get(child=child)
    assert (place.year_group, place.school_class, place.revision) == ("5", "5A", 2)
    (decided,) = proposals(cast)
    assert (decided.state, decided.decided_by_id) == (State.ACCEPTED, cast.ruth.pk)
    assert entry(act="list_check.accepted").children == [child.pk]
    assert entry(act="child.moved_class").details == {"fields": ["year_group", "school_class"]}


def test_an_accepted_name_is_written_down_and_known_by(cast, link):
    child = cast.children[0]
    answered(link.check, named(child, "Amina", "Zed"))
    accepted(cast, proposals(cast)[0])
    with scoped(cast.both):
        child.refresh_from_db()
    assert (child.forename, child.surname, child.sort_key, child.revision) == ("Amina", "Zed", "zed amina", 2)


def test_an_accepted_leaving_ends_the_enrolment_and_a_later_day_may_take_its_place(cast, link):
    first, second = cast.children[:2]
    day = timezone.localdate() - timedelta(days=3)
    answered(link.check, left(first, day), left(second, day))
    one, two = proposals(cast)
    accepted(cast, one)
    accepted(cast, two, last_day=day + A_DAY)
    with scoped(cast.both):
        ends = dict(Enrolment.objects.filter(child__in=[first, second]).values_list("child", "ends_on"))
    assert ends == {first.pk: day, second.pk: day + A_DAY}


def test_an_accepted_missing_child_makes_no_child(cast, link):
    answered(link.check, missing())
    accepted(cast, proposals(cast)[0])
    with scoped(cast.both):
        assert Child.objects.filter(surname="Wren").count() == 0
    assert [p.state for p in proposals(cast)] == [State.ACCEPTED]


def test_a_declined_proposal_leaves_everything(cast, link):
    child = cast.children[0]
    answered(link.check, named(child))
    with scoped(cast.liverpool_scope):
        for _ in range(2):
            list_proposal.decline(proposal=proposals(cast)[0], by=cast.joanne)
    with scoped(cast.both):
        assert Child.objects.get(pk=child.pk).forename == "Amara"
    assert len(entries(act="list_check.declined")) == 1


def test_what_was_changed_meanwhile_is_shown_again_and_not_overwritten(cast, link):
    child = cast.children[0]
    answered(link.check, named(child))
    (proposal,) = proposals(cast)
    with scoped(cast.liverpool_scope):
        seen = look(proposal)
        children.rename(child=child, forename="Mara", surname="Adeyemi", by=cast.joanne)
    with pytest.raises(list_proposal.ChangedMeanwhileError, match="it is now “Mara Adeyemi”"):
        accepted(cast, proposal, seen=seen)
    with scoped(cast.liverpool_scope):
        assert Child.objects.get(pk=child.pk).forename == "Mara"
        found = beside(proposals(cast)[0])
    assert (found.is_changed, found.is_so, found.row.state) == (True, False, State.OPEN)
    # looked at again, it can be accepted
    accepted(cast, proposals(cast)[0])
    with scoped(cast.liverpool_scope):
        assert Child.objects.get(pk=child.pk).forename == "Amára"


def test_what_stands_so_by_now_is_accepted_and_written_once(cast, link):
    child = cast.children[0]
    answered(link.check, named(child))
    with scoped(cast.liverpool_scope):
        children.rename(child=child, forename="Amára", surname="Adeyemi", by=cast.joanne)
    accepted(cast, proposals(cast)[0])
    assert len(entries(act="child.renamed")) == 1


def test_accepted_twice_is_accepted_once_and_never_declined_after(cast, link):
    answered(link.check, moved(cast.children[0]))
    proposal = proposals(cast)[0]
    for _ in range(2):
        accepted(cast, proposal, seen=None) if proposals(cast)[0].state == State.ACCEPTED else accepted(cast, proposal)
    assert len(entries(act="list_check.accepted")) == 1
    with scoped(cast.liverpool_scope), pytest.raises(list_proposal.DecidedError, match="accepted"):
        list_proposal.decline(proposal=proposal, by=cast.ruth)


def test_of_who_is_at_the_school_no_more_nothing_is_accepted(cast, link):
    child = cast.children[0]
    answered(link.check, moved(child))
    elsewhere = schools.school("Elsewhere Primary")
    with scoped(cast.both):
        Enrolment.objects.filter(child=child).update(school=elsewhere)
    with pytest.raises(list_proposal.DecidedError, match="not enrolled at this school any more"):
        accepted(cast, proposals(cast)[0])


def test_a_refused_last_day_leaves_the_proposal_open(cast, link):
    child = cast.children[0]
    answered(link.check, left(child, LONG_AGO - A_DAY))
    with pytest.raises(children.LeavingRefusedError):
        accepted(cast, proposals(cast)[0])
    assert [p.state for p in proposals(cast)] == [State.OPEN]


def test_in_a_closed_hub_nothing_is_decided(cast, link):
    answered(link.check, missing())
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    for act in (list_proposal.decline, lambda **facts: list_proposal.accept(seen="", **facts)):
        with scoped(cast.liverpool_scope), pytest.raises(ListCheckRefusedError, match="is closed since"):
            act(proposal=proposals(cast)[0], by=cast.ruth)


def test_accepted_and_declined_at_once_it_is_one_of_them(committed_cast):
    cast = committed_cast
    answered(asked(cast).check, missing())
    (proposal,) = proposals(cast)
    done, wrong = at_once(
        cast,
        lambda: list_proposal.accept(proposal=proposal, seen="", by=cast.ruth),
        lambda: list_proposal.decline(proposal=proposal, by=cast.joanne),
    )
    assert (len(done), [type(error) for error in wrong]) == (1, [list_proposal.DecidedError])
    assert len(entries(act="list_check.accepted") + entries(act="list_check.declined")) == 1
