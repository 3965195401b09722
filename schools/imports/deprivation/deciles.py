"""Takes a table of small areas (LSOA) with their deprivation deciles."""

from pathlib import Path

from inharmony.accounts.models import User
from inharmony.spreadsheets.sheet import Unreadable
from schools.actions.place import AreaFacts, keep_small_areas
from schools.imports import cells
from schools.imports.outcome import Outcome
from schools.imports.table import TableRow, folded, open_table

HEADINGS = {
    "LSOA code": "code",
    "LSOA code (2011)": "code",
    "LSOA code (2021)": "code",
    "LSOA11CD": "code",
    "LSOA21CD": "code",
    "IMD Decile": "imd_decile",
    "IDACI Decile": "idaci_decile",
}
DECILES = frozenset({"imd_decile", "idaci_decile"})


def shortened(heading: str) -> str:
    """Returns the short name of a heading that the Ministry writes out, with its edition and explanation left off."""
    words = folded(heading)
    for starts, name in (("indexofmultipledeprivation", "IMD"), ("incomedeprivationaffectingchildren", "IDACI")):
        if words.startswith(starts) and "decile" in words:
            return f"{name} Decile"
    return heading


def import_deprivation(path: Path, *, by: User | None) -> Outcome:
    """
    Adds and corrects small areas and gives their deciles to schools that had none.

    Raises Unreadable, whose text is for the person, when the file as a whole cannot be taken.
    """
    with open_table(path, HEADINGS, undated=shortened) as table:
        table.require("code", known=HEADINGS)
        given = table.fields & DECILES
        if not given:
            raise Unreadable(
                "headings",
                "No column holds deciles: the headings looked for are “Index of Multiple Deprivation (IMD) Decile” and "
                "“Income Deprivation Affecting Children Index (IDACI) Decile”. Send the file as it was published.",
            )
        outcome = Outcome(ignored_columns=table.ignored, noun="small areas")
        met: set[str] = set()
        facts = table.read(lambda row: _area(row, met), outcome)
        return outcome.with_kept(keep_small_areas(facts=facts, given=given, by=by))


def _area(row: TableRow, met: set[str]) -> AreaFacts:
    code = row.take("code", cells.small_area)
    if not code:
        raise row.refused("code", "the code of the small area is missing: fill it in or remove the row")
    if code in met:
        raise row.refused("code", "this small area stands in an earlier row: remove one of the two")
    facts = AreaFacts(code, row.take("imd_decile", cells.decile), row.take("idaci_decile", cells.decile))
    met.add(code)
    return facts
