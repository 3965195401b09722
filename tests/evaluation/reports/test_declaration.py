"""A report is declared whole or not at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.template.loader import get_template

from evaluation.figures.period import whole_year
from evaluation.figures.table import Cell, Row, Table
from evaluation.reports.declaration import (
    Contents,
    IncompleteReportError,
    NothingToReportError,
    Of,
    Part,
    Quote,
    Section,
)
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.registry import REPORTS, UnknownReportError, find
from participants.queries.photo import InReport

NOW = datetime(2026, 11, 17, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize("name", ["id", "title", "audience", "template"])
def test_a_declaration_that_lacks_something_is_refused_by_name(name):
    with pytest.raises(IncompleteReportError, match=f"does not declare: {name}"):
        replace(PROGRAMME_PARTICIPATION, **{name: ""})


def test_a_declaration_without_figures_or_with_unknown_ones_is_refused():
    with pytest.raises(IncompleteReportError, match="does not declare: figures"):
        replace(PROGRAMME_PARTICIPATION, figures=())
    with pytest.raises(IncompleteReportError, match="figures nobody defines: happiness"):
        replace(PROGRAMME_PARTICIPATION, figures=("happiness",))


def test_a_declaration_needs_room_for_a_page():
    with pytest.raises(IncompleteReportError, match="page budget"):
        replace(PROGRAMME_PARTICIPATION, page_budget=0)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: f"{report.id} {report.of}")
def test_every_declared_report_has_its_template(report):
    assert get_template(report.template)


def test_a_report_is_found_by_name_and_subject():
    assert find("participation", Of.PROGRAMME) is PROGRAMME_PARTICIPATION
    with pytest.raises(UnknownReportError, match="There are: participation \\(about a programme\\)"):
        find("attainment", Of.COUNTRY)


def test_a_figure_that_is_declared_and_not_there_ends_the_report():
    with pytest.raises(NothingToReportError, match="Children taking part"):
        PROGRAMME_PARTICIPATION.chosen(())


def contents(*sections):
    return Contents("Liverpool", whole_year(2026), NOW, "", "#181c36", "", "", False, "", (), sections, ())


def test_what_is_shown_by_consent_goes_with_a_section_that_held_nothing_else_and_words_stay():
    one, other = (Quote(mark, "", (mark,), "A child") for mark in ("one", "other"))
    said = contents(
        Section("Words alone", "Nothing is told of one school.", ()),
        Section("Both", "", (), quotes=(one, other)),
        Section("One", "", (), quotes=(one,)),
        Section("With points", "", (), points=("A point",), quotes=(one,)),
    )
    left = said.showing_only({"other"})
    assert [(section.title, section.quotes) for section in left.sections] == [
        ("Words alone", ()),
        ("Both", (other,)),
        ("With points", ()),
    ]
    # nothing shown by consent: nothing goes, and it is the same report
    plain = contents(said.sections[0])
    assert plain.showing_only(()).hash() == plain.hash()


def test_where_there_is_not_room_for_all_those_whose_turn_it_is_are_shown_in_their_order():
    first, second, third = (
        Quote(mark, "", (mark,), "A child", turn) for mark, turn in (("one", 1), ("two", 2), ("three", 0))
    )
    said = contents(Section("Music", "", (), quotes=(first, second, third), room=2))
    assert said.shown == ("one", "three")
    # without what was there when it was read
    assert said.showing_only({"two", "three"}).shown == ("two", "three")
    assert said.hash() == contents(Section("Music", "", (), quotes=(first, third))).hash()
    assert contents(Section("Music", "", (), quotes=(first, second, third))).shown == ("one", "two", "three")


def test_the_heading_of_a_table_and_what_is_said_where_it_has_no_row_are_part_of_what_a_report_says():
    table = Table("by_school", "School by school", "School", ("Children",), (), empty="Nothing yet.")
    said = contents(Section("Where", "", (Part(table),)))
    for other in (replace(table, heading="Place"), replace(table, empty="Nobody came.")):
        assert contents(Section("Where", "", (Part(other),))).hash() != said.hash()


def test_each_definition_of_a_figure_or_a_table_that_is_shown_stands_in_it_once():
    row = Row("a", "A", (Cell(1),))
    tables = [
        Table(key, "", "", ("Children",), rows)
        for key, rows in (("by_school", (row,)), ("attendance_by_week", (row,)), ("income", ()))
    ]
    said = contents(Section("Tables", "", tuple(map(Part, tables))))
    assert [one.key for one in said.meanings] == ["children_reached", "registers_taken", "attendance"]


def test_the_first_photo_stands_in_the_summary_and_only_there():
    one, other = (InReport(mark, mark, 480, 320, mark, "", "") for mark in ("one", "other"))
    for photos, left in (((one, other), [("other",)]), ((one,), [])):
        said = contents(Section("Pictures", "Agreed.", (), photos=photos))
        assert said.opening.pictures[0] == one
        assert [tuple(photo.mark for photo in section.pictures) for section in said.annex] == left
        assert said.shown == tuple(photo.mark for photo in photos)


def test_a_section_of_the_summary_is_not_in_the_annex_too():
    first, then = Section("Foreword", "", (), paragraphs=("We played.",), is_summary=True), Section("Where", "x", ())
    said = contents(first, then)
    assert (said.summary, said.annex) == ((first,), (then,))
    assert contents(replace(first, is_summary=False), then).hash() != said.hash()
    assert contents(replace(first, paragraphs=("We sang.",)), then).hash() != said.hash()
