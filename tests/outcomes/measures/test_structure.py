from dataclasses import replace

import pytest

from outcomes.measures.structure import Band, Bands, Informant
from programmes.models import Indicator
from tests.measures import INVENTED, invented

LOW, HIGH = Band(0, 11, "Lower"), Band(12, 24, "Higher")


def bands(**changed):
    table = Bands("short", Informant.CHILD, "2020", "Invented", (("total", (LOW, HIGH)),))
    return replace(table, **changed)


def test_the_least_and_the_most_of_a_scale_are_its_ends():
    assert (INVENTED.scale.least, INVENTED.scale.most) == (0, 4)
    assert INVENTED.scale.values == (0, 1, 2, 3, 4)


def test_a_measure_feeds_the_indicators_of_its_parts_each_once_and_in_their_order():
    wellbeing_first = invented(parts=INVENTED.parts[::-1])
    assert wellbeing_first.feeds == (Indicator.MUSIC, Indicator.WELLBEING)
    assert invented(parts=tuple(replace(part, feeds=None) for part in INVENTED.parts)).feeds == ()


def test_an_item_counts_in_the_part_it_names_wherever_it_stands():
    shuffled = invented(items=INVENTED.items[::-1])
    assert [item.key for item in shuffled.items_of("first")] == ["c", "b", "a"]
    assert [item.key for item in shuffled.items if item.is_reversed] == ["b"]


def test_bands_are_of_one_form_and_informant_and_the_newest_version():
    newer = bands(version="2024")
    measure = invented(bands=(bands(), newer, bands(form="long")))
    assert measure.bands_for("short", Informant.CHILD) is newer
    assert measure.bands_for("short", Informant.FAMILY) is None
    assert measure.bands_for("other", Informant.CHILD) is None


@pytest.mark.parametrize(("score", "band"), [(0, LOW), (11, LOW), (12, HIGH), (24, HIGH), (25, None)])
def test_a_band_holds_both_its_ends(score, band):
    assert bands().band("total", score) is band


def test_there_is_no_band_of_a_part_the_table_does_not_speak_of():
    assert bands().band("first", 3) is None


def test_it_awaits_wording_where_words_are_to_be_loaded():
    silent = invented(items=tuple(replace(item, words=None) for item in INVENTED.items))
    assert silent.awaits_wording
    assert not INVENTED.awaits_wording


def test_without_items_only_scores_are_kept():
    assert invented(items=(), scale=None).is_scores_only
    assert not INVENTED.is_scores_only
