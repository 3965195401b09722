import pytest

from outcomes.indicators import INDICATORS, described
from programmes.models import Indicator


def test_the_eight_indicators_are_those_of_the_public_record_in_its_order():
    assert [one.indicator for one in INDICATORS] == list(Indicator)
    assert len(INDICATORS) == 8


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.key)
def test_each_says_what_speaks_on_it_what_does_not_and_where_it_is_from(one):
    assert one.says
    assert len(set(one.says)) == len(one.says)
    assert one.silent.endswith(".")
    assert "NFER" in one.source


def test_an_indicator_is_found_by_the_key_under_which_its_findings_are_kept():
    assert described("wellbeing").title == "Wellbeing"
    assert described(Indicator.SCHOOL).about == "children and their school"
    with pytest.raises(KeyError):
        described("happiness")


def test_nothing_people_say_speaks_on_achievement_at_school():
    school = described(Indicator.SCHOOL)
    assert all("whole schools" in evidence for evidence in school.says)
