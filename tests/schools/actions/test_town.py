from schools.actions.town import TownFacts, keep_towns
from schools.models import Town
from tests.trail import entries, entry

LEEDS = TownFacts(1, "Leeds", "ENG", 53.79648, -1.54785, 455_123)
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


def test_towns_cost_the_same_statements_however_many(db, django_assert_num_queries):
    # read, add, correct nothing, take out nothing, the trail; two savepoints of two statements
    def statements(facts):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            keep_towns(facts=facts, by=None)
        return len(seen)

    one = statements([LEEDS])
    Town.objects.all().delete()
    assert statements([LEEDS, NEWPORT]) == one
