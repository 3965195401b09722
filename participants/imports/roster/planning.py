"""What accepting a row would do: make a child, change some columns, open or close an enrolment, place in a class.

A plan is plain JSON, so that it can be kept with the staged row, shown, compared when the data may have changed since,
and carried out and undone by a fixed number of statements. A blank in the file never erases anything.

`fields` holds: does (create, update, nothing), child (columns to write), open (a new enrolment), close (an enrolment
and its last day), placement (of the year). `before` holds what stands in each of their places now.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from participants.imports.roster.matching import Match
from participants.models import Child, RosterRow
from participants.queries.roster import KnownChild, Place, Stay
from participants.validators.identity import is_temporary, person_hash, person_key
from participants.validators.names import folded_sort_key, sort_key

Outcome = RosterRow.Outcome
Values = dict[str, Any]

# the file's field: the child's column
COLUMN_OF = {
    "forename": "forename",
    "surname": "surname",
    "preferred_forename": "known_as",
    "date_of_birth": "date_of_birth",
    "sex": "sex",
    "upn_hash": "upn_hash",
    "upn_sealed": "upn_sealed",
    "ethnicity": "ethnicity",
    "first_language": "first_language",
    "eal": "is_eal",
    "sen": "sen",
    "pupil_premium": "is_pupil_premium",
    "fsm": "is_fsm",
    "fsm6": "is_fsm6",
    "home_decile": "home_decile",
}
_NAMES = {"forename", "surname", "known_as"}
_BLANK_CHILD: Values = {
    **dict.fromkeys(("surname", "known_as", "upn_hash", "upn_sealed", "ethnicity", "first_language", "sen"), ""),
    "sex": Child.Sex.UNKNOWN.value,
}


@dataclass(frozen=True)
class Intake:
    """Where a list belongs: school and year, the day from which newcomers count, and today."""

    school_id: int | None
    year: int
    year_starts_on: date
    year_ends_on: date
    starts_on: date
    today: date


@dataclass
class Plan:
    """The outcome of a row, whom it concerns, and what would be written where what stands."""

    outcome: Outcome
    child_id: int | None = None
    fields: Values = field(default_factory=lambda: {"does": "nothing"})
    before: Values = field(default_factory=dict)
    refusal: str = ""
    # what the row goes in without, in words
    without: str = ""


def plan_row(file: Values, person: tuple[str, str], match: Match, intake: Intake, *, decision: str = "") -> Plan:
    """Returns the plan of one row that parsed; a close match does nothing until it is decided.

    `person` are the row's forename and surname, folded.
    """
    refusal = _too_early(file, intake)
    if refusal:
        return Plan(Outcome.REFUSED, refusal=refusal)
    if match.is_close:
        plan = Plan(Outcome.CLOSE_MATCH)
        if decision:
            plan = _new(file, person, intake) if decision == "another" else _known(file, match.child, intake)
            plan.outcome = Outcome.REFUSED if plan.refusal else Outcome.CLOSE_MATCH
        plan.child_id = match.child.id if match.child and decision != "another" else None
        plan.fields["why"] = match.why
        plan.fields["candidate"] = match.child.id if match.child else None
        return plan
    return _known(file, match.child, intake) if match.child else _new(file, person, intake)


def _too_early(file: Values, intake: Intake) -> str:
    leaving = file.get("leaving_date")
    if leaving and leaving < intake.year_starts_on:
        return (
            f"This child left on {leaving:%d/%m/%Y}, before the year of this list began. Remove the row, or import the"
            " list for the earlier year."
        )
    return ""


def _new(file: Values, person: tuple[str, str], intake: Intake) -> Plan:
    columns = dict(_BLANK_CHILD)
    for name, value in file.items():
        if name in COLUMN_OF:
            columns[COLUMN_OF[name]] = value
    if columns["known_as"] == columns["forename"]:
        columns["known_as"] = ""
    columns["sort_key"] = folded_sort_key(*person)
    columns["person_hash"] = person_key(*person, columns["date_of_birth"])
    starts = _starts_on(file, intake)
    plan = Plan(Outcome.NEW)
    plan.fields = {
        "does": "create",
        "child": columns,
        "open": _opened(_school(file, intake), starts, file.get("leaving_date") or _end_of_past_year(intake)),
        "placement": {"year_group": file.get("year_group", ""), "school_class": file.get("school_class", "")},
    }
    return plan


def _derived(columns: Values) -> Values:
    forename, surname = columns["forename"], columns["surname"]
    return {
        "sort_key": sort_key(surname, forename),
        "person_hash": person_hash(forename, surname, columns["date_of_birth"]),
    }


def _school(file: Values, intake: Intake) -> int | None:
    return None if file.get("no_school") else intake.school_id


def _starts_on(file: Values, intake: Intake) -> date:
    """The school's own date of entry when it lies in the year, else the day from which newcomers count."""
    entry = file.get("start_date")
    starts: date = entry if entry and intake.year_starts_on <= entry <= intake.year_ends_on else intake.starts_on
    leaving = file.get("leaving_date")
    return max(intake.year_starts_on, min(starts, leaving)) if leaving else starts


