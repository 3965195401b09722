"""Results of a hub's answers: worked out once names are off, written anew, and of nobody alone."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inharmony.access.scope import figures, scoped
from outcomes.actions import keying
from outcomes.actions import wave as acts
from outcomes.actions.analyse import analyse, analyse_due, may_follow
from outcomes.actions.names import take_names_off
from outcomes.models import Result, Sheet, Wave
from outcomes.queries.sheets import Answered
from schools.models import School
from tests.databases import connected_as
from tests.factories import participants, programmes
from tests.factories.schools import school, this_year
from tests.outcomes import planting
from tests.outcomes.waves import agree, made, slips_of

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


# scores that were keyed from forms, for no screen may show them


def form(number, more=0):
    """A form as it is keyed: the total is `number % 3 + 9`, and `more` beside."""
    return {"emotional": number % 3 + more, "conduct": 2, "hyperactivity": 4, "peer": 3, "prosocial": 8}


def forms_asked(cast, many, measure="sdq_child", informant="child"):
    """Waves at the start and later in which so many forms of four schools were keyed, two points lower at the start."""
    schools = [school(f"Form {at}") for at in range(4)]
    for moment, name, more in ((Wave.Moment.BEFORE, "Autumn", 0), (Wave.Moment.AFTER, "Summer", 2)):
        wave = planting.wave_at(cast.liverpool, cast.joanne, name, moment, measure=measure, informant=informant)
        with scoped(figures()):
            for number in range(many):
                who = f"liverpool {number}" if informant == "child" else ""
                # a third stay as they were
                scores = form(number, 0 if number % 3 == 0 else more)
                planting.sheet(wave, who, scores, schools[number % 4], sex="FM"[number // 4 % 2])


def test_keyed_scores_are_told_as_change_and_by_group_with_their_total(committed_cast, fresh_database):
    with connected_as("worker", fresh_database):
        forms_asked(committed_cast, 42)
        analyse(programme_id=committed_cast.liverpool.pk, year=this_year().year)
        of = {one.part: one for one in results(committed_cast, measure="sdq_child", kind=Kind.CHANGE)}
        assert list(of) == ["emotional", "conduct", "hyperactivity", "peer", "prosocial", "total"]
        for part, before in (("emotional", 1.0), ("total", 10.0)):
            numbers = of[part].result
            assert (numbers["matched"], numbers["before"], numbers["schools"]) == (42, before, 4)
            # 28 of 42 by two points: a mean of 1.33 more
            assert (numbers["after"], numbers["change"]) == (round(before + 4 / 3, 1), 1.3)
        assert of["total"].words.startswith("Total of difficulties (self-report) went up, from a mean of 10.0 to 11.3")
        assert of["prosocial"].words.startswith("Prosocial behaviour (self-report) shows no clear change")
        by_sex = results(committed_cast, part="total", characteristic="sex")[0].result
        assert [(line["group"], line["change"]["matched"]) for line in by_sex["lines"]] == [("Boys", 20), ("Girls", 22)]
        assert results(committed_cast, measure="sdq_child", kind=Kind.HOURS)[0].words.startswith("Fewer than 10")


@pytest.mark.parametrize(("measure", "informant"), [("sdq_staff", "school staff"), ("sdq_family", "family")])
def test_forms_of_adults_are_told_as_they_stand_last_and_are_laid_beside_no_child(
    committed_cast, fresh_database, measure, informant
):
    with connected_as("worker", fresh_database):
        forms_asked(committed_cast, 12, measure, informant)
        analyse(programme_id=committed_cast.liverpool.pk, year=this_year().year)
        found = results(committed_cast)
        assert {(one.measure, one.kind) for one in found} == {(measure, "level")}
        (total,) = (one for one in found if one.part == "total")
        # 0, 3 and 4 in turn, and nine beside
        assert (total.result["answered"], total.result["score"]) == (12, 11.3)


def test_of_nine_forms_there_is_no_number(committed_cast, fresh_database):
    with connected_as("worker", fresh_database):
        forms_asked(committed_cast, 9)
        forms_asked(committed_cast, 9, "sdq_staff", "school staff")
        analyse(programme_id=committed_cast.liverpool.pk, year=this_year().year)
        found = results(committed_cast)
        assert len({(one.measure, one.part) for one in found}) == 12
        assert [one.result for one in found if one.result] == []


def test_what_is_keyed_reaches_results_once_the_wave_is_closed(committed_cast, fresh_database):
    """By the acts alone, from the form to the number: three schools, of which four children each have a form."""
    cast, office = committed_cast, committed_cast.ruth
    with scoped(cast.liverpool_scope):
        for letter in "ABC":
            at = school(f"Form {letter}")
            programmes.partner(cast.liverpool, at)
            names = [("Wren", f"Lark{letter}{number}") for number in "abcd"]
            agree(participants.children(cast.liverpool, at, by=office, names=names), by=office)
    for moment, name, more in ((Wave.Moment.BEFORE, "Autumn", 0), (Wave.Moment.AFTER, "Later", 3)):
        with scoped(cast.liverpool_scope):
            wave = made(cast, measure="sdq_child", moment=moment, name=name)
            for number, slip in enumerate(slips_of(wave)):
                keying.key_in(slip=slip, answers=form(number, more), by=office)
            acts.close(wave=wave, by=cast.joanne)
        with connected_as("worker", fresh_database):
            assert take_names_off(wave.pk).sheets == 12
    with connected_as("worker", fresh_database):
        assert analyse_due() == 1
    (total,) = results(cast, part="total", kind=Kind.CHANGE)
    numbers = {key: total.result[key] for key in ("matched", "before", "after", "change")}
    assert numbers == {"matched": 12, "before": 10.0, "after": 13.0, "change": 3.0}
