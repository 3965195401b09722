"""Awards of children: recorded for many at once, and withdrawn where one was recorded wrongly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from outcomes.awards.structure import AwardKind, MarkRefusedError, Result
from outcomes.models import Award
from participants.models import Child

# how long ago an award can have been taken
_BEFORE = timedelta(days=20 * 365)


class AwardsRefusedError(Exception):
    """Awards that cannot be recorded so; the text says why and what to do."""


class DayRefusedError(AwardsRefusedError):
    """The day on which the award was taken cannot be."""


class ChildrenRefusedError(AwardsRefusedError):
    """What cannot be recorded of some children: `problems` says what, by the child's id. Nothing was recorded."""

    def __init__(self, problems: Mapping[int, str]) -> None:
        super().__init__("Nothing is recorded: mend what is marked below.")
        self.problems = dict(problems)


@dataclass(frozen=True)
class Taken:
    """What one child reached: the mark, or the result where none is given, and on which instrument."""

    mark: int | None = None
    result: Result | None = None
    instrument: str = ""


def result_of(kind: AwardKind, taken: Taken) -> Result:
    """Returns the result of an award: what its mark makes of it, or what was told; raises MarkRefusedError."""
    marks = kind.syllabus.marks
    if marks is not None:
        if taken.mark is None:
            raise MarkRefusedError(f"Write the mark, {marks.words}.")
        return marks.result(taken.mark)
    if taken.result not in kind.results:
        names = ", ".join(str(result.label) for result in kind.results)
        raise MarkRefusedError(f"{kind.syllabus.name} gives no marks. Choose one of: {names}.")
    return taken.result


@transaction.atomic
def record_awards(
    *, kind: AwardKind, taken_on: date, taken: Mapping[Child, Taken], today: date, by: User
) -> list[Award]:
    """
    Records what children of one programme reached in one award on one day; returns what is new.

    What stands already, with the same mark, is not recorded again. Statements do not grow with the children. Raises
    AwardsRefusedError, and then records nothing.
    """
    if not today - _BEFORE <= taken_on <= today:
        raise DayRefusedError(f"{dates.day(taken_on)} cannot be the day it was taken. Write the day like 17/11/2026.")
    ids = sorted(child.pk for child in taken)
    # two who press at once: the second finds what the first wrote
    list(Child.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    if wrong := wrong_with(kind, taken):
        raise ChildrenRefusedError(wrong)
    wanted = [_award(kind, taken_on, child, one, by) for child, one in taken.items()]
    standing = {_what(award): award for award in _standing(kind, taken_on, ids)}
    problems = {
        award.child_id: _recorded(standing[_what(award)])
        for award in wanted
        if _what(award) in standing and _reached(award) != _reached(standing[_what(award)])
    }
    if problems:
        raise ChildrenRefusedError(problems)
    made = Award.objects.bulk_create(award for award in wanted if _what(award) not in standing)
    if made:
        audit(
            act="awards.recorded",
            by=by,
            programme_id=made[0].programme_id,
            children=sorted(award.child_id for award in made),
            details={"taken_on": taken_on.isoformat()},
        )
    return made


def wrong_with(kind: AwardKind, taken: Mapping[Child, Taken]) -> dict[int, str]:
    """Returns what the board does not give, by the child's id; nothing where all of it can be recorded."""
    problems = {}
    for child, one in taken.items():
        try:
            result_of(kind, one)
        except MarkRefusedError as refusal:
            problems[child.pk] = str(refusal)
    return problems


def _award(kind: AwardKind, taken_on: date, child: Child, one: Taken, by: User) -> Award:
    return Award(
        programme_id=child.programme_id,
        child=child,
        taken_on=taken_on,
        board=kind.syllabus.board,
        award=kind.syllabus.key,
        grade=kind.grade.key,
        instrument=one.instrument if kind.syllabus.of_instrument else "",
        mark=one.mark if kind.syllabus.marks else None,
        result=result_of(kind, one),
        recorded_by=by,
    )


def _standing(kind: AwardKind, taken_on: date, children: Iterable[int]) -> Iterable[Award]:
    syllabus = kind.syllabus
    same = Award.objects.standing().filter(board=syllabus.board, award=syllabus.key, grade=kind.grade.key)
    return same.filter(taken_on=taken_on, child__in=children)


def _what(award: Award) -> tuple[int, str]:
    return award.child_id, award.instrument


def _reached(award: Award) -> tuple[int | None, str]:
    return award.mark, award.result


def _recorded(award: Award) -> str:
    return f"It is recorded of that day already, with {told(award)}. Withdraw that on the child’s page first."


def told(award: Award) -> str:
    """Returns what came of an award as it reads in a sentence: "mark 128, merit", "achieved"."""
    result = str(Result(award.result).label).lower()
    return result if award.mark is None else f"mark {award.mark}, {result}"


@transaction.atomic
def withdraw_award(*, award: Award, by: User) -> bool:
    """Takes an award off the child it was recorded for; it stays as withdrawn. Returns whether it stood until now."""
    found = Award.objects.select_for_update().get(pk=award.pk)
    if found.withdrawn_at is not None:
        return False
    found.withdrawn_at, found.withdrawn_by = timezone.now(), by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit(act="award.withdrawn", by=by, programme_id=found.programme_id, children=[found.child_id])
    return True