def _end_of_past_year(intake: Intake) -> date | None:
    return intake.year_ends_on if intake.year_ends_on < intake.today else None


def _opened(school: int | None, starts_on: date, ends_on: date | None) -> Values:
    return {"school": school, "starts_on": starts_on, "ends_on": ends_on}


def _known(file: Values, child: KnownChild | None, intake: Intake) -> Plan:
    assert child is not None
    plan = Plan(Outcome.UNCHANGED, child.id)
    _change_columns(plan, file, child)
    stay = _stay_of_year(child, file, intake)
    moves = stay is not None and _moves(file, stay, intake)
    if stay is not None and moves and _lasts_beyond(stay, intake):
        return Plan(Outcome.REFUSED, refusal=_STILL_ELSEWHERE)
    if stay is None or moves:
        _open(plan, file, child, stay, intake)
    elif _leaves(file, stay, intake):
        close(plan, stay, file["leaving_date"])
    _place(plan, file, child, stay)
    if plan.fields.keys() & {"child", "open", "close", "placement"}:
        plan.fields["does"] = "update"
        plan.outcome = Outcome.SCHOOL_MOVE if moves else Outcome.CHANGED
    return plan


def _change_columns(plan: Plan, file: Values, child: KnownChild) -> None:
    now = child.columns
    changed = {
        column: file[name]
        for name, column in COLUMN_OF.items()
        if name in file and column != "upn_sealed" and not _same(column, file[name], now)
    }
    if "upn_hash" in changed and now["upn_sealed"] and _is_worse(file["upn_sealed"], now["upn_sealed"]):
        del changed["upn_hash"]
    if not changed:
        return
    if "upn_hash" in changed:
        changed["upn_sealed"] = file["upn_sealed"]
    changed |= _derived(now | changed)
    plan.fields["child"] = changed
    before = now | {"person_hash": _derived(now)["person_hash"]}
    plan.before["child"] = {name: before[name] for name in (*changed, "roster_import_id", "revision")}


def _is_worse(new: str, ours: str) -> bool:
    """Whether a temporary UPN (sealed) would take the place of a permanent one."""
    return is_temporary(new) and not is_temporary(ours)


def _same(column: str, new: Any, now: Values) -> bool:
    if column in _NAMES:
        if column == "known_as" and not now["known_as"] and _written(new) == _written(now["forename"]):
            return True
        return _written(new) == _written(now[column])
    return bool(new == now[column]) or (column == "sex" and new == Child.Sex.UNKNOWN.value)


def _written(name: str) -> str:
    """A name as far as it matters which way it is written: capitals and the shape of the apostrophe do not."""
    return name.casefold().replace("’", "'").replace("‘", "'").replace("`", "'")


def _stay_of_year(child: KnownChild, file: Values, intake: Intake) -> Stay | None:
    """The enrolment in force today, as far as today lies in the year of the list; else the next one in that year.

    Where one of them is at the list's school already, begun or about to begin, it is that one.
    """
    day = min(max(intake.today, intake.year_starts_on), intake.year_ends_on)
    of_year = [
        stay
        for stay in child.stays
        if (stay.ends_on is None or stay.ends_on >= day) and stay.starts_on <= max(day, intake.year_ends_on)
    ]
    here = [stay for stay in of_year if stay.school_id == _school(file, intake)]
    return next(iter([*here, *of_year]), None)


