"""Answers about consent: what a family says of a purpose, and what it takes back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.models import Child, Consent
from participants.wordings import UnknownWordingError, wording


class AnswerRefusedError(Exception):
    """An answer that cannot be written down as it is; the text says why and what to do, `about` which fact is wrong."""

    about: str | None = None


class AnswerInFutureError(AnswerRefusedError):
    """The answer would be given on a day still to come."""

    about = "answered_on"


class AnswerBeforeBirthError(AnswerRefusedError):
    """The answer would be older than the child."""

    about = "answered_on"


class WordingNotInUseError(AnswerRefusedError):
    """The wording named is unknown, or was not in use yet on the day of the answer."""

    about = "wording_version"


class OvertakenError(AnswerRefusedError):
    """The family says no on a day after which it said yes: it would take nothing back, and nobody would notice."""

    about = "answered_on"


class NothingToWithdrawError(AnswerRefusedError):
    """There is no consent that could be withdrawn."""


@transaction.atomic
def answer_consent(
    *,
    child: Child,
    purpose: Consent.Purpose,
    answer: Consent.Answer,
    given_by: str,
    answered_on: date,
    wording_version: str,
    by: User,
) -> Consent:
    """
    Writes down an answer about one purpose and returns it; it counts from the next request on.

    The same answer that stands already, sent again, is returned as it is: a form sent twice has one effect. Raises
    AnswerInFutureError, AnswerBeforeBirthError, WordingNotInUseError, OvertakenError.
    """
    # two people who press at once: the second sees the first one's answer
    locked = Child.objects.select_for_update().get(pk=child.pk)
    _require_possible(locked, purpose, answered_on, wording_version)
    facts: dict[str, Any] = {
        "answer": answer,
        "given_by": given_by,
        "answered_on": answered_on,
        "wording_version": wording_version,
    }
    standing = standing_answer(locked, purpose)
    if standing is not None and all(getattr(standing, name) == value for name, value in facts.items()):
        return standing
    if (
        standing is not None
        and standing.is_given
        and answer != Consent.Answer.GIVEN
        and answered_on < standing.answered_on
    ):
        raise OvertakenError(
            f"A yes of {dates.day(standing.answered_on)} stands, which is later. If the family says no now, write"
            " today’s date: else what is shown stays shown."
        )
    return _write(locked, purpose, facts, by)


def _write(child: Child, purpose: Consent.Purpose, facts: dict[str, Any], by: User) -> Consent:
    made = Consent.objects.create(
        programme_id=child.programme_id, child=child, purpose=purpose, recorded_by=by, **facts
    )
    audit(
        act="consent.withdrawn" if made.answer == Consent.Answer.WITHDRAWN else "consent.answered",
        by=by,
        programme_id=child.programme_id,
        subject=child,
        children=[child.pk],
        details={"purpose": purpose, "fields": ["answer"]},
    )
    return made


@transaction.atomic
def withdraw_consent(*, child: Child, purpose: Consent.Purpose, given_by: str, by: User) -> Consent:
    """
    Takes a consent back from today on and returns the answer that says so; withdrawn twice is withdrawn once.

    Raises NothingToWithdrawError where no consent stands.
    """
    locked = Child.objects.select_for_update().get(pk=child.pk)
    standing = standing_answer(locked, purpose)
    if standing is not None and standing.answer == Consent.Answer.WITHDRAWN:
        return standing
    if standing is None or not standing.is_given:
        raise NothingToWithdrawError(
            f"No consent to {purpose.label.lower()} stands for {child.name}. If the family says no, record that they"
            " refused."
        )
    return answer_consent(
        child=locked,
        purpose=purpose,
        answer=Consent.Answer.WITHDRAWN,
        given_by=given_by,
        answered_on=timezone.localdate(),
        wording_version=standing.wording_version,
        by=by,
    )


def standing_answer(child: Child, purpose: Consent.Purpose) -> Consent | None:
    """Returns the answer that counts of one child and purpose, or None when the family was never asked."""
    return Consent.objects.filter(child=child, purpose=purpose).standing().first()


def _require_possible(child: Child, purpose: Consent.Purpose, answered_on: date, version: str) -> None:
    if answered_on > timezone.localdate():
        raise AnswerInFutureError(
            f"{dates.day(answered_on)} is still to come. Write the day on which the answer was given."
        )
    if answered_on < child.date_of_birth:
        raise AnswerBeforeBirthError(
            f"On {dates.day(answered_on)} {child.name} was not born yet. Write the day on which the answer was given."
        )
    try:
        asked = wording(purpose, version)
    except UnknownWordingError as unknown:
        raise WordingNotInUseError(str(unknown)) from unknown
    if answered_on < asked.starts_on:
        raise WordingNotInUseError(
            f"The wording {version} is in use since {dates.day(asked.starts_on)}, after this answer. Choose the wording"
            " that stood on the form the family answered."
        )
