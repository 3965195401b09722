"""Agreements to share children's data: recorded once signed, ended with a day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programmes.actions import agreement as acts
from programmes.models import SharingAgreement
from programmes.queries.agreement import agreement_gap
from tests.factories import programmes
from tests.trail import entries, entry


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def bare(cast):
    """A hub without an agreement."""
    return programmes.programme("Norwich", is_agreed=False)


def signed(programme, day, **more):
    fields = {"parties": "The hub and four schools", "reference": "Shelf 4"} | more
    return SharingAgreement(programme=programme, signed_on=day, **fields)


def refused(refusal, words, act, **named):
    before = (list(SharingAgreement.objects.values()), len(entries()))
    with pytest.raises(refusal, match=words):
        act(**named)
    assert (list(SharingAgreement.objects.values()), len(entries())) == before


def test_record_agreement_fills_the_gap_and_is_in_the_trail_of_the_hub(cast, bare, today):
    assert agreement_gap(bare, today) == "no sharing agreement has been recorded"
    made = acts.record_agreement(agreement=signed(bare, today), by=cast.olu)
    assert (agreement_gap(bare, today), made.recorded_by) == ("", cast.olu)
    event = entry(act="agreement.recorded")
    assert (event.actor_id, event.programme_id, event.subject_id) == (cast.olu.pk, bare.pk, made.pk)
    assert event.details == {"signed_on": today.isoformat(), "valid_until": None}


def test_record_agreement_refuses_one_that_is_not_signed_or_runs_out_before(cast, bare, today):
    tomorrow = today + timedelta(days=1)
    refused(acts.NotSignedYetError, "to come", acts.record_agreement, agreement=signed(bare, tomorrow), by=cast.olu)
    turned = signed(bare, today, valid_until=today - timedelta(days=1))
    refused(ValidationError, "cannot run out before", acts.record_agreement, agreement=turned, by=cast.olu)


def test_an_agreement_counts_up_to_its_last_day(cast, bare):
    programmes.agreement(bare, signed_on=date(2025, 9, 1), valid_until=date(2026, 8, 31))
    gaps = {day: agreement_gap(bare, day) for day in (date(2025, 8, 31), date(2026, 8, 31), date(2026, 9, 1))}
    assert gaps == {
        date(2025, 8, 31): "no sharing agreement has been recorded",
        date(2026, 8, 31): "",
        date(2026, 9, 1): "its sharing agreement ran out on 31 August 2026",
    }


def test_a_new_agreement_may_be_signed_before_the_last_has_run_out(cast, bare, today):
    programmes.agreement(bare, signed_on=today - timedelta(days=400), valid_until=today + timedelta(days=30))
    acts.record_agreement(agreement=signed(bare, today), by=cast.olu)
    assert agreement_gap(bare, today + timedelta(days=31)) == ""


def test_end_agreement_gives_it_a_last_day_and_is_in_the_trail(cast, today):
    standing = SharingAgreement.objects.get(programme=cast.liverpool)
    acts.end_agreement(agreement=standing, on=today, by=cast.olu)
    assert agreement_gap(cast.liverpool, today) == ""
    assert agreement_gap(cast.liverpool, today + timedelta(days=1)).startswith("its sharing agreement ran out on")
    assert entry(act="agreement.ended").details["valid_until"] == today.isoformat()


def test_end_agreement_refuses_the_past_and_what_makes_it_longer(cast, today):
    standing = SharingAgreement.objects.get(programme=cast.liverpool)
    yesterday = today - timedelta(days=1)
    refused(acts.LastDayError, "today or later", acts.end_agreement, agreement=standing, on=yesterday, by=cast.olu)
    acts.end_agreement(agreement=standing, on=today, by=cast.olu)
    later = today + timedelta(days=1)
    refused(acts.LastDayError, "Record the new one", acts.end_agreement, agreement=standing, on=later, by=cast.olu)
