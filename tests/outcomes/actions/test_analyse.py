"""Results of a hub's answers: worked out once names are off, written anew, and of nobody alone."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inharmony.access.scope import figures, scoped
from outcomes.actions.analyse import analyse, analyse_due, may_follow
from outcomes.models import Result, Sheet, Wave
from outcomes.queries.sheets import Answered
from schools.models import School
from tests.databases import connected_as
from tests.factories.schools import school, this_year
from tests.outcomes import planting

Kind = Result.Kind


@pytest.fixture
def asked(committed_cast, fresh_database):
    """Liverpool, whose children answered twice and whose families once; the connection is the worker's."""
    with connected_as("worker", fresh_database):
        schools = [school(f"School {at}") for at in range(4)]
        planting.asked_twice(committed_cast.liverpool, committed_cast.joanne, schools, 41)
        planting.asked_twice(committed_cast.liverpool, committed_cast.joanne, schools, 12, measure="family")
        with scoped(figures()):
            for number, sheet in enumerate(Sheet.objects.order_by("pk")):
                sheet_facts = {"sex": "FM"[number % 2], "hours": Decimal(20 + number % 7), "year_group": "4"}
                Sheet.objects.filter(pk=sheet.pk).delete()
                sheet.pk = None
                for name, value in sheet_facts.items():
                    setattr(sheet, name, value)
                sheet.save()
        yield committed_cast


def results(cast, **of):
    with scoped(cast.liverpool_scope):
        return list(Result.objects.filter(**of).order_by("pk"))


def test_a_change_is_worked_out_with_its_interval_and_its_words(asked):
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    (enjoyment,) = results(asked, part="enjoyment", kind=Kind.CHANGE)
    numbers = enjoyment.result
    assert (numbers["matched"], numbers["before"], numbers["schools"]) == (41, 6.0, 4)
    assert numbers["interval"]["low"] < numbers["change"] < numbers["interval"]["high"]
    assert enjoyment.words.startswith("Enjoying music went up")


def test_there_is_a_result_for_each_part_group_and_for_hours_and_one_for_each_part_of_adults(asked):
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    found = {(one.measure, one.kind) for one in results(asked)}
    assert found == {("music", "change"), ("music", "groups"), ("music", "hours"), ("family", "level")}
    by_sex = results(asked, part="enjoyment", characteristic="sex")[0].result
    assert [line["group"] for line in by_sex["lines"]] == ["Boys", "Girls"]


def test_who_is_not_known_to_be_in_a_group_is_said_to_be_not_known(asked):
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    lines = results(asked, part="enjoyment", characteristic="is_eal")[0].result["lines"]
    assert [line["group"] for line in lines] == ["Not known"]


def test_too_few_have_no_number_and_the_words_say_why(committed_cast, fresh_database):
    with connected_as("worker", fresh_database):
        schools = [school(f"School {at}") for at in range(4)]
        planting.asked_twice(committed_cast.liverpool, committed_cast.joanne, schools, 9)
        analyse(programme_id=committed_cast.liverpool.pk, year=this_year().year)
        (one,) = results(committed_cast, part="enjoyment", kind=Kind.CHANGE)
        assert one.result == {}
        assert one.words.startswith("Fewer than 10 respondents")


def test_twice_writes_the_same_rows_anew(asked):
    for _ in range(2):
        many = analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    assert len(results(asked)) == many


def test_what_is_due_is_done_once(asked):
    assert (analyse_due(), analyse_due()) == (1, 0)
    with scoped(figures()):
        assert Wave.objects.filter(names_off_at__isnull=False).count() == 4


def test_the_hub_next_door_sees_none_of_it(asked):
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    with scoped(asked.leeds_scope):
        assert not Result.objects.exists()


def test_a_result_names_no_school_and_no_respondent(asked):
    """The keys that lay sheets together, and the schools they were of, are in no result."""
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    told = str([(one.result, one.words) for one in results(asked)])
    with scoped(figures()):
        for respondent, of in Sheet.objects.exclude(respondent="").values_list("respondent", "school__name"):
            assert respondent not in told
            assert of not in told


