"""A school's report says what takes place at the school, and nothing of fewer than ten children."""

from datetime import date

import pytest

from evaluation.figures.period import whole_year
from evaluation.queries.participation import participation, rows_of
from evaluation.reports.declaration import NothingToReportError, Subject
from evaluation.reports.impact import AT_A_GLANCE
from evaluation.reports.printing import printed
from evaluation.reports.school import SCHOOL_IMPACT, SCHOOL_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from outcomes.actions.award import Taken, record_awards
from outcomes.awards.boards import BY_KEY
from participants.models import Child
from programmes.models import Place
from schools.models import School
from tests.factories import evaluation, participants, programmes, schools
from tests.factories.schools import this_year

TODAY = date(2026, 11, 17)
GRADE_1, GRADE_4 = BY_KEY["abrsm.practical.1"], BY_KEY["abrsm.practical.4"]


@pytest.fixture
def hub(cast, queue):
    """Liverpool with two large schools, each of one year group of 20, and the small ones of the cast."""
    evaluation.country(cast)
    return cast


def at(name):
    return School.objects.get(name=name)


def contents_of(cast, school, report=SCHOOL_PARTICIPATION, user=None):
    user = user or cast.joanne
    with scoped(scope_of(user)):
        return report.contents(Subject(cast.liverpool, school), this_year().year, user)


def table_of(contents, key):
    return next(table for table in contents.tables if table.key == key)


def cells(table):
    return {row.heading: [cell.written for cell in row.cells] for row in table.rows}


def test_it_says_what_the_hubs_row_of_the_school_says(hub):
    school = at("Liverpool School 4")
    figures = {figure.key: figure.written for figure in contents_of(hub, school).figures}
    with scoped(scope_of(hub.joanne)):
        whole = participation(rows_of(hub.liverpool, whole_year(this_year().year), hub.joanne))
    reached, taken, due, attendance = cells(whole.by_school)["Liverpool School 4"]
    assert figures["children_reached"] == reached == "20"
    assert f"{figures['attendance']} %" == attendance
    assert (taken, due) == ("1", "1")
    assert figures["sessions_held"] == "1"
    # nothing of how many marks, or how many on the class list
    assert {figure.note for figure in contents_of(hub, school).figures} == {""}
    assert cells(table_of(contents_of(hub, school), "terms_of_school")) == {"autumn term 2026-27": ["20", "1", "100 %"]}


def test_its_numbers_are_those_of_the_whole_kept_apart(hub):
    """What is counted of a school is never kept as the hub's."""
    contents_of(hub, at("Liverpool School 4"))
    with scoped(scope_of(hub.joanne)):
        whole = participation(rows_of(hub.liverpool, whole_year(this_year().year), hub.joanne))
    assert next(figure.value for figure in whole.figures if figure.key == "children_reached") == 40


def test_year_groups_of_a_few_are_told_as_stages_or_not_at_all(hub):
    school = at("Liverpool School 4")
    assert cells(table_of(contents_of(hub, school), "children_by_year_group")) == {"Year 4": ["20"]}
    join(hub, school, "3", 3)
    assert cells(table_of(contents_of(hub, school), "children_by_year_group")) == {"Key stage 2 (Years 3 to 6)": ["23"]}
    join(hub, school, "1", 4)
    table = table_of(contents_of(hub, school), "children_by_year_group")
    assert cells(table) == {"All": ["27"]}
    assert "fewer than 10" in table.note


def join(cast, school, group, many):
    with scoped(cast.both):
        children = participants.children(
            cast.liverpool,
            school,
            by=cast.joanne,
            names=[(f"Late {group}", f"Child {n}") for n in range(many)],
            year_group=group,
        )
        ensemble = programmes.ensemble(cast.liverpool, f"More {group}", school=school)
        participants.join(ensemble, children, by=cast.joanne)
        evaluation.register(programmes.session(ensemble), "p" * many, by=cast.joanne)


def test_a_term_of_a_few_children_is_not_told(hub):
    school = at("Liverpool School 4")
    with scoped(hub.both):
        few = participants.children(
            hub.liverpool, school, by=hub.joanne, names=[("Early", f"Child {n}") for n in range(3)], year_group="4"
        )
        ensemble = programmes.ensemble(hub.liverpool, "Trio", school=school)
        participants.join(ensemble, few, by=hub.joanne)
        schools.term("autumn", date(2026, 9, 2), date(2026, 10, 20), local_authority_id="341")
        schools.term("spring", date(2026, 10, 26), date(2026, 12, 18), local_authority_id="341")
        Place.objects.create(programme=hub.liverpool, local_authority_id="341", name="Saltwharf")
        evaluation.register(programmes.session(ensemble, day=date(2026, 9, 8)), "ppa", by=hub.joanne)
    rows = cells(table_of(contents_of(hub, school), "terms_of_school"))
    assert rows["autumn term 2026-27"] == ["c", "1", "c"]
    assert rows["spring term 2026-27"][0] == "20"


def test_of_fewer_than_ten_children_and_of_no_partner_there_is_no_report(hub):
    with pytest.raises(NothingToReportError, match="Fewer than 10 children have come at Saltwharf"):
        contents_of(hub, hub.saltwharf)
    with pytest.raises(NothingToReportError, match="was no partner school of Liverpool"):
        contents_of(hub, schools.school("Elsewhere Primary"))


@pytest.mark.parametrize("report", [SCHOOL_PARTICIPATION, SCHOOL_IMPACT], ids=["participation", "impact"])
def test_it_is_printed_within_its_pages_and_names_no_other_school(hub, report):
    contents = contents_of(hub, at("Liverpool School 4"), report)
    pdf = printed(report, contents)
    assert pdf.pages <= report.page_budget
    said = str(contents)
    assert "Liverpool School 5" not in said
    assert hub.saltwharf.name not in said


def test_awards_of_a_few_are_not_told_and_neither_is_who_did_not_reach_one(hub):
    school = at("Liverpool School 4")
    with scoped(hub.both):
        children = list(Child.objects.filter(enrolments__school=school).order_by("pk"))
        for kind, many in ((GRADE_1, 12), (GRADE_4, 9)):
            taken = {child: Taken(mark=120 if n < many else 10) for n, child in enumerate(children)}
            record_awards(kind=kind, taken_on=TODAY, taken=taken, today=TODAY, by=hub.ruth)
    contents = contents_of(hub, school, SCHOOL_IMPACT)
    assert cells(table_of(contents, "awards_reached_safely")) == {GRADE_1.title: ["12"]}
    # of the other school, with no award, nothing is told
    assert table_of(contents_of(hub, at("Liverpool School 5"), SCHOOL_IMPACT), "awards_reached_safely").rows == ()


def test_the_impact_report_of_a_school_speaks_of_the_whole_hub_and_says_so(hub):
    contents = contents_of(hub, at("Liverpool School 4"), SCHOOL_IMPACT)
    section = next(one for one in contents.sections if one.title == AT_A_GLANCE)
    assert "not of this school alone" in section.words
