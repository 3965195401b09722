"""A class list that comes in, or is taken off: each refusal leaves nothing behind."""

import pytest

from inharmony.access.scope import scoped
from participants.actions import roster
from participants.imports.roster import preview
from participants.models import RosterImport, RosterRow
from tests.factories.schools import this_year
from tests.participants.lists import no_agreement, refused, sent
from tests.trail import entries, entry


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


def test_discard_leaves_one_entry_in_the_trail_and_nothing_else(cast, waiting):
    roster.discard(roster_import=waiting, by=cast.ruth)
    assert (RosterImport.objects.count(), RosterRow.objects.count()) == (0, 0)
    assert entry(act="roster.discarded").subject_id == waiting.pk


def test_nothing_of_a_list_reaches_another_hub(cast, waiting):
    with scoped(cast.leeds_scope):
        assert (RosterImport.objects.count(), RosterRow.objects.count()) == (0, 0)
        assert RosterImport.objects.visible_to(cast.omar).count() == 0
