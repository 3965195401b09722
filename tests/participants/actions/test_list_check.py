"""A school is asked about its class list, and what came of it is forgotten on its date."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import list_check as acts
from participants.models import Enrolment, ListAnswer, ListCheck, ListProposal
from participants.queries.list_by_link import check_of
from participants.validators.list_check import NotAskedError, WrongAddressError
from programmes.actions import closing
from programmes.models import Partnership, SharingAgreement
from schools.models import AcademicYear
from tests.factories.schools import this_year
from tests.participants.list_checks import OFFICE, accepted, answered, asked, missing, named, proposals
from tests.trail import entries, entry

State = ListProposal.State
A_DAY = timedelta(days=1)


@pytest.fixture
def link(cast):
    return asked(cast)


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
        assert check_of(link.secret) is None
        assert check_of(again.secret) == again.check


def test_a_form_sent_twice_leaves_the_first_link_alive(cast, link):
    assert asked(cast).secret == ""
    with scoped(cast.both):
        assert check_of(link.secret) == link.check
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


def aged(cast, **days):
    """Makes everything so many days of our calendar older, by field name; the clocks may have changed in between."""
    with scoped(cast.both):
        for model in (ListCheck, ListAnswer, ListProposal):
            for name, many in days.items():
                if name in {field.name for field in model._meta.fields}:
                    shift = timezone.localtime() - timedelta(days=many)
                    is_day = name == "ends_on"
                    model.objects.exclude(**{f"{name}__isnull": True}).update(
                        **{name: shift.date() if is_day else shift}
                    )


def kept(cast):
    with scoped(cast.both):
        return [model.objects.count() for model in (ListCheck, ListAnswer, ListProposal)]


def test_what_was_said_goes_30_days_after_it_was_decided_and_undecided_after_90(cast, link):
    answered(link.check, named(cast.children[0]), missing())
    accepted(cast, proposals(cast)[0])
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
