"""A report is declared whole or not at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.template.loader import get_template

from evaluation.figures.period import whole_year
from evaluation.reports.declaration import Contents, IncompleteReportError, NothingToReportError, Of, Quote, Section
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.registry import REPORTS, UnknownReportError, find

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
