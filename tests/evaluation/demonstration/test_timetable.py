from collections import Counter
from datetime import date

from evaluation.demonstration.people import DemoTutor
from evaluation.demonstration.timetable import NAMED_DAYS, Planner, count_ensembles, lesson_times
from tests.evaluation.demonstration.test_children import school

SINCE = {"liverpool": date(2024, 9, 1), "leeds": date(2024, 9, 1)}


def tutor(number, *schools):
    return DemoTutor(
        id=number,
        programme_id=schools[0].programme_id,
        programme=schools[0].programme,
        name=f"Tutor {number}",
        user_id=number,
        taken_by=number,
        schools=schools,
    )


def plan(*tutors):
    return Planner(list(range(100, 100 + count_ensembles(tutors))), SINCE).plan(tutors)


def test_a_coordinator_of_two_schools_has_four_sessions_a_weekday():
    timetable = plan(tutor(1, school(0), school(1)))
    days = Counter(slot.weekday for slot in timetable.slots if slot.weekday != NAMED_DAYS)
    assert days == {1: 4, 2: 4, 3: 4, 4: 4, 5: 4, 6: 1}


def test_nobody_is_in_two_places_at_once():
    timetable = plan(tutor(1, school(0), school(1)), tutor(2, school(2, "leeds", (3, 4, 5))))
    for leader in (1, 2):
        times = [
            (slot.weekday, slot.times[0])
            for slot in timetable.slots
            if slot.ensemble.tutors[0].id == leader and slot.weekday != NAMED_DAYS
        ]
        assert len(times) == len(set(times))


def test_a_tutor_is_at_one_school_a_lesson_morning():
    assert not set(lesson_times(0, 2)) & set(lesson_times(1, 2))
    assert len(list(lesson_times(0, 1))) == 15


def test_every_school_class_has_its_group_and_every_programme_its_own():
    timetable = plan(tutor(1, school(0), school(1)), tutor(2, school(2, "leeds", (3, 4, 5))))
    assert {key for key in timetable.ensembles if key[0] == "class"} == {
        *(("class", number, group) for number in (0, 1) for group in (3, 4, 5, 6)),
        *(("class", 2, group) for group in (3, 4, 5)),
    }
    assert {key for key in timetable.ensembles if key[0] == "area"} == {("area", 1), ("area", 2)}
    assert [ensemble.number for ensemble in timetable.ensembles.values()] == list(range(len(timetable.ensembles)))
