"""The rows of a table of figures, as HTML."""

from evaluation.figures.table import Cell, Row, Table
from inharmony.pages.tables import table_rows


def rows(*rows_, **more):
    return table_rows(Table("k", "Caption", "Who", ("A & B", "C"), rows_, **more).labelled_rows)


def test_a_row_is_its_heading_and_a_cell_for_each_column():
    assert rows(Row("x", "Saltwharf", (Cell(1385), Cell(91, "%")))) == (
        '<tr><th scope="row">Saltwharf</th><td class="num" data-label="A &amp; B">1,385</td>'
        '<td class="num" data-label="C">91 %</td></tr>'
    )


def test_a_heading_that_leads_somewhere_is_a_link_and_a_hidden_number_its_symbol():
    assert rows(Row("x", "Strings", (Cell(symbol="c"), Cell()), href="/ensembles/1/grid/")) == (
        '<tr><th scope="row"><a href="/ensembles/1/grid/">Strings</a></th><td class="num" data-label="A &amp; B">'
        '<span class="symbol">c</span></td><td class="num" data-label="C">–</td></tr>'
    )


def test_what_somebody_typed_is_escaped():
    assert "<script>" not in rows(Row("x", "<script>", (Cell(symbol="<b>"), Cell(1, "<i>"))))
    assert table_rows([]) == ""
