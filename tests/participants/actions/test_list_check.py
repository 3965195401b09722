"""A school is asked, answers through its link, and the hub decides; nothing of a child changes before."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from participants.actions import child as children
from participants.actions import list_check as acts
from participants.actions.list_check import Sent
from participants.models import Child, Enrolment, ListAnswer, ListCheck, ListProposal, Placement
from participants.queries import list_check as reads
from participants.validators.list_check import ListCheckRefusedError, NotAskedError, WrongAddressError
from programmes.actions import closing
from programmes.models import Partnership, SharingAgreement
from schools.models import AcademicYear
from tests.factories import participants, schools
from tests.factories.schools import LONG_AGO, this_year
from tests.participants.actions.test_roll_forward import at_once
from tests.participants.list_checks import OFFICE, answered, asked, by_link, left, missing, moved, named, proposals
from tests.trail import entries, entry

State = ListProposal.State
A_DAY = timedelta(days=1)


@pytest.fixture
def link(cast):
    return asked(cast)


def look(proposal):
    """What whoever decides has seen."""
    return reads.beside(proposal).seen


def accept(cast, proposal, **more):
    with scoped(cast.liverpool_scope):
        return acts.accept(proposal=proposal, by=cast.ruth, **{"seen": look(proposal), **more})


# asking


def test_a_school_is_asked_by_a_mail_without_a_name_of_a_child(cast, link):
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([OFFICE], "Is the class list of Saltwharf Primary right?")
    assert f"/class-list/{link.secret}/" in letter.body
    assert "ruth@hub.example" in letter.body
    assert [c.surname for c in cast.children if c.surname in letter.body or c.forename in letter.body] == []
    assert link.check.ends_on == timezone.localdate() + timedelta(days=7)
    told = entry(act="list_check.asked")
    assert (told.actor_id, told.subject_id, told.children) == (cast.ruth.pk, link.check.pk, [])


def test_the_secret_is_kept_nowhere(cast, link):
    with scoped(cast.both):
        (row,) = ListCheck.objects.values()
    assert len(link.secret) == 43
    assert link.secret not in str(row)
    assert link.secret not in str([event.details for event in entries()])


def test_asked_again_there_is_one_live_link_and_the_old_one_is_dead(cast, link):
    with scoped(cast.both):
        ListCheck.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    again = asked(cast, email=OFFICE.upper())
    assert (again.check.pk, again.secret != link.secret) == (link.check.pk, True)
    with scoped(cast.both):
        assert ListCheck.objects.count() == 1
        assert reads.check_of(link.secret) is None
        assert reads.check_of(again.secret) == again.check


def test_a_form_sent_twice_leaves_the_first_link_alive(cast, link):
    assert asked(cast).secret == ""
    with scoped(cast.both):
        assert reads.check_of(link.secret) == link.check
    assert (len(mail.outbox), len(entries(act="list_check.asked"))) == (1, 1)


def test_an_ended_link_is_dead_for_good_and_asking_again_makes_another(cast, link):
    with scoped(cast.liverpool_scope):
        assert acts.end(check=link.check, by=cast.ruth)
        assert not acts.end(check=link.check, by=cast.ruth)
    assert len(entries(act="list_check.ended")) == 1
    again = asked(cast)
    assert again.secret not in ("", link.secret)
    assert (again.check.ended_at, again.check.ended_by) == (None, None)


def test_a_lead_is_asked_at_their_account_and_nobody_elses(cast):
    assert asked(cast, email=cast.sam.email, lead=cast.sam).check.lead == cast.sam
    with scoped(cast.both), pytest.raises(WrongAddressError, match="does not lead Marigold Street Primary"):
        acts.ask(programme=cast.liverpool, school=cast.marigold, email=cast.sam.email, lead=cast.sam, by=cast.ruth)


@pytest.mark.parametrize("email", ["head.saltwharf@gmail.com", "sec@HOTMAIL.co.uk", "x@BTInternet.com"])
def test_no_private_address_is_asked(cast, email):
    with pytest.raises(WrongAddressError, match="is a private address"):
        asked(cast, email=email)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("closed", "Liverpool is closed since"),
        ("no partner", "no partner school of Liverpool today"),
        ("no agreement", "No children's names leave Liverpool: no sharing agreement"),
        ("empty", "there is no list to check"),
    ],
)
def test_a_school_is_not_asked(cast, why, words):
    if why == "closed":
        closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    elif why == "no partner":
        Partnership.objects.filter(school=cast.saltwharf).update(ends_on=timezone.localdate() - A_DAY)
    elif why == "no agreement":
        SharingAgreement.objects.filter(programme=cast.liverpool).delete()
    else:
        with scoped(cast.both):
            Enrolment.objects.filter(school=cast.saltwharf).update(ends_on=timezone.localdate() - A_DAY)
    with pytest.raises(NotAskedError, match=words):
        asked(cast)
    with scoped(cast.both):
        assert not ListCheck.objects.exists()
    assert (mail.outbox, entries(act="list_check.asked")) == ([], [])


# answering


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
        mark = acts.mark_of_list(reads.listed(link.check, timezone.localdate()))
    with scoped(cast.liverpool_scope):
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=[("Di", "Swift")])
    with scoped(by_link(link.check)), pytest.raises(acts.ListChangedError):
        acts.answer(check=link.check, sent=Sent(uuid.uuid4(), "Jo Marsh", mark))
    with scoped(cast.both):
        assert not ListAnswer.objects.exists()


@pytest.mark.parametrize("whose", ["others", "leeds_children"])
def test_a_child_of_another_school_or_hub_is_not_on_the_list(cast, link, whose):
    with pytest.raises(acts.NotOnListError):
        answered(link.check, named(getattr(cast, whose)[0]))
    assert proposals(cast) == []


def test_a_protected_child_is_not_on_the_list(cast, link):
    from participants.actions import at_risk

    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.joanne)
    with pytest.raises(acts.NotOnListError):
        answered(link.check, named(cast.children[0]))
    assert answered(link.check).children == 2


@pytest.mark.parametrize("why", ["ended", "over", "closed", "no lead", "no account", "no partner", "no agreement"])
def test_a_dead_link_answers_nothing(cast, why):
    check = asked(cast, email=cast.sam.email, lead=cast.sam).check
    yesterday = timezone.localdate() - A_DAY
    with scoped(cast.both):
        if why == "ended":
            acts.end(check=check, by=cast.ruth)
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
    with pytest.raises(acts.LinkShutError):
        answered(check)
    with scoped(cast.both):
        assert not ListAnswer.objects.exists()


# deciding


def test_an_accepted_class_is_written_down(cast, link):
    child = cast.children[0]
    answered(link.check, moved(child))
    (proposal,) = proposals(cast)
    accept(cast, proposal)
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
    accept(cast, proposals(cast)[0])
    with scoped(cast.both):
        child.refresh_from_db()
    assert (child.forename, child.surname, child.sort_key, child.revision) == ("Amina", "Zed", "zed amina", 2)


def test_an_accepted_leaving_ends_the_enrolment_and_a_later_day_may_take_its_place(cast, link):
    first, second = cast.children[:2]
    day = timezone.localdate() - timedelta(days=3)
    answered(link.check, left(first, day), left(second, day))
    one, two = proposals(cast)
    accept(cast, one)
    accept(cast, two, last_day=day + A_DAY)
    with scoped(cast.both):
        ends = dict(Enrolment.objects.filter(child__in=[first, second]).values_list("child", "ends_on"))
    assert ends == {first.pk: day, second.pk: day + A_DAY}


def test_an_accepted_missing_child_makes_no_child(cast, link):
    answered(link.check, missing())
    accept(cast, proposals(cast)[0])
    with scoped(cast.both):
        assert Child.objects.filter(surname="Wren").count() == 0
    assert [p.state for p in proposals(cast)] == [State.ACCEPTED]


def test_a_declined_proposal_leaves_everything(cast, link):
    child = cast.children[0]
    answered(link.check, named(child))
    with scoped(cast.liverpool_scope):
        for _ in range(2):
            acts.decline(proposal=proposals(cast)[0], by=cast.joanne)
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
    with pytest.raises(acts.ChangedMeanwhileError, match="it is now “Mara Adeyemi”"):
        accept(cast, proposal, seen=seen)
    with scoped(cast.liverpool_scope):
        assert Child.objects.get(pk=child.pk).forename == "Mara"
        found = reads.beside(proposals(cast)[0])
    assert (found.is_changed, found.is_so, found.row.state) == (True, False, State.OPEN)
    # looked at again, it can be accepted
    accept(cast, proposals(cast)[0])
    with scoped(cast.liverpool_scope):
        assert Child.objects.get(pk=child.pk).forename == "Amára"


def test_what_stands_so_by_now_is_accepted_and_written_once(cast, link):
    child = cast.children[0]
    answered(link.check, named(child))
    with scoped(cast.liverpool_scope):
        children.rename(child=child, forename="Amára", surname="Adeyemi", by=cast.joanne)
    accept(cast, proposals(cast)[0])
    assert len(entries(act="child.renamed")) == 1


def test_accepted_twice_is_accepted_once_and_never_declined_after(cast, link):
    answered(link.check, moved(cast.children[0]))
    proposal = proposals(cast)[0]
    for _ in range(2):
        accept(cast, proposal, seen=None) if proposals(cast)[0].state == State.ACCEPTED else accept(cast, proposal)
    assert len(entries(act="list_check.accepted")) == 1
    with scoped(cast.liverpool_scope), pytest.raises(acts.DecidedError, match="accepted"):
        acts.decline(proposal=proposal, by=cast.ruth)


def test_of_who_is_at_the_school_no_more_nothing_is_accepted(cast, link):
    child = cast.children[0]
    answered(link.check, moved(child))
    elsewhere = schools.school("Elsewhere Primary")
    with scoped(cast.both):
        Enrolment.objects.filter(child=child).update(school=elsewhere)
    with pytest.raises(acts.DecidedError, match="not enrolled at this school any more"):
        accept(cast, proposals(cast)[0])


def test_a_refused_last_day_leaves_the_proposal_open(cast, link):
    child = cast.children[0]
    answered(link.check, left(child, LONG_AGO - A_DAY))
    with pytest.raises(children.LeavingRefusedError):
        accept(cast, proposals(cast)[0])
    assert [p.state for p in proposals(cast)] == [State.OPEN]


def test_in_a_closed_hub_nothing_is_decided(cast, link):
    answered(link.check, missing())
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    for act in (acts.decline, lambda **facts: acts.accept(seen="", **facts)):
        with scoped(cast.liverpool_scope), pytest.raises(ListCheckRefusedError, match="is closed since"):
            act(proposal=proposals(cast)[0], by=cast.ruth)


# forgetting


def aged(cast, **days):
    """Makes everything older, by model name."""
    with scoped(cast.both):
        for model in (ListCheck, ListAnswer, ListProposal):
            for name, many in days.items():
                if name in {field.name for field in model._meta.fields}:
                    shift = timezone.now() - timedelta(days=many)
                    is_day = name == "ends_on"
                    model.objects.exclude(**{f"{name}__isnull": True}).update(
                        **{name: shift.date() if is_day else shift}
                    )


def kept(cast):
    with scoped(cast.both):
        return [model.objects.count() for model in (ListCheck, ListAnswer, ListProposal)]


def test_what_was_said_goes_30_days_after_it_was_decided_and_undecided_after_90(cast, link):
    answered(link.check, named(cast.children[0]), missing())
    accept(cast, proposals(cast)[0])
    aged(cast, decided_at=30, sent_at=90)
    assert (acts.forget(today=timezone.localdate()), kept(cast)) == (0, [1, 1, 2])
    aged(cast, decided_at=31)
    assert (acts.forget(today=timezone.localdate()), kept(cast)) == (1, [1, 1, 1])
    aged(cast, sent_at=91)
    assert (acts.forget(today=timezone.localdate()), kept(cast)) == (1, [1, 1, 0])


def test_a_link_nobody_answered_goes_and_an_answer_outlives_the_secret(cast, link):
    answered(link.check)
    other = asked(cast, school=cast.marigold, email="office@marigold.sch.example").check
    aged(cast, ends_on=31)
    assert acts.forget(today=timezone.localdate()) == 1
    with scoped(cast.both):
        assert list(ListCheck.objects.values_list("pk", "secret_hash")) == [(link.check.pk, None)]
        assert not ListCheck.objects.filter(pk=other.pk).exists()
    later = AcademicYear(year=this_year().pk + 2).starts_on
    assert acts.forget(today=later - A_DAY) == 0
    assert (acts.forget(today=later), kept(cast)) == (2, [0, 0, 0])


def test_a_live_link_is_left_alone_and_a_closed_hub_is_cleaned_as_well(cast, link):
    answered(link.check, missing())
    assert acts.forget(today=timezone.localdate()) == 0
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    aged(cast, sent_at=91)
    assert acts.forget(today=timezone.localdate()) == 1


# at once


def test_who_press_at_once_ask_once_answer_once_and_accept_once(committed_cast):
    cast, child = committed_cast, committed_cast.children[0]
    facts = {"programme": cast.liverpool, "school": cast.saltwharf, "email": OFFICE, "by": cast.ruth}
    asked_, wrong = at_once(cast, *[lambda: acts.ask(**facts)] * 4)
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
    _, wrong = at_once(cast, *[lambda: acts.accept(proposal=proposal, seen=seen, by=cast.ruth)] * 4)
    assert (wrong, len(entries(act="child.renamed")), len(entries(act="list_check.accepted"))) == ([], 1, 1)


def test_accepted_and_declined_at_once_it_is_one_of_them(committed_cast):
    cast = committed_cast
    answered(asked(cast).check, missing())
    (proposal,) = proposals(cast)
    done, wrong = at_once(
        cast,
        lambda: acts.accept(proposal=proposal, seen="", by=cast.ruth),
        lambda: acts.decline(proposal=proposal, by=cast.joanne),
    )
    assert (len(done), [type(error) for error in wrong]) == (1, [acts.DecidedError])
    assert len(entries(act="list_check.accepted") + entries(act="list_check.declined")) == 1
