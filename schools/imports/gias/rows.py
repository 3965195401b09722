"""One row of the register of schools, checked cell by cell and turned into facts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schools.actions.authority import AuthorityFacts
from schools.actions.school import SchoolFacts
from schools.imports import cells
from schools.imports.gias.columns import OVERSEAS_TYPES, phase_of, region_of, status_of
from schools.imports.table import TableRow
from schools.models import School
from schools.models.school import DEMONSTRATION_URNS

TAKERS: dict[str, Callable[[str], Any]] = {
    "establishment_number": lambda value: cells.whole(value, most=9999),
    "town": lambda value: cells.text(value, longest=80),
    "type": lambda value: cells.text(value, longest=80),
    "opened_on": cells.day,
    "closed_on": cells.day,
    "low_age": lambda value: cells.whole(value, most=99),
    "high_age": lambda value: cells.whole(value, most=99),
    "pupils": lambda value: cells.whole(value, most=20_000),
    "fsm_percent": cells.percent,
    "latitude": cells.latitude,
    "longitude": cells.longitude,
    "imd_decile": cells.decile,
    "idaci_decile": cells.decile,
}


@dataclass(frozen=True)
class SchoolRow:
    """What a row says of a school, of its local authority, and of the small area it stands in."""

    facts: SchoolFacts
    authority: AuthorityFacts | None
    small_area: str


@dataclass(frozen=True)
class Reader:
    """Reads rows of one file; remembers the URNs it has met and judges dates by `today`."""

    today: date
    met: dict[int, int] = field(default_factory=dict)

    def school(self, row: TableRow) -> SchoolRow:
        """Returns the row's facts; raises RowRefused for the first cell that cannot be taken."""
        urn = self._urn(row)
        _refuse_overseas(row)
        authority = _authority(row)
        values = {name: row.take(name, taker) for name, taker in TAKERS.items()}
        opened_on, closed_on = values["opened_on"], values["closed_on"]
        if opened_on and closed_on and closed_on < opened_on:
            raise row.refused("closed_on", "closes before it opens: correct one of the two dates")
        facts = SchoolFacts(
            urn=urn,
            name=_name(row),
            local_authority=authority.code if authority else None,
            postcode=_spaced(row.take("postcode", cells.postcode)),
            phase=phase_of(row.told("phase"), f"{row.told('type_group')} {row.told('type')}"),
            status=self._status(row, closed_on),
            **values,
        )
        small_area = row.take("small_area", cells.small_area)
        self.met[urn] = row.number
        return SchoolRow(facts, authority, small_area)

    def _urn(self, row: TableRow) -> int:
        written = row.told("urn")
        if not (written.isascii() and written.isdigit() and len(written) == 6 and written[0] != "0"):
            raise row.refused("urn", "not a URN: it has six digits, as in 104505. Look the school up in GIAS")
        urn = int(written)
        if urn in DEMONSTRATION_URNS:
            raise row.refused("urn", "this number is kept for demonstration schools: no real school has it")
        if urn in self.met:
            raise row.refused("urn", f"this URN stands in row {self.met[urn]} already: remove one of the two")
        return urn

    def _status(self, row: TableRow, closed_on: date | None) -> School.Status:
        """By the register's own word; a close date beside none, or beside *open*, means closed from that day."""
        status = row.take("status", status_of)
        if closed_on and status is School.Status.OPEN:
            return School.Status.CLOSED if closed_on <= self.today else School.Status.CLOSING
        return status


def _name(row: TableRow) -> str:
    name = row.take("name", lambda value: cells.text(value, longest=160))
    if not name:
        raise row.refused("name", "a school needs a name: fill it in")
    return name


def _refuse_overseas(row: TableRow) -> None:
    remedy = "an establishment overseas: the portal keeps schools in the United Kingdom only. Remove the row"
    if row.told("type").casefold().replace("’", "'") in OVERSEAS_TYPES:
        raise row.refused("type", remedy)
    if row.told("authority_code") in ("0", "000"):
        raise row.refused("authority_code", remedy)


def _authority(row: TableRow) -> AuthorityFacts | None:
    code = row.take("authority_code", cells.authority_code)
    if not code:
        return None
    name = row.take("authority_name", lambda value: cells.text(value, longest=80)) or f"Local authority {code}"
    return AuthorityFacts(code, name, region_of(row.told("region")))


def _spaced(postcode: str) -> str:
    return f"{postcode[:-3]} {postcode[-3:]}" if postcode else ""
