"""Class lists as schools send them, and the way in for them in tests."""

import pytest
from django.utils import timezone

from participants.imports.roster import preview
from participants.imports.roster.comparing import Sent
from participants.models import Child, RosterImport, RosterRow
from participants.queries.roster import importable_partnerships
from programmes.models import SharingAgreement
from tests.factories.schools import this_year
from tests.trail import entries

HEADINGS = "Forename,Surname,DOB,UPN,Yr,Reg,PP"
# check letters are right; authority 999 belongs to nobody
UPNS = ("F999999925001", "V999999925002", "M999999925003")
NEW = f"Bo,Wren,14/03/2018,{UPNS[0]}"


def class_list(*rows: str, headings: str = HEADINGS) -> bytes:
    """Returns a list as a school's system exports it, one row a text."""
    return "\n".join([headings, *rows, ""]).encode()


def sent(by, data: bytes, *, school, year=None, file_name="list.csv", sheet="") -> Sent:
    """Returns a file as the person would send it for a partner school."""
    partnership = importable_partnerships(by, timezone.localdate()).get(school=school)
    return Sent(data, file_name, partnership, year or this_year(), sheet)


def stage(by, data: bytes, *, school, **more) -> RosterImport:
    """Returns the import waiting for a decision."""
    return preview.stage(sent(by, data, school=school, **more), by=by)


def accept(by, roster_import: RosterImport) -> RosterImport:
    """Returns the accepted import."""
    from participants.actions.roster_accepting import token_for

    return preview.accept(roster_import, token_for(roster_import, by), by=by)


def outcomes(roster_import: RosterImport) -> dict[int, str]:
    """Returns the outcome of each row of the file."""
    rows = RosterRow.objects.filter(roster_import=roster_import, row__isnull=False)
    return dict(rows.values_list("row", "outcome"))


def row_of(roster_import: RosterImport, row: int) -> RosterRow:
    """Returns one staged row."""
    return RosterRow.objects.get(roster_import=roster_import, row=row)


def refused(exception, act, **given):
    """Does an act that must be refused, and checks that nothing was written, not even to the trail."""
    before = (len(entries()), Child.objects.count(), RosterRow.objects.count())
    with pytest.raises(exception) as refusal:
        act(**given)
    assert (len(entries()), Child.objects.count(), RosterRow.objects.count()) == before
    return str(refusal.value)


def no_agreement(cast, **changes):
    """Takes the hub's agreement away, or changes it."""
    agreements = SharingAgreement.objects.filter(programme=cast.liverpool)
    agreements.update(**changes) if changes else agreements.delete()