def _leaves(file: Values, stay: Stay, intake: Intake) -> bool:
    """Whether the file gives an enrolment another last day.

    Who came back, or never left, is on the roll of today, whatever a list of a past year says.
    """
    leaving = file.get("leaving_date")
    is_told = leaving is not None and leaving != stay.ends_on and leaving >= stay.starts_on
    return is_told and not _lasts_beyond(stay, intake)


def _lasts_beyond(stay: Stay, intake: Intake) -> bool:
    """Whether an enrolment goes on after the past year of a list, so that ending it would end today’s."""
    is_past = intake.year_ends_on < intake.today
    return is_past and (stay.ends_on is None or stay.ends_on > intake.year_ends_on)


_STILL_ELSEWHERE = (
    "This child was at another school of the hub in that year, and is there still: a list of a past year moves nobody."
    " Leave the row out, or send the list of this year."
)


def _moves(file: Values, stay: Stay, intake: Intake) -> bool:
    """A school that is not known (888888) is no other school; being educated at home (999999) is."""
    return file.get("no_school") != "888888" and stay.school_id != _school(file, intake)


def _open(plan: Plan, file: Values, child: KnownChild, stay: Stay | None, intake: Intake) -> None:
    starts = _starts_on(file, intake)
    if stay is not None:
        starts = _moving_day(file, child, stay, intake, starts)
        close(plan, stay, starts - timedelta(days=1))
    later = [other for other in child.stays if other is not stay and other.starts_on >= starts]
    earlier = [
        other.ends_on for other in child.stays if other is not stay and other.ends_on and other.starts_on < starts
    ]
    if earlier:
        starts = max(starts, max(earlier) + timedelta(days=1))
    ends = file.get("leaving_date") or _end_of_past_year(intake)
    if later:
        before_next = min(other.starts_on for other in later) - timedelta(days=1)
        ends = min(ends or before_next, before_next)
    if ends is not None and ends < starts:
        ends = starts
    plan.fields["open"] = _opened(_school(file, intake), starts, ends)


def _moving_day(file: Values, child: KnownChild, stay: Stay, intake: Intake, starts: date) -> date:
    """The start of the year for a child who moved over the summer; today for one the old school listed this year."""
    entry = file.get("start_date")
    if entry and entry == starts and entry > stay.starts_on:
        return starts
    listed_there = any(place.enrolment_id == stay.id and place.is_listed for place in child.places)
    day = min(max(intake.today, intake.year_starts_on), intake.year_ends_on) if listed_there else starts
    return max(day, stay.starts_on + timedelta(days=1))


def close(plan: Plan, stay: Stay, last_day: date) -> None:
    """Adds to a plan that an enrolment ends on a day."""
    plan.fields["close"] = {"id": stay.id, "ends_on": last_day}
    plan.before["close"] = {
        "ends_on": stay.ends_on,
        "roster_import_id": stay.roster_import_id,
        "revision": stay.revision,
        "school": stay.school_id,
    }


def _place(plan: Plan, file: Values, child: KnownChild, stay: Stay | None) -> None:
    said = {name: file[name] for name in ("year_group", "school_class") if name in file}
    opens = "open" in plan.fields
    place = None if opens else next((place for place in child.places if stay and place.enrolment_id == stay.id), None)
    if place is None:
        old = next(iter(child.places), None)
        if old:
            plan.before["was"] = _standing(old)  # only shown: the placement at the old school stays as it is
        plan.fields["placement"] = {
            "enrolment": None if opens or stay is None else stay.id,
            "year_group": said.get("year_group", old.year_group if old else ""),
            "school_class": said.get("school_class", ""),
        }
        return
    changed = {name: value for name, value in said.items() if value != getattr(place, name)}
    if changed:
        plan.fields["placement"] = {"id": place.id, **_standing(place), **changed}
        plan.before["placement"] = {
            **_standing(place),
            "roster_import_id": place.roster_import_id,
            "revision": place.revision,
        }


def _standing(place: Place) -> Values:
    return {"year_group": place.year_group, "school_class": place.school_class}
