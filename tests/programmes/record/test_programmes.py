import itertools

import pytest

from programmes.record.organisations import ORGANISATIONS
from programmes.record.programmes import AUTHORITIES, PROGRAMMES
from programmes.record.schools import PARTNER_SCHOOLS


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.slug)
def test_covers_carry_white_text(programme):
    assert 1.05 / (luminance(programme.colour) + 0.05) >= 4.5


def test_each_programme_has_its_own_colour():
    assert len({programme.colour for programme in PROGRAMMES}) == len(PROGRAMMES)


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.slug)
def test_a_history_has_no_gap_and_starts_with_delivery(programme):
    statuses = programme.statuses
    assert statuses[0].starts_on == programme.delivery_started_on
    assert statuses[-1].ends_on is None
    for before, after in itertools.pairwise(statuses):
        assert (after.starts_on - before.ends_on).days == 1


def test_places_and_schools_name_known_authorities():
    named = {place.authority for programme in PROGRAMMES for place in programme.places}
    assert named == set(AUTHORITIES)
    assert {school.authority for school in PARTNER_SCHOOLS} <= named


def test_roles_and_partner_schools_name_known_programmes():
    slugs = {programme.slug for programme in PROGRAMMES}
    assert {role.programme for one in ORGANISATIONS for role in one.roles} == slugs
    assert {school.programme for school in PARTNER_SCHOOLS} <= slugs


def test_no_partner_school_starts_before_its_programme():
    starts = {programme.slug: programme.delivery_started_on for programme in PROGRAMMES}
    assert [school for school in PARTNER_SCHOOLS if school.starts_on < starts[school.programme]] == []
