from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from inharmony.access.scope import scope_of, scoped
from outcomes.actions.target import (
    Aim,
    TargetsChangedError,
    YearIsOverError,
    aims_of,
    may_be_set,
    set_targets,
    standing_targets,
    version_of,
)
from outcomes.models import Target
from schools.models import AcademicYear
from tests.factories.schools import this_year
from tests.trail import entries, entry

TODAY = date(2026, 11, 17)
YEAR = AcademicYear(year=2026)
PLAY_ON = Aim("Of those who leave Year 6, this share plays on", Decimal(50), "%")
WELL = Aim("Ask all of Year 5 once a term")


def put(cast, aims, *, seen=None, year=YEAR, today=TODAY, hub=None, by=None):
    hub = hub or cast.liverpool
    seen = version_of(aims_of(standing_targets(hub, year))) if seen is None else seen
    return set_targets(programme=hub, year=year, aims=aims, seen=seen, today=today, by=by or cast.joanne)


def test_set_targets_keeps_words_number_and_unit_and_tells_which_changed(cast):
    assert put(cast, {"music": PLAY_ON, "wellbeing": WELL}) == ["music", "wellbeing"]
    assert aims_of(standing_targets(cast.liverpool, YEAR)) == {"music": PLAY_ON, "wellbeing": WELL}
    told = entry(act="targets.set")
    assert (told.actor_id, told.programme_id) == (cast.joanne.pk, cast.liverpool.pk)
    # what is wanted is not in the trail: it stands in the rows, all of it
    assert told.details == {"year": "2026-27", "fields": ["target_music", "target_wellbeing"]}


def test_a_changed_target_is_a_new_row_and_the_one_before_stays(cast):
    put(cast, {"music": PLAY_ON})
    other = Aim(PLAY_ON.words, Decimal("52.50"), "%")
    assert put(cast, {"music": other}) == ["music"]
    assert put(cast, {}) == ["music"]
    rows = Target.objects.order_by("pk").values_list("words", "value", "unit")
    assert list(rows) == [
        (PLAY_ON.words, Decimal(50), "%"),
        (PLAY_ON.words, Decimal("52.5"), "%"),
        ("", None, ""),
    ]
    assert standing_targets(cast.liverpool, YEAR) == {}
    assert len(entries(act="targets.set")) == 3


def test_setting_what_stands_already_adds_nothing(cast):
    put(cast, {"music": PLAY_ON})
    assert put(cast, {"music": Aim(PLAY_ON.words, Decimal("50.00"), "%")}) == []
    assert Target.objects.count() == len(entries(act="targets.set")) == 1


def test_set_targets_refuses_what_was_made_from_targets_of_before(cast):
    put(cast, {"music": PLAY_ON})
    with pytest.raises(TargetsChangedError, match="look at what stands now"), transaction.atomic():
        put(cast, {"wellbeing": WELL}, seen=version_of({}))
    assert aims_of(standing_targets(cast.liverpool, YEAR)) == {"music": PLAY_ON}
    assert len(entries(act="targets.set")) == 1


@pytest.mark.parametrize(("year", "may"), [(2025, False), (2026, True), (2027, True), (2028, False)])
def test_targets_are_set_of_this_year_and_of_the_next(cast, year, may):
    assert may_be_set(AcademicYear(year=year), TODAY) is may
    if may:
        assert put(cast, {"music": PLAY_ON}, year=AcademicYear(year=year)) == ["music"]
    else:
        with pytest.raises(YearIsOverError, match="stand as they were"), transaction.atomic():
            put(cast, {"music": PLAY_ON}, year=AcademicYear(year=year))
        assert not Target.objects.exists()
        assert entries(act="targets.set") == []


def test_each_hub_and_year_has_its_own(cast):
    put(cast, {"music": PLAY_ON})
    put(cast, {"music": WELL}, hub=cast.leeds, by=cast.omar)
    put(cast, {"music": WELL}, year=AcademicYear(year=2027))
    assert aims_of(standing_targets(cast.liverpool, YEAR)) == {"music": PLAY_ON}
    assert aims_of(standing_targets(cast.leeds, YEAR)) == {"music": WELL}


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"indicator": "fame", "words": "x"}, "outcomes_target_known_indicator"),
        ({"indicator": "music", "words": "", "value": 1}, "outcomes_target_number_has_words"),
        ({"indicator": "music", "words": "x", "unit": "%"}, "outcomes_target_unit_has_number"),
    ],
)
def test_the_database_refuses_what_is_no_target(cast, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Target.objects.create(programme=cast.liverpool, academic_year_id=this_year().pk, **fields)


def test_no_login_changes_or_deletes_a_target(cast):
    put(cast, {"music": PLAY_ON})
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Target.objects.update(words="Other")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Target.objects.all().delete()


def test_national_staff_read_targets_and_set_none(cast):
    put(cast, {"music": PLAY_ON})
    with scoped(scope_of(cast.nia)):
        assert Target.objects.visible_to(cast.nia).count() == 1
    with pytest.raises(ProgrammingError, match="permission denied"), scoped(scope_of(cast.nia)):
        put(cast, {"wellbeing": WELL}, by=cast.nia)


def test_of_many_who_set_the_same_year_one_does(committed_cast):
    cast = committed_cast

    def press(number):
        try:
            with scoped(scope_of(cast.joanne)):
                return put(cast, {"music": Aim(f"Target {number}")}, seen=version_of({}))
        except TargetsChangedError:
            return []
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(press, range(4)))
    assert sorted(done) == [[], [], [], ["music"]]
    assert Target.objects.count() == 1
