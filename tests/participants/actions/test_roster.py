"""The acts on a class list: each refusal leaves nothing behind, and two at once are one."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from participants.actions import roster
from participants.imports.roster import preview
from participants.models import Child, Enrolment, RosterImport, RosterRow
from participants.validators.identity import upn_hash
from programmes.models import SharingAgreement
from tests.factories import participants
from tests.factories.schools import this_year
from tests.participants.lists import UPNS, class_list, sent, stage
from tests.trail import entries, entry

NEW = f"Bo,Wren,14/03/2018,{UPNS[0]}"


@pytest.fixture
def waiting(cast):
    with scoped(cast.liverpool_scope):
        yield stage(cast.ruth, class_list(NEW, "Cy,Finch,15/03/2018"), school=cast.saltwharf)


def refused(exception, act, **given):
    """Does an act that must be refused, and checks that nothing was written, not even to the trail."""
    before = (len(entries()), Child.objects.count(), RosterRow.objects.count())
    with pytest.raises(exception) as refusal:
        act(**given)
    assert (len(entries()), Child.objects.count(), RosterRow.objects.count()) == before
    return str(refusal.value)


def no_agreement(cast, **changes):
    """Takes the hub's agreement away, or changes it."""
    agreements = SharingAgreement.objects.filter(programme=cast.liverpool)
    agreements.update(**changes) if changes else agreements.delete()


def test_no_list_is_staged_before_the_agreement_is_signed(cast):
    no_agreement(cast)
    with scoped(cast.liverpool_scope):
        words = refused(
            roster.AgreementMissingError,
            roster.stage,
            programme=cast.liverpool,
            school=cast.saltwharf,
            academic_year=this_year(),
            upload=roster.Upload("list.csv", "0" * 64),
            reading=roster.Reading(),
            compared=roster.Compared(),
            by=cast.ruth,
        )
    assert words == (
        "No class list can come into Liverpool: no sharing agreement has been recorded. Once it is signed, the operator "
        "records it: Olu Grant, olu@hub.example."
    )


def test_no_list_is_even_read_before_the_agreement_is_signed(cast):
    no_agreement(cast)
    with scoped(cast.liverpool_scope):
        nonsense = sent(cast.ruth, b"%PDF-1.7", school=cast.saltwharf)
        before = len(entries())
        with pytest.raises(roster.AgreementMissingError):
            preview.stage(nonsense, by=cast.ruth)
        assert (RosterImport.objects.count(), len(entries())) == (0, before)


def test_accept_refuses_a_list_whose_agreement_ran_out_meanwhile(cast, waiting):
    no_agreement(cast, valid_until=timezone.localdate() - timedelta(days=1))
    token = roster.token_for(waiting, cast.ruth)
    words = refused(roster.AgreementMissingError, roster.accept, roster_import=waiting, token=token, by=cast.ruth)
    assert "its sharing agreement ran out on" in words


def test_the_agreement_of_another_hub_is_none(cast, waiting):
    no_agreement(cast, programme=cast.leeds)
    token = roster.token_for(waiting, cast.ruth)
    refused(roster.AgreementMissingError, roster.accept, roster_import=waiting, token=token, by=cast.ruth)


def test_accept_refuses_another_person(cast, waiting):
    token = roster.token_for(waiting, cast.joanne)
    refused(roster.NotTheUploaderError, roster.accept, roster_import=waiting, token=token, by=cast.joanne)


@pytest.mark.parametrize("of", ["nobody", "another person", "another file"])
def test_accept_refuses_a_token_that_is_not_of_this_person_and_file(cast, waiting, of):
    other = RosterImport(pk=waiting.pk, file_hash="0" * 64)
    token = {
        "nobody": "",
        "another person": roster.token_for(waiting, cast.joanne),
        "another file": roster.token_for(other, cast.ruth),
    }[of]
    words = refused(roster.RosterRefusedError, roster.accept, roster_import=waiting, token=token, by=cast.ruth)
    assert "Open the import again" in words


def test_accept_refuses_a_second_time(cast, waiting):
    token = roster.token_for(waiting, cast.ruth)
    roster.accept(roster_import=waiting, token=token, by=cast.ruth)
    refused(roster.NotWaitingError, roster.accept, roster_import=waiting, token=token, by=cast.ruth)


def test_accept_writes_wholly_or_not_at_all(cast, waiting):
    """The second new child cannot be made: then the first is not made either."""
    participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=[("Di", "Swift")], upn=UPNS[0])
    words = refused(
        roster.RosterChangedError,
        roster.accept,
        roster_import=waiting,
        token=roster.token_for(waiting, cast.ruth),
        by=cast.ruth,
    )
    assert words.startswith("Nothing was written")
    assert not Child.objects.filter(forename__in=["Bo", "Cy"]).exists()
    assert RosterImport.objects.get(pk=waiting.pk).state == "preview"


@pytest.mark.parametrize("act", [roster.discard, roster.decide])
def test_only_the_uploader_decides_and_discards(cast, waiting, act):
    given = {"decisions": {2: "same"}} if act is roster.decide else {}
    refused(roster.NotTheUploaderError, act, roster_import=waiting, by=cast.joanne, **given)


def test_decide_touches_close_matches_only(cast, waiting):
    roster.decide(roster_import=waiting, decisions={2: "same", 3: "nonsense"}, by=cast.ruth)
    assert set(RosterRow.objects.filter(roster_import=waiting).values_list("decision", flat=True)) == {""}


def test_discard_leaves_one_entry_in_the_trail_and_nothing_else(cast, waiting):
    roster.discard(roster_import=waiting, by=cast.ruth)
    assert (RosterImport.objects.count(), RosterRow.objects.count()) == (0, 0)
    assert entry(act="roster.discarded").subject_id == waiting.pk


def test_nothing_of_a_list_reaches_another_hub(cast, waiting):
    with scoped(cast.leeds_scope):
        assert (RosterImport.objects.count(), RosterRow.objects.count()) == (0, 0)
        assert RosterImport.objects.visible_to(cast.omar).count() == 0


def test_the_trail_of_an_import_names_no_child(cast, waiting):
    roster.accept(roster_import=waiting, token=roster.token_for(waiting, cast.ruth), by=cast.ruth)
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
        preview.accept(staged, roster.token_for(staged, cast.ruth), by=cast.ruth)
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
                preview.accept(one, roster.token_for(one, cast.ruth), by=cast.ruth)
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
