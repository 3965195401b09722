"""The participation report of a hub holds the tables of its pages, and no number of few children."""

import pytest

from evaluation.queries.live import live
from evaluation.reports.declaration import Subject
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from inharmony.access.scope import Scope, scope_of, scoped
from programmes.models import Income
from tests.factories import evaluation, participants, programmes
from tests.factories.schools import school, this_year

SECTIONS = [
    *("Who took part", "Who came new, and who left", "Beside the schools’ own roll", "Where", "How much"),
    *("What took place", "What did not take place", "Income", "How often they came"),
]


@pytest.fixture
def hub(cast, queue):
    """Liverpool with 20 children of Year 4 and 20 of Year 5 at two schools, and 4 of Year 2 at a third."""
    evaluation.country(cast)
    with scoped(cast.both):
        place = school("Small Primary")
        programmes.partner(cast.liverpool, place)
        names = [("Few", f"Child {number}") for number in range(4)]
        few = participants.children(cast.liverpool, place, by=cast.joanne, names=names, year_group="2")
        ensemble = programmes.ensemble(cast.liverpool, "Year 2", school=place)
        participants.join(ensemble, few, by=cast.joanne)
        evaluation.register(programmes.session(ensemble), "pppa", by=cast.joanne)
        Income.objects.create(
            programme=cast.liverpool, academic_year=this_year(), source=Income.Source.SCHOOLS, amount=1_234
        )
    return cast


def contents_of(cast, user):
    with scoped(scope_of(user) if user else Scope(frozenset({cast.liverpool.pk}))):
        return PROGRAMME_PARTICIPATION.contents(Subject(cast.liverpool), this_year().year, user)


def test_it_holds_the_tables_that_funders_ask_for_in_their_order(hub):
    contents = contents_of(hub, hub.joanne)
    assert [section.title for section in contents.annex] == SECTIONS
    tables = {table.key: evaluation.cells(table) for table in contents.tables}
    with scoped(scope_of(hub.joanne)):
        source = live(hub.liverpool, contents.period, hub.joanne)
    assert tables["income"]["All"] == ("£1,234", "100 %")
    assert tables["sessions"]["Held"] == (str(source.number("sessions", "all", "held")),)
    assert set(tables["beside_roll"]) == {
        "Pupil Premium",
        "Special educational needs",
        "English as an additional language",
    }
    # of hours both what was offered and what was received, in school time and outside it
    assert len(tables["intensity"]) == 6


def test_few_children_are_hidden_with_what_is_told_of_them_and_with_who_would_tell_them(hub):
    tables = {table.key: evaluation.cells(table) for table in contents_of(hub, hub.joanne).tables}
    groups = tables["children_by_year_group"]
    assert groups["Year 2"] == groups["Year 4"] == ("c", "c", "c", "c")
    assert groups["Year 5"][0] == "20"
    # the whole is told
    assert groups["All"][0] == "43"
    places = tables["by_school"]
    assert places["Small Primary"] == ("c", "1", "1", "c")
    assert sorted(row[0] for row in places.values()) == ["20", "c", "c"]


def test_no_table_of_it_has_a_count_of_one_to_nine_children(hub):
    counted = [
        (table.key, row.heading, cell.written)
        for table in contents_of(hub, hub.joanne).tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column in {"Children", "Known of", "Not known of", "Children taking part", "New children"}
        and cell.value is not None
        and not cell.unit
    ]
    assert counted
    assert [one for one in counted if one[2] != "0" and int(one[2]) < 10] == []


def test_whoever_asks_it_says_the_same(hub):
    assert contents_of(hub, None).hash() == contents_of(hub, hub.joanne).hash()


def test_its_second_asking_costs_few_statements(hub, django_assert_max_num_queries):
    contents_of(hub, hub.joanne)
    with scoped(scope_of(hub.joanne)), django_assert_max_num_queries(14):
        PROGRAMME_PARTICIPATION.contents(Subject(hub.liverpool), this_year().year, hub.joanne)
