"""A class list accepted: wholly or not at all, by who looked at it; two at once are one."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from participants.actions import roster, roster_accepting
from participants.imports.roster import preview
from participants.models import Child, Enrolment, RosterImport
from participants.validators.identity import upn_hash
from tests.factories import participants
from tests.participants.lists import NEW, UPNS, class_list, no_agreement, refused, sent, stage
from tests.trail import entries


def test_accept_refuses_a_list_whose_agreement_ran_out_meanwhile(cast, waiting):
    no_agreement(cast, valid_until=timezone.localdate() - timedelta(days=1))
    token = roster_accepting.token_for(waiting, cast.ruth)
    words = refused(
        roster.AgreementMissingError, roster_accepting.accept, roster_import=waiting, token=token, by=cast.ruth
    )
    assert "its sharing agreement ran out on" in words


def test_the_agreement_of_another_hub_is_none(cast, waiting):
    no_agreement(cast, programme=cast.leeds)
    token = roster_accepting.token_for(waiting, cast.ruth)
    refused(roster.AgreementMissingError, roster_accepting.accept, roster_import=waiting, token=token, by=cast.ruth)


def test_accept_refuses_another_person(cast, waiting):
    token = roster_accepting.token_for(waiting, cast.joanne)
    refused(roster.NotTheUploaderError, roster_accepting.accept, roster_import=waiting, token=token, by=cast.joanne)


@pytest.mark.parametrize("of", ["nobody", "another person", "another file"])
def test_accept_refuses_a_token_that_is_not_of_this_person_and_file(cast, waiting, of):
    other = RosterImport(pk=waiting.pk, file_hash="0" * 64)
    token = {
        "nobody": "",
        "another person": roster_accepting.token_for(waiting, cast.joanne),
        "another file": roster_accepting.token_for(other, cast.ruth),
    }[of]
    words = refused(
        roster.RosterRefusedError, roster_accepting.accept, roster_import=waiting, token=token, by=cast.ruth
    )
    assert "Open the import again" in words


def test_accept_refuses_a_second_time(cast, waiting):
    token = roster_accepting.token_for(waiting, cast.ruth)
    roster_accepting.accept(roster_import=waiting, token=token, by=cast.ruth)
    refused(roster.NotWaitingError, roster_accepting.accept, roster_import=waiting, token=token, by=cast.ruth)


def test_accept_writes_wholly_or_not_at_all(cast, waiting):
    """The second new child cannot be made: then the first is not made either."""
    participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=[("Di", "Swift")], upn=UPNS[0])
    words = refused(
        roster.RosterChangedError,
        roster_accepting.accept,
        roster_import=waiting,
        token=roster_accepting.token_for(waiting, cast.ruth),
        by=cast.ruth,
    )
    assert words.startswith("Nothing was written")
    assert not Child.objects.filter(forename__in=["Bo", "Cy"]).exists()
    assert RosterImport.objects.get(pk=waiting.pk).state == "preview"


def test_the_trail_of_an_import_names_no_child(cast, waiting):
    roster_accepting.accept(roster_import=waiting, token=roster_accepting.token_for(waiting, cast.ruth), by=cast.ruth)
    told = repr([each.details for each in entries()])
    assert all(word not in told for word in ("Bo", "Wren", "Finch", UPNS[0], upn_hash(UPNS[0]), "2018-03-14"))


def test_the_trail_of_an_import_says_whose_rows_were_compared_decided_on_and_written(cast):
    amara, yusuf, ellie = cast.children
    rows = (
        f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,5",
        "Yusuff,Ali,02/09/2017",
        f"{ellie.forename},{ellie.surname},{ellie.date_of_birth:%d/%m/%Y}",
        "Bo,Wren,14/03/2018",
    )
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(*rows), school=cast.saltwharf)
        preview.decide(staged, {3: "same"}, by=cast.ruth)
        preview.accept(staged, roster_accepting.token_for(staged, cast.ruth), by=cast.ruth)
        bo = Child.objects.get(forename="Bo").pk
    told = {each.act: each.children for each in entries(subject_id=staged.pk, act__startswith="roster.")}
    assert told == {
        "roster.staged": [amara.pk, yusuf.pk, ellie.pk],
        "roster.decided": [yusuf.pk],
        # Ellie stands as the list has her: nothing of hers was written
        "roster.accepted": [amara.pk, yusuf.pk, bo],
    }


def test_the_same_list_accepted_twice_at_once_is_one_import(committed_cast):
    cast = committed_cast
    data = class_list(NEW, "Cy,Finch,15/03/2018", "Amara,Adeyemi,01/09/2017,,5")
    with scoped(cast.liverpool_scope):
        staged = [preview.stage(sent(cast.ruth, data, school=cast.saltwharf), by=cast.ruth) for _ in range(3)]
    ended = []

    def accept(one):
        try:
            with scoped(scope_of(cast.ruth)):
                preview.accept(one, roster_accepting.token_for(one, cast.ruth), by=cast.ruth)
            ended.append("accepted")
        except roster.RosterRefusedError as refusal:
            ended.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=[one]) for one in [*staged, staged[0]]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended.count("accepted") == 1
    assert set(ended) <= {"accepted", "RosterChangedError", "NotWaitingError"}
    with scoped(cast.liverpool_scope):
        assert Child.objects.filter(forename__in=["Bo", "Cy"]).count() == 2
        assert Enrolment.objects.filter(child__forename__in=["Bo", "Cy"]).count() == 2
        assert RosterImport.objects.filter(state="accepted").count() == 1
