"""Forty children counted by hand: every cell of the return is the one of its figure or table, in both kinds of file."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import resolve

from evaluation.exports.returned import HEADINGS, KINDS, returned_out
from evaluation.figures.catalogue import FIGURES
from evaluation.menu.tables import ALL
from evaluation.queries.calendar import period_of, terms_of
from evaluation.queries.hub import HubNumbers
from evaluation.queries.returned import returned
from evaluation.returns.data_return import DATA_RETURN
from evaluation.returns.structure import OfFigure, OfTable, OfTerms
from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from tests.evaluation.test_forty_children import BY, OTHERS, TERMS, forty

__all__ = ["forty"]

TODAY = date(2028, 9, 15)


@pytest.fixture
def filled(forty):
    with scoped(forty.scope):
        numbers = HubNumbers(forty.liverpool, period_of(2027, "", forty.liverpool), forty.manager)
        terms = list(terms_of(2027, forty.liverpool).values())
        yield numbers, returned(numbers, DATA_RETURN, terms, TODAY)


def address(answer, line):
    term = line.term if line else ""
    return f"https://portal.example/hub/liverpool/figures/{answer.opens}/?year=2027-28&term={term}"


def by_id(found):
    return {answer.question.id: answer for answer in found.answers}


def written(answer):
    return {line.heading: " ".join(cell.written for cell in line.cells) for line in answer.lines}


def test_every_answer_is_the_figure_or_the_table_that_every_page_shows(filled):
    numbers, found = filled
    many = 0
    for answer in found.answers:
        of = answer.question.answer
        if isinstance(of, OfFigure):
            figure = FIGURES[of.key](numbers.source, ALL)
            assert (answer.only.value, answer.only.symbol) == (figure.value, figure.symbol)
            many += 1
        elif isinstance(of, OfTable):
            table = numbers.table(of.key)
            rows = [*table.rows, *([table.total] if table.total and table.rows else [])]
            places = [table.columns.index(column) for column in of.columns or table.columns]
            assert [line.cells for line in answer.lines] == [tuple(row.cells[at] for at in places) for row in rows]
            many += sum(len(line.cells) for line in answer.lines)
        elif isinstance(of, OfTerms):
            assert [line.heading for line in answer.lines] == ["Autumn term", "Spring term", "Summer term"]
            many += 3
    assert many > 150


def test_what_was_counted_by_hand_stands_in_the_return(filled):
    _, found = filled
    answers = by_id(found)
    assert answers["children"].only.written == "35"
    assert answers["schools"].only.written == "3"
    assert answers["tutors"].only.written == "3"
    assert answers["income"].only.written == "£22,500"
    assert answers["attendance"].only.written == "90 %"
    assert answers["hours-received"].only.written == "0.6"
    assert written(answers["terms-children"]) == {
        f"{term.capitalize()} term": children for term, (children, *_) in TERMS.items()
    }
    for question, dimension in {"sex": "sex", "sen": "sen", "eal": "eal", "ethnicity": "ethnicity"}.items():
        rows = list(written(answers[question]).values())
        assert rows == [*(" ".join(row.split()[:3]) for row in BY[dimension].values()), "35 100 %"]
    assert list(written(answers["ensembles-kinds"]).values()) == list(OTHERS["ensembles_by_kind"].values())
    assert list(written(answers["roll"]).values()) == [OTHERS["roll"]["all"]]


def rows_of(data, kind):
    """The rows of all parts as read: question, of what, answer and unit."""
    sheets = read(data, f"return.{kind}").sheets[:-1]
    for sheet in sheets:
        marked, headings, *rows = [row.cells for row in sheet.rows]
        assert str(marked[0]).startswith(
            "Not for publication. Liverpool, 2027-28: Annual data return, version 1, as at"
        )
        assert str(marked[0]).endswith("No term is signed off yet; the year is counted now.")
        assert tuple(headings) == HEADINGS
        yield from ((*row, *[None] * (len(HEADINGS) - len(row))) for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_says_the_same_as_the_page_cell_by_cell(filled, forty, kind):
    _, found = filled
    told = [
        (row[0], row[2] or "", row[3])
        for row in rows_of(returned_out(found, forty.liverpool, kind, address).data, kind)
    ]
    expected = []
    for answer in found.answers:
        question = answer.question.id
        if answer.is_of_words:
            expected.append((question, "", "Not written yet"))
        elif not answer.lines:
            expected.append((question, "", None))
        for line in answer.lines:
            for column, cell in zip(answer.columns, line.cells, strict=True):
                of = ", ".join(filter(None, (line.heading, column)))
                expected.append((question, of, cell.symbol or None if cell.number is None else cell.number))
    assert told == expected
    assert sum(isinstance(answer, int | float) for _, _, answer in told) > 150


def test_what_no_sign_off_freezes_says_so_in_its_row(filled, forty):
    _, found = filled
    said = {}
    for row in rows_of(returned_out(found, forty.liverpool, "xlsx", address).data, "xlsx"):
        if row[5]:
            said.setdefault(row[5], set()).add(row[0])
    assert said["Counted now: no sign-off freezes it"] == {
        *("income", "income-sources", "income-per-child", "each-school"),
        *("ensembles-children", "instruments"),
    }
    counted = said["No term is signed off yet; the year is counted now"]
    assert {"children", "roll", "beside-roll", "sex", "tutors"} <= counted
    assert said["Not signed off yet"] == {"terms-children", "terms-sessions"}


def test_each_number_of_a_workbook_is_a_number_that_opens_its_page(filled, forty):
    _, found = filled
    book = openpyxl.load_workbook(io.BytesIO(returned_out(found, forty.liverpool, "xlsx", address).data))
    numbers = 0
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows(min_row=3):
            answer = row[HEADINGS.index("Answer")]
            opens = row[HEADINGS.index("Opens at")]
            if isinstance(answer.value, int | float):
                numbers += 1
                assert answer.data_type == "n"
                assert answer.hyperlink.target == opens.hyperlink.target
                path = answer.hyperlink.target.removeprefix("https://portal.example").partition("?")[0]
                assert resolve(path).url_name == "hub-figure"
            else:
                assert answer.hyperlink is None
    assert numbers > 150


def test_the_last_sheet_says_what_the_list_is_and_what_was_signed(filled, forty):
    _, found = filled
    about = read(returned_out(found, forty.liverpool, "ods", address).data, "x.ods").sheets[-1]
    said = {row.cells[0]: row.cells[1] for row in about.rows}
    assert said["List of questions"] == "Annual data return"
    assert said["Known from"] == DATA_RETURN.source
    assert said["Complete"] == "13 of 14 registers taken"
    assert "not for publication" in said["Notice"]
    signed = [row.cells[1] for row in about.rows if row.cells[0] == "Sign-off"]
    assert signed == [f"{term} term 2027-28: not signed off yet" for term in TERMS]
