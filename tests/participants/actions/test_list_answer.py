"""A school answers through its link; nothing of a child changes by it."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from participants.actions import list_answer, list_check, list_proposal
from participants.actions.list_answer import Sent
from participants.models import Child, Enrolment, ListAnswer, ListCheck, ListProposal, Placement
from participants.queries.list_by_link import listed
from programmes.actions import closing
from programmes.models import Partnership, SharingAgreement
from tests.factories import participants
from tests.participants.actions.test_roll_forward import at_once
from tests.participants.list_checks import (
    OFFICE,
    answered,
    asked,
    by_link,
    left,
    look,
    missing,
    moved,
    named,
    proposals,
)
from tests.trail import entries, entry

State = ListProposal.State
A_DAY = timedelta(days=1)


@pytest.fixture
def link(cast):
    return asked(cast)


def test_a_school_says_that_its_list_is_right(cast, link):
    answered(link.check)
    with scoped(cast.both):
        (made,) = ListAnswer.objects.all()
        assert not ListProposal.objects.exists()
    assert (made.name, made.children, made.corrections) == ("Jo Marsh", 3, 0)
    told = entry(act="list_check.confirmed")
    assert (told.actor_id, told.programme_id, told.children) == (None, cast.liverpool.pk, [])


def test_what_a_school_corrects_is_proposed_and_changes_nothing(cast, link):
    amara, yusuf, ellie = cast.children
    day = timezone.localdate() - A_DAY
    with scoped(cast.both):
        before = [list(model.objects.order_by("pk").values()) for model in (Child, Enrolment, Placement)]
    answered(link.check, left(yusuf, day), moved(ellie), named(amara), missing())
    with scoped(cast.both):
        assert [list(model.objects.order_by("pk").values()) for model in (Child, Enrolment, Placement)] == before
    assert [(p.child_id, p.kind, p.before, p.proposed) for p in proposals(cast)] == [
        (yusuf.pk, "left", {"ends_on": None}, {"ends_on": day.isoformat()}),
        (ellie.pk, "class", {"year_group": "4", "school_class": "4B"}, {"year_group": "5", "school_class": "5A"}),
        (
            amara.pk,
            "name",
            {"forename": "Amara", "surname": "Adeyemi"},
            {"forename": "Amára", "surname": "Adeyemi"},
        ),
        (None, "missing", {}, missing().proposed),
    ]
    told = entry(act="list_check.corrected")
    assert (told.actor_id, told.children) == (None, sorted(child.pk for child in cast.children))
    assert "Amára" not in str(told.details)


def test_what_stands_on_the_list_already_is_no_correction(cast, link):
    amara = cast.children[0]
    made = answered(link.check, moved(amara, "4", "4B"), named(amara, "Amara"))
    assert (made.corrections, proposals(cast)) == (0, [])


def test_the_same_sent_twice_is_one_answer(cast, link):
    send = uuid.uuid4()
    first = answered(link.check, named(cast.children[0]), send=send)
    assert answered(link.check, named(cast.children[0], "Other"), send=send) == first
    assert [p.proposed["forename"] for p in proposals(cast)] == ["Amára"]


def test_what_is_said_last_of_a_child_stands(cast, link):
    answered(link.check, named(cast.children[0]), missing())
    answered(link.check, named(cast.children[0], "Amarra"), missing(), missing("Cy"))
    said = [(p.kind, p.state, p.proposed["forename"]) for p in proposals(cast)]
    assert said == [
        ("name", "replaced", "Amára"),
        ("missing", "replaced", "Bo"),
        ("name", "open", "Amarra"),
        ("missing", "open", "Bo"),
        ("missing", "open", "Cy"),
    ]


def test_who_confirms_confirms_what_they_looked_at(cast, link):
    with scoped(by_link(link.check)):
        mark = list_answer.mark_of_list(listed(link.check, timezone.localdate()))
    with scoped(cast.liverpool_scope):
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=[("Di", "Swift")])
    with scoped(by_link(link.check)), pytest.raises(list_answer.ListChangedError):
        list_answer.answer(check=link.check, sent=Sent(uuid.uuid4(), "Jo Marsh", mark))
    with scoped(cast.both):
        assert not ListAnswer.objects.exists()


@pytest.mark.parametrize("whose", ["others", "leeds_children"])
def test_a_child_of_another_school_or_hub_is_not_on_the_list(cast, link, whose):
    with pytest.raises(list_answer.NotOnListError):
        answered(link.check, named(getattr(cast, whose)[0]))
    assert proposals(cast) == []


def test_a_protected_child_is_not_on_the_list(cast, link):
    from participants.actions import at_risk

    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.joanne)
    with pytest.raises(list_answer.NotOnListError):
        answered(link.check, named(cast.children[0]))
    assert answered(link.check).children == 2


@pytest.mark.parametrize("why", ["ended", "over", "closed", "no lead", "no account", "no partner", "no agreement"])
def test_a_dead_link_answers_nothing(cast, why):
    check = asked(cast, email=cast.sam.email, lead=cast.sam).check
    yesterday = timezone.localdate() - A_DAY
    with scoped(cast.both):
        if why == "ended":
            list_check.end(check=check, by=cast.ruth)
        elif why == "over":
            ListCheck.objects.update(ends_on=yesterday)
        elif why == "closed":
            closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
        elif why == "no lead":
            RoleAssignment.objects.filter(user=cast.sam).update(ends_on=yesterday)
        elif why == "no account":
            type(cast.sam).objects.filter(pk=cast.sam.pk).update(is_active=False)
        elif why == "no partner":
            Partnership.objects.filter(school=cast.saltwharf).update(ends_on=yesterday)
        else:
            SharingAgreement.objects.filter(programme=cast.liverpool).update(valid_until=yesterday)
    with pytest.raises(list_answer.LinkShutError):
        answered(check)
    with scoped(cast.both):
        assert not ListAnswer.objects.exists()


def test_who_press_at_once_ask_once_answer_once_and_accept_once(committed_cast):
    cast, child = committed_cast, committed_cast.children[0]
    facts = {"programme": cast.liverpool, "school": cast.saltwharf, "email": OFFICE, "by": cast.ruth}
    asked_, wrong = at_once(cast, *[lambda: list_check.ask(**facts)] * 4)
    assert (len({check.pk for check in asked_}), wrong) == (1, [])
    assert len(entries(act="list_check.asked")) == len(mail.outbox) == 1
    (check, *_), send = asked_, uuid.uuid4()
    made, wrong = at_once(cast, *[lambda: answered(check, named(child), missing(), send=send)] * 4)
    assert (len({answer.pk for answer in made}), wrong, len(proposals(cast))) == (1, [], 2)
    # two of the school who say the same of the same child: the one who is last stands
    made, wrong = at_once(cast, *[lambda: answered(check, named(child))] * 3)
    assert (len(made), wrong) == (3, [])
    (proposal,) = proposals(cast, state=State.OPEN, kind="name")
    with scoped(cast.liverpool_scope):
        seen = look(proposal)
    _, wrong = at_once(cast, *[lambda: list_proposal.accept(proposal=proposal, seen=seen, by=cast.ruth)] * 4)
    assert (wrong, len(entries(act="child.renamed")), len(entries(act="list_check.accepted"))) == ([], 1, 1)
