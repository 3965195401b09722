"""What a tagged PDF says to somebody who hears it, beyond what WeasyPrint says by itself."""

import pytest

from inharmony.pdf import make_pdf
from tests.tagged import Tagged

CSS = b"""
@page { size: 120mm 60mm; margin: 12mm; @top-left { content: element(head) } @bottom-right { content: counter(page) } }
.head { position: running(head) } thead { display: table-header-group } h1, dl, table { margin: 0 }
"""
PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A report</title>
<meta name="author" content="In Harmony"><link rel="stylesheet" href="static:report.css"></head>
<body><p class="head">Said on every page</p><h1>Reach</h1>{body}</body></html>"""
LONG = (
    '<table><thead><tr><th scope="col">Year</th><th scope="col">Children</th></tr></thead><tbody>'
    + "".join(f'<tr><th scope="row">{year}</th><td>{year + 7}</td></tr>' for year in range(2009, 2024))
    + '</tbody><tfoot><tr><th scope="row">All</th><td>99</td></tr></tfoot></table>'
)


def tagged(body=""):
    return Tagged(make_pdf(PAGE.format(body=body), {"report.css": CSS}).data)


def test_a_heading_of_a_table_heads_its_column_or_its_row():
    (first, *_) = tagged(LONG).tree.all("Table")
    assert [(cell.text, cell.scope) for cell in first.all("TH")][:3] == [
        ("Year", "Column"),
        ("Children", "Column"),
        ("2009", "Row"),
    ]


def test_every_row_is_heard_once_and_the_total_is_headed_by_its_row():
    tables = tagged(LONG).tree.all("Table")
    heard = [cell.text for table in tables for cell in table.all("TD")]
    assert [text for text in heard if text != "99"] == [str(year + 7) for year in range(2009, 2024)]
    totals = [cell for table in tables for cell in table.all("TH") if cell.text == "All"]
    assert {cell.scope for cell in totals} == {"Row"}


def test_items_in_a_box_for_the_look_are_still_items_of_the_list():
    pdf = tagged("<dl><div><dt>Children</dt><dd>Each once.</dd></div><div><dt>Hours</dt><dd>Planned.</dd></div></dl>")
    (meanings,) = pdf.tree.all("L")
    assert [(item.kind, item.text) for item in meanings.kids] == [
        ("LI", "Children"),
        ("LI", "Each once."),
        ("LI", "Hours"),
        ("LI", "Planned."),
    ]


def test_running_heads_and_page_numbers_are_artifacts():
    pdf = tagged(LONG)
    assert len(pdf.pages) > 2
    assert [pdf.artifacts(page) for page in range(len(pdf.pages))] == [
        f"Said on every page {page + 1}" for page in range(len(pdf.pages))
    ]
    assert "Said on every page" not in pdf.tree.text
    assert pdf.unmarked() == []
    # what hears by place and not by the tree finds nothing of them either
    owners = pdf.root["/StructTreeRoot"]["/ParentTree"]["/Nums"][1].get_object()
    assert [str(owner) for owner in owners].count("NullObject") == 2


def test_the_metadata_name_the_document_and_claim_nothing():
    pdf = tagged()
    said = pdf.reader.xmp_metadata
    assert (said.dc_title, said.dc_creator) == ({"x-default": "A report"}, ["In Harmony"])
    assert b"pdfuaid" not in pdf.root["/Metadata"].get_data().replace(b"xmlns:pdfuaid", b"")


@pytest.mark.parametrize("kind", ["THead", "TFoot"])
def test_a_table_over_several_pages_is_several_tables_each_with_its_head_and_foot(kind):
    """
    The present state: WeasyPrint tags each page's piece as a table of its own, and the repeated head in each.

    PDF/UA-1 7.1 wants repeated heads as artifacts, and 7.5 one table. Every cell still has its own headings, and no row
    is heard twice; the head is, once a page.
    """
    pdf = tagged(LONG)
    tables = pdf.tree.all("Table")
    assert [table.page for table in tables] == list(range(len(pdf.pages)))
    assert [len(table.all(kind)) for table in tables] == [1] * len(tables)
