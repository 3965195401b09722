"""Who leaves with an accepted class list: what they are in ends with their enrolment, and is given back with it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Max, Q

from inharmony.pages import dates
from participants.models import Attendance, Membership, Playing

Ended = dict[str, list[dict[str, Any]]]
# what ends with an enrolment, by the name under which a row keeps how it was, and what of it is changed
_ENDING: dict[str, tuple[Any, dict[str, None]]] = {
    "memberships": (Membership, {"left_in_id": None}),
    "playings": (Playing, {}),
}


class StaysLongerError(Exception):
    """Something of some children (by id) is after their last day; the text says what, and what to do."""

    def __init__(self, words: str, children: Collection[int]) -> None:
        super().__init__(words)
        self.children = frozenset(children)


def end_with(last_days: Mapping[int, date]) -> dict[int, Ended]:
    """
    Ends, after each child's last day, the memberships and instruments of children; returns how these were, by child.

    Raises StaysLongerError, writing nothing, where a register has a mark of a child after their day, or they would join
    an ensemble later.
    """
    _require_unmarked(last_days)
    _require_not_to_come(last_days)
    before: dict[int, Ended] = defaultdict(dict)
    by_day: dict[date, list[int]] = defaultdict(list)
    for child, last_day in last_days.items():
        by_day[last_day].append(child)
    for last_day, children in by_day.items():
        for name, (model, besides) in _ENDING.items():
            later = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
            open_then = model.objects.filter(later, child__in=children, starts_on__lte=last_day)
            for row in list(open_then.order_by("pk").values("id", "child_id", "ends_on", *besides)):
                child = row.pop("child_id")
                row["ends_on"] = row["ends_on"].isoformat() if row["ends_on"] else None
                before[child].setdefault(name, []).append(row)
            open_then.update(ends_on=last_day, **besides)
    return before


def _require_unmarked(last_days: Mapping[int, date]) -> None:
    last_marks = (
        Attendance.objects.filter(child__in=last_days, session__day__gt=min(last_days.values(), default=date.max))
        .values("child_id")
        .annotate(last=Max("session__day"))
        .values_list("child_id", "last")
        .order_by("child_id")
    )
    late = {child: last for child, last in last_marks if last > last_days[child]}
    if late:
        who = "One of the children who leave has" if len(late) == 1 else f"{len(late)} of the children who leave have"
        raise StaysLongerError(
            f"{who} marks in registers after their last day, the last on {dates.day(max(late.values()))}. Choose that"
            " or a later day as the last, or leave them on roll.",
            late,
        )


def _require_not_to_come(last_days: Mapping[int, date]) -> None:
    to_come = Membership.objects.filter(child__in=last_days).values_list("child_id", "starts_on")
    if coming := {child for child, starts_on in to_come if starts_on > last_days[child]}:
        many = len(coming)
        who = "One of the children who leave joins" if many == 1 else f"{many} of the children who leave join"
        raise StaysLongerError(
            f"{who} an ensemble after their last day. Take them out of it first, or leave them on roll.", coming
        )


def still_ended(ended: Mapping[int, tuple[date, Ended]]) -> set[int]:
    """
    Returns the children, of those given with their last day and what ended, of whom all of it still ends then.

    Who has joined an ensemble or taken an instrument after that day is not among them.
    """
    found: dict[str, dict[int, date | None]] = {
        name: dict(model.objects.filter(pk__in=_ids(ended, name)).values_list("pk", "ends_on"))
        for name, (model, _) in _ENDING.items()
    }
    anew = {
        child
        for model, _ in _ENDING.values()
        for child, starts_on in model.objects.filter(child__in=ended).values_list("child_id", "starts_on")
        if starts_on > ended[child][0]
    }
    return {
        child
        for child, (last_day, parts) in ended.items()
        if child not in anew
        and all(found[name].get(row["id"]) == last_day for name, rows in parts.items() for row in rows)
    }


def _ids(ended: Mapping[int, tuple[date, Ended]], name: str) -> list[int]:
    return [row["id"] for _, parts in ended.values() for row in parts.get(name, [])]


def give_back(ended: Iterable[Ended]) -> None:
    """Puts memberships and instruments back as they were."""
    backs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for parts in ended:
        for name, rows in parts.items():
            for row in rows:
                columns = {column: value for column, value in row.items() if column != "id"}
                backs[name, json.dumps(columns, sort_keys=True)].append(row["id"])
    for (name, written), ids in backs.items():
        model, _ = _ENDING[name]
        columns = json.loads(written)
        columns["ends_on"] = date.fromisoformat(columns["ends_on"]) if columns["ends_on"] else None
        model.objects.filter(pk__in=ids).update(**columns)
