"""What a person says of a class list that waits."""

import pytest

from participants.actions import roster, roster_deciding
from participants.models import RosterRow
from tests.participants.lists import refused


@pytest.mark.parametrize("act", [roster.discard, roster_deciding.decide])
def test_only_the_uploader_decides_and_discards(cast, waiting, act):
    given = {"decisions": {2: "same"}} if act is roster_deciding.decide else {}
    refused(roster.NotTheUploaderError, act, roster_import=waiting, by=cast.joanne, **given)


def test_decide_touches_close_matches_only(cast, waiting):
    roster_deciding.decide(roster_import=waiting, decisions={2: "same", 3: "nonsense"}, by=cast.ruth)
    assert set(RosterRow.objects.filter(roster_import=waiting).values_list("decision", flat=True)) == {""}
