"""Takes a directory of postcodes: where each lies, and in which small area."""

from pathlib import Path

from inharmony.accounts.models import User
from schools.actions.place import PostcodeFacts, keep_postcodes
from schools.imports import cells
from schools.imports.outcome import Outcome
from schools.imports.table import TableRow, open_table

# the Office for National Statistics' own short headings among them
HEADINGS = {
    "postcode": "code",
    "pcds": "code",
    "pcd7": "code",
    "pcd8": "code",
    "pcd": "code",
    "latitude": "latitude",
    "lat": "latitude",
    "longitude": "longitude",
    "long": "longitude",
    "LSOA11CD": "small_area",
    "LSOA21CD": "small_area",
    "LSOA11": "small_area",
    "LSOA21": "small_area",
    "LSOA code": "small_area",
}


def import_postcodes(path: Path, *, by: User | None) -> Outcome:
    """
    Adds and corrects the postcodes of the file and places schools that had no place; reads row by row, of any size.

    Raises Unreadable, whose text is for the person, when the file as a whole cannot be taken.
    """
    with open_table(path, HEADINGS) as table:
        table.require("code", "latitude", "longitude", known=HEADINGS)
        outcome = Outcome(ignored_columns=table.ignored, noun="postcodes")
        met: set[str] = set()
        kept = keep_postcodes(facts=table.read(lambda row: _postcode(row, met), outcome), by=by)
        return outcome.with_kept(kept)


def _postcode(row: TableRow, met: set[str]) -> PostcodeFacts:
    code = row.take("code", cells.postcode)
    if not code:
        raise row.refused("code", "a postcode is missing: fill it in or remove the row")
    if code in met:
        raise row.refused("code", "this postcode stands in an earlier row: remove one of the two")
    north, east = row.take("latitude", cells.latitude), row.take("longitude", cells.longitude)
    if north is None:
        east = None
    facts = PostcodeFacts(code, north, east, row.take("small_area", cells.small_area))
    met.add(code)
    return facts
