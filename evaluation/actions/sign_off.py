"""Signing off a term: its figures are frozen as they are. The one place that writes a sign-off."""

from django.db import transaction
from django.utils import timezone

from evaluation.figures.signed import frozen, revised
from evaluation.models import SignedFigures, SignOff
from evaluation.queries.calendar import period_of
from evaluation.queries.kept import steadily
from evaluation.queries.live import live
from evaluation.queries.sign_off import last_signed, last_teaching_day
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from programmes.models import Programme
from schools.models import AcademicYear


class SignOffRefusedError(Exception):
    """A term that cannot be signed so; the text says why and what to do."""


class NotOverYetError(SignOffRefusedError):
    """The term is taught on."""


class MovingError(SignOffRefusedError):
    """The figures changed while they were counted, again and again."""


class SignedAlreadyError(SignOffRefusedError):
    """The term is signed, and nothing differs from what was signed."""


class ReasonNeededError(SignOffRefusedError):
    """The term is signed, its figures are others now, and nobody said why."""


@transaction.atomic
def sign_off_term(*, programme: Programme, year: int, term: str, by: User, reason: str = "") -> SignOff:
    """
    Freezes every figure of a hub's term under the next number and returns the sign-off.

    From the last day of teaching on; a register that is missing forbids nothing, for how complete it was is frozen
    too. Signed again only where a figure differs, with the reason. Raises SignOffRefusedError.
    """
    # two who press at once wait for each other here: the second finds what the first has signed
    locked = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    period = period_of(year, term, locked)
    opens_on = last_teaching_day(locked, period)
    if timezone.localdate() < opens_on:
        raise NotOverYetError(f"The {period.title} can be signed from its last day of teaching, {dates.day(opens_on)}.")
    now, is_steady = steadily(lambda: live(locked, period, by), locked, tries=5)
    if not is_steady:
        raise MovingError("Registers of the hub are being saved at this moment. Sign again in a minute.")
    before, reason = last_signed(locked, period, by), reason.strip()
    if before is not None:
        if not revised(before.source.cells, now.cells):
            raise SignedAlreadyError(f"{before.words}: nothing differs from it.")
        if not reason:
            raise ReasonNeededError(
                f"{before.words}. Figures differ from it since: say why, and they are signed under the next number."
            )
    complete = now.completeness()
    AcademicYear.objects.get_or_create(year=year)
    signed = SignOff.objects.create(
        programme=locked,
        academic_year_id=year,
        term=term,
        number=before.sign_off.number + 1 if before else 1,
        signed_by=by,
        registers_taken=complete.taken,
        registers_due=complete.due,
    )
    cells = frozen(now.cells)
    SignedFigures.objects.create(sign_off=signed, programme=locked, reason=reason if before else "", cells=cells)
    details = {
        "term": period.title,
        "number": signed.number,
        "cells": len(cells),
        "taken": complete.taken,
        "due": complete.due,
    }
    audit(act="term.signed_off", by=by, programme_id=locked.pk, subject=signed, details=details)
    return signed