def test_a_wave_that_adds_a_single_child_changes_no_result(asked):
    """Who kept the old results would have that child's answers by taking one from the other."""
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    old = [(one.part, one.result, one.words) for one in results(asked)]
    add(asked, 1)
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    assert [(one.part, one.result, one.words) for one in results(asked)] == old


def test_waves_that_add_ten_of_two_schools_are_in_the_next_results(asked):
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    add(asked, 12)
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    (enjoyment,) = results(asked, part="enjoyment", kind=Kind.CHANGE)
    assert (enjoyment.result["matched"], len(enjoyment.waves)) == (53, 4)


def add(cast, many):
    """Two more waves in which as many children answered who had not before."""
    schools = list(School.objects.filter(name__startswith="School "))
    for moment, name in ((Wave.Moment.BEFORE, "New at the start"), (Wave.Moment.AFTER, "New later")):
        wave = planting.wave_at(cast.liverpool, cast.joanne, name, moment, later=2)
        with scoped(figures()):
            for number in range(many):
                planting.sheet(wave, f"new {number}", {"like": 4, "bored": 1, "look_forward": 4}, schools[number % 4])


RESPONDENTS = st.dictionaries(st.integers(0, 40), st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from([3, 9, 12])))


@given(RESPONDENTS, RESPONDENTS)
def test_results_follow_each_other_only_where_nobody_or_ten_of_two_schools_differ(one, other):
    before, after = (
        [
            Answered(str(key), 1, school, {"enjoyment": Fraction(3)}, {"enjoyment": Fraction(score)}, None, {})
            for key, (school, score) in said.items()
        ]
        for said in (one, other)
    )
    gone = [school for key, (school, score) in one.items() if other.get(key, (0, 0))[1] != score]
    come = [school for key, (school, score) in other.items() if one.get(key, (0, 0))[1] != score]
    few = any(more and (len(more) < 10 or len(set(more)) < 2) for more in (gone, come))
    assert may_follow(before, after) is not few


def said(number, school, before, after, hours=None):
    scores = [{"enjoyment": Fraction(value)} if value is not None else {} for value in (before, after)]
    return Answered(str(number), 1, school, *scores, hours, {})


def test_who_is_new_among_those_who_answered_both_times_is_looked_at_too():
    """Ten are new, but nine of them were never asked at the start: the change would move by one child alone."""
    before = [said(number, number % 3, 6, 8) for number in range(40)]
    latecomer = [said("late", 1, 9, 12)]
    never_before = [said(f"new {number}", number % 3, None, 8) for number in range(9)]
    assert not may_follow(before, [*before, *latecomer, *never_before])
    assert may_follow(before, [*before, *(said(f"new {number}", number % 3, 6, 8) for number in range(10))])


def test_hours_of_all_but_a_few_are_not_set_beside_change(asked):
    with scoped(figures()):
        missing = Sheet.objects.filter(wave__measure="music", respondent__in=["liverpool 1", "liverpool 2"])
        rows = list(missing)
        missing.delete()
        for sheet in rows:
            sheet.pk, sheet.hours = None, None
            sheet.save()
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    (hours,) = results(asked, part="enjoyment", kind=Kind.HOURS)
    assert hours.result == {}
    assert "would give them away" in hours.words


def test_a_hub_that_fails_keeps_no_other_back(asked, monkeypatch, caplog):
    from outcomes.actions import analyse as acts

    def fail(**_):
        raise RuntimeError("broken")

    with monkeypatch.context() as broken:
        broken.setattr(acts, "analyse", fail)
        assert analyse_due() == 0
    assert "could not be worked out" in caplog.text
    assert analyse_due() == 1


def test_a_result_keeps_one_decimal_and_no_spread(asked):
    analyse(programme_id=asked.liverpool.pk, year=this_year().year)
    (enjoyment,) = results(asked, part="enjoyment", kind=Kind.CHANGE)
    assert {"deviation", "freedom"}.isdisjoint(enjoyment.result)
    assert enjoyment.result["change"] == round(enjoyment.result["change"], 1)
