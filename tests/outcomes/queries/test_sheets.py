"""Answers of two times of asking are laid together by key, scored by the measure's own rule, and by no name."""

from fractions import Fraction

import pytest
from django.utils import timezone

from inharmony.access.scope import figures, scoped
from outcomes.models import Wave
from outcomes.queries.sheets import answers_of, asked_in
from tests.databases import connected_as
from tests.outcomes import planting

# all three items of a part are needed but for one
ENJOYS = {"like": 4, "bored": 1, "look_forward": 4}
BORED = {"like": 1, "bored": 4, "look_forward": 1}


@pytest.fixture
def worker(committed_cast, fresh_database):
    """A wave at the start and one later of Liverpool, closed and without names; the connection is the worker's."""
    with scoped(committed_cast.liverpool_scope):
        waves = [
            planting.wave(committed_cast.liverpool, committed_cast.joanne, name=name, moment=moment)
            for name, moment in (("Autumn", Wave.Moment.BEFORE), ("Summer", Wave.Moment.AFTER))
        ]
        Wave.objects.update(closed_at=timezone.now())
        Wave.objects.update(names_off_at=timezone.now())
    with connected_as("worker", fresh_database), scoped(figures()):
        yield waves


def laid_together(year):
    return answers_of([asked_in(year, "music", Wave.objects.first().programme_id)])


def test_the_two_answers_of_a_key_are_one_respondent(worker):
    before, after = worker
    planting.sheet(before, "a", BORED)
    planting.sheet(after, "a", ENJOYS)
    planting.sheet(after, "b", ENJOYS)
    first, second = laid_together(before.academic_year_id)
    assert (first.before["enjoyment"], first.after["enjoyment"]) == (3, 12)
    assert (second.before, second.after["enjoyment"]) == ({}, 12)


def test_a_part_with_too_much_missing_is_no_score_and_one_missing_is_scaled(worker):
    before, _ = worker
    planting.sheet(before, "a", {"like": 4, "bored": None})
    planting.sheet(before, "b", {"like": 4, "bored": 2})
    first, second = laid_together(before.academic_year_id)
    assert first.before == {}
    assert second.before == {"enjoyment": Fraction(21, 2)}


def test_adults_have_no_key_and_are_each_their_own(worker):
    before, _ = worker
    planting.sheet(before, "", ENJOYS)
    planting.sheet(before, "", ENJOYS)
    assert len(laid_together(before.academic_year_id)) == 2


def test_the_first_answer_at_the_start_and_the_last_later_one_count(worker, committed_cast):
    before, after = worker
    third = planting.wave_at(committed_cast.liverpool, committed_cast.joanne, "Extra", Wave.Moment.AFTER, later=1)
    with scoped(figures()):
        planting.sheet(before, "a", BORED)
        planting.sheet(after, "a", BORED)
        planting.sheet(third, "a", ENJOYS)
        (one,) = laid_together(before.academic_year_id)
        assert (one.before["enjoyment"], one.after["enjoyment"]) == (3, 12)


def test_the_hub_next_door_and_the_year_before_were_asked_nothing(worker, committed_cast):
    before, after = worker
    planting.sheet(before, "a", BORED)
    planting.sheet(after, "a", ENJOYS)
    year = before.academic_year_id
    assert asked_in(year, "music", committed_cast.liverpool.pk).waves == (before, after)
    assert asked_in(year - 1, "music", committed_cast.liverpool.pk) is None
    assert asked_in(year, "music", committed_cast.leeds.pk) is None


def test_a_wave_that_still_has_names_is_not_read(committed_cast, fresh_database):
    with scoped(committed_cast.liverpool_scope):
        wave = planting.wave(committed_cast.liverpool, committed_cast.joanne)
    with connected_as("worker", fresh_database), scoped(figures()):
        assert asked_in(wave.academic_year_id, "music", committed_cast.liverpool.pk) is None


