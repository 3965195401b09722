from evaluation.demonstration.scale import NATIONAL, SMALL
from evaluation.demonstration.schools import STEMS
from programmes.record.programmes import PROGRAMMES


def test_scales_name_the_programmes_that_run():
    running = {one.slug for one in PROGRAMMES if one.statuses[-1].status != "left"}
    assert set(SMALL.programmes) == set(NATIONAL.programmes) == running


def test_the_national_scale_is_that_of_the_programme():
    schools = sum(plan.schools for plan in NATIONAL.programmes.values())
    children = sum(plan.schools * len(plan.year_groups) for plan in NATIONAL.programmes.values()) * 28.5
    assert schools == 55
    assert 7_500 < children < 8_500


def test_there_is_a_name_for_every_school():
    assert len(set(STEMS)) == len(STEMS) >= 55
