import pytest

from schools.imports.cells import BadCell
from schools.imports.gias.columns import phase_of, region_of, status_of, undated


@pytest.mark.parametrize(
    ("heading", "lasting"),
    [
        ("NumberOfPupils (Jan 2019)", "NumberOfPupils"),
        ("IMD2019 decile", "IMD decile"),
        ("LA (code)", "LA (code)"),
        ("PercentageFSM", "PercentageFSM"),
    ],
)
def test_headings_lose_their_year(heading, lasting):
    assert undated(heading) == lasting


@pytest.mark.parametrize(
    ("phase", "kind", "meant"),
    [
        ("Primary", "Community school", "primary"),
        ("Middle deemed secondary", "", "secondary"),
        ("Not applicable", "Other independent special school", "special"),
        ("", "State-funded nursery", "nursery"),
        ("", "Pupil referral unit", "other"),
    ],
)
def test_phase_is_read_from_the_kind_where_the_register_gives_none(phase, kind, meant):
    assert phase_of(phase, kind) == meant


def test_status_refuses_unknown_words():
    with pytest.raises(BadCell, match="Proposed to open"):
        status_of("Ajar")


def test_region_takes_old_sub_regions():
    assert region_of("North East B") == "North East"
    assert region_of("South and West Yorkshire") == "Yorkshire and the Humber"
    assert region_of("Not Applicable") == ""
