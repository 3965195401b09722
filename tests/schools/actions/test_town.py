from dataclasses import replace

from schools.actions.town import TownFacts, keep_towns
from schools.models import Town
from tests.trail import entries, entry

LEEDS = TownFacts(1, "Leeds", "ENG", 53.79648, -1.54785, 455_123)
# a savepoint begun and let go; towns read and added, the trail
KEEPING = 5
NEWPORT = TownFacts(2, "Newport", "ENG", 52.76684, -2.37734, 12_741)


def test_towns_are_added_corrected_and_taken_out_as_they_are_published(db):
    keep_towns(facts=[LEEDS, NEWPORT], by=None)
    bigger = TownFacts(1, "Leeds", "ENG", 53.79648, -1.54785, 500_000)
    saint = TownFacts(3, "St Helen's", "ENG", 53.45, -2.73333, 106_440)
    kept = keep_towns(facts=[bigger, saint], by=None)
    assert (kept.new, kept.changed, kept.unchanged) == (1, 1, 0)
    assert list(Town.objects.values_list("code", "key", "population")) == [
        (1, "leeds", 500_000),
        (3, "saint helens", 106_440),
    ]


def test_keeping_towns_again_changes_nothing_and_is_not_in_the_trail_again(db):
    keep_towns(facts=[LEEDS, NEWPORT], by=None)
    kept = keep_towns(facts=[LEEDS, NEWPORT], by=None)
    assert (kept.new, kept.changed, kept.unchanged) == (0, 0, 2)
    assert len(entries(act="towns.loaded")) == 1
    assert entry(act="towns.loaded").details == {"new": 2, "changed": 0, "gone": 0}


def test_towns_are_kept_in_as_many_statements_however_many_there_are(db, django_assert_num_queries):
    many = [replace(LEEDS, code=code) for code in range(1, 300)]
    with django_assert_num_queries(KEEPING):
        keep_towns(facts=[LEEDS], by=None)
    Town.objects.all().delete()
    with django_assert_num_queries(KEEPING):
        keep_towns(facts=many, by=None)