def test_a_wave_in_which_nobody_answered_takes_no_answers_away(worker, committed_cast):
    before, after = worker
    planting.wave_at(committed_cast.liverpool, committed_cast.joanne, "Empty", Wave.Moment.AFTER, later=3)
    with scoped(figures()):
        planting.sheet(before, "a", BORED)
        planting.sheet(after, "a", ENJOYS)
        asked = asked_in(before.academic_year_id, "music", committed_cast.liverpool.pk)
        assert asked.waves == (before, after)


def test_of_adults_the_last_wave_alone_is_read(committed_cast, fresh_database):
    hub, by = committed_cast.liverpool, committed_cast.joanne
    with connected_as("worker", fresh_database):
        waves = [
            planting.wave_at(hub, by, name, Wave.Moment.AFTER, later=later, measure="family", informant="family")
            for later, name in enumerate(("First", "Second"))
        ]
        with scoped(figures()):
            for wave in waves:
                planting.sheet(wave, "", {"keep_on": 5, "do_well": 5, "no_use": 1, "help": 5})
            asked = asked_in(waves[0].academic_year_id, "family", hub.pk)
            assert len(answers_of([asked])) == 1


def test_of_a_measure_with_a_total_who_left_a_part_out_is_in_none_of_its_numbers(committed_cast, fresh_database):
    hub, by = committed_cast.liverpool, committed_cast.joanne
    whole = {f"printed_{place}": 3 for place in range(1, 16)}
    with connected_as("worker", fresh_database):
        wave = planting.wave_at(hub, by, "Autumn", Wave.Moment.BEFORE, measure="stirling")
        with scoped(figures()):
            planting.sheet(wave, "a", whole)
            planting.sheet(wave, "b", {**whole, "printed_9": None})
            first, second = answers_of([asked_in(wave.academic_year_id, "stirling", hub.pk)])
    assert (first.before["outlook"], first.before["total"]) == (18, 36)
    assert second.before == {}


def test_scores_that_were_keyed_are_laid_together_as_they_stand(committed_cast, fresh_database):
    hub, by = committed_cast.liverpool, committed_cast.joanne
    form = {"emotional": 4, "conduct": 3, "hyperactivity": 6, "peer": 3, "prosocial": 5}
    with connected_as("worker", fresh_database):
        before, after = (
            planting.wave_at(hub, by, name, moment, measure="sdq_child")
            for name, moment in (("Autumn", Wave.Moment.BEFORE), ("Summer", Wave.Moment.AFTER))
        )
        with scoped(figures()):
            planting.sheet(before, "a", form)
            planting.sheet(after, "a", form | {"peer": 1, "prosocial": None})
            # who lacks one that the total counts is in none of its numbers
            planting.sheet(after, "b", form | {"peer": None})
            one, other = answers_of([asked_in(before.academic_year_id, "sdq_child", hub.pk)])
    assert one.before == form | {"total": 16}
    # what the total leaves out may be missing
    assert one.after == {"emotional": 4, "conduct": 3, "hyperactivity": 6, "peer": 1, "total": 14}
    assert (other.before, other.after) == ({}, {})


def test_the_forms_of_one_questionnaire_are_never_laid_together(committed_cast, fresh_database):
    hub, by = committed_cast.liverpool, committed_cast.joanne
    form = {"emotional": 4, "conduct": 3, "hyperactivity": 6, "peer": 3, "prosocial": 5}
    with connected_as("worker", fresh_database):
        waves = {
            measure: planting.wave_at(hub, by, "Autumn", Wave.Moment.BEFORE, measure=measure, informant=informant)
            for measure, informant in (("sdq_child", "child"), ("sdq_staff", "school staff"))
        }
        with scoped(figures()):
            for measure, wave in waves.items():
                planting.sheet(wave, "a" if measure == "sdq_child" else "", form)
                assert asked_in(wave.academic_year_id, measure, hub.pk).waves == (wave,)
                assert len(answers_of([asked_in(wave.academic_year_id, measure, hub.pk)])) == 1
