"""A report is declared whole or not at all."""

from dataclasses import replace

import pytest
from django.template.loader import get_template

from evaluation.reports.declaration import IncompleteReportError, NothingToReportError, Of
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.registry import REPORTS, UnknownReportError, find


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
