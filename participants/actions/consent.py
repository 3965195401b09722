"""Answers about consent."""

from datetime import date

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Child, Consent


@transaction.atomic
def answer_consent(
    *, child: Child, purpose: Consent.Purpose, is_given: bool, given_by: str, answered_on: date, by: User
) -> Consent:
    """Writes down an answer about one purpose and returns it; it counts from the next request on."""
    answer = Consent.objects.create(
        programme_id=child.programme_id,
        child=child,
        purpose=purpose,
        is_given=is_given,
        given_by=given_by,
        answered_on=answered_on,
        wording_version="2026-09",
        recorded_by=by,
    )
    audit(
        act="consent.answered",
        by=by,
        programme_id=child.programme_id,
        subject=child,
        children=[child.pk],
        details={"purpose": purpose, "fields": ["is_given"]},
    )
    return answer
