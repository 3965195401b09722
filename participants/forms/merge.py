"""Two records of one child side by side: of each field that differs, which value stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inharmony.pages import dates
from participants.actions.merge import FIELDS, INSTRUMENT, WHEREABOUTS
from participants.models import Child
from participants.queries.merge import Record
from participants.validators.identity import is_temporary

LABELS = {
    "forename": "Forename",
    "surname": "Surname",
    "known_as": "Known as",
    "date_of_birth": "Date of birth",
    "sex": "Sex",
    "upn": "UPN",
    "ethnicity": "Ethnicity",
    "first_language": "First language",
    "is_eal": "English as an additional language",
    "sen": "Special educational needs",
    "is_pupil_premium": "Pupil Premium",
    "is_fsm": "Free school meals",
    "is_fsm6": "Free school meals, ever 6",
    "home_decile": "Deprivation of the home (decile)",
    WHEREABOUTS: "School, year group and class",
    INSTRUMENT: "Instrument",
}
THEIRS, OURS = "theirs", "ours"
_NOTHING = "Not given"


@dataclass(frozen=True)
class Row:
    """One field: what either record says, in lines, and whose value is chosen."""

    name: str
    label: str
    ours: list[str]
    theirs: list[str]
    chosen: str

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return self.ours != self.theirs

    @property
    def our_lines(self) -> str:
        """What the record that stays says, a line each."""
        return "\n".join(self.ours)

    @property
    def their_lines(self) -> str:
        """What the record that goes says, a line each."""
        return "\n".join(self.theirs)


def rows_of(records: list[Record], sent: Mapping[str, str]) -> list[Row]:
    """Returns every field with a value in either record, as chosen; at first, what is given stands before a blank."""
    one, other = records
    rows = [_row(name, [_words(one.child, name)], [_words(other.child, name)], sent) for name in FIELDS]
    rows += [
        _row(WHEREABOUTS, one.stays or ["Not enrolled"], other.stays or ["Not enrolled"], sent),
        _row(INSTRUMENT, one.plays or [_NOTHING], other.plays or [_NOTHING], sent),
    ]
    return [row for row in rows if row.differs or row.ours != [_NOTHING]]


def _row(name: str, ours: list[str], theirs: list[str], sent: Mapping[str, str]) -> Row:
    is_blank = ours in ([_NOTHING], ["Not known"], ["Not enrolled"]) and ours != theirs
    usual = THEIRS if is_blank else OURS
    chosen = sent.get(name, usual)
    return Row(name, LABELS[name], ours, theirs, chosen if chosen in (OURS, THEIRS) else usual)


def hanging(records: list[Record]) -> Row:
    """Returns what hangs on either record, which is kept of both."""
    one, other = (record.hanging or ["Nothing"] for record in records)
    return Row("hanging", "With the record", one, other, OURS)


def theirs_in(sent: Mapping[str, str]) -> set[str]:
    """Returns the fields in which the record that goes was said to be right."""
    return {name for name in LABELS if sent.get(name) == THEIRS}


def version_of(one: Child, other: Child) -> str:
    """Returns what the page was made from: records changed since are looked at again before they become one."""
    return f"{one.revision}-{other.revision}"


def _words(child: Child, name: str) -> str:
    if name == "upn":
        if not child.upn_sealed:
            return _NOTHING
        # never the number itself: it is shown one by one, and audited
        return "A temporary UPN" if is_temporary(child.upn_sealed) else "A UPN"
    value: Any = getattr(child, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "date_of_birth":
        return dates.day(value)
    if name in {"sex", "sen"}:
        return str(getattr(child, f"get_{name}_display")())
    return str(value) if value not in (None, "") else _NOTHING
