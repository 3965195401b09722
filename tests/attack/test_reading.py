"""Numbers are read where they stand, whatever the kind of file; and laid together they are what a reader holds."""

import io
import json
import zipfile

import pytest

from tests.attack.assembled import Names, assembled, bare
from tests.attack.published import Published
from tests.attack.reading import Place, bars_of, pictures_of, read

PAGE = b"""<html><body><a href="/figures/releases/2026-27/year/1.csv">CSV</a><img src="/national/charts/sex.svg" alt="Girls 55">
<table><caption>Children, by sex<small>Rounded.</small></caption>
<thead><tr><th scope="col">Sex</th><th scope="col" class="num">Children</th><th scope="col">Share</th></tr></thead>
<tbody><tr><th scope="row"><a href="/x">Girls</a></th><td data-label="Children">1,055</td><td data-label="Share">52&nbsp;%</td></tr>
<tr><th scope="row">Not known</th><td class="num" data-label="Children"><span class="symbol">c</span></td><td>c</td></tr></tbody>
<tfoot><tr><th scope="row">All</th><td>2,030</td><td>100 %</td></tr></tfoot></table>
<p class="figure-name">Children</p><p class="figure-value">2,030 <small>children</small></p>
<script type="application/json">{"data": {"values": [{"label": "Boys", "value": 976}]}, "width": 300}</script></body></html>"""
RELEASE = {
    "tables": [
        {
            "key": "children",
            "caption": "Children, each counted once",
            "rows": [
                {
                    "key": "twice",
                    "heading": "Counted again",
                    "is_total": False,
                    "cells": [{"column": "Children", "value": 10, "unit": "", "symbol": ""}],
                },
            ],
        },
        {
            "key": "children_by_programme",
            "caption": "Children, by programme",
            "rows": [
                {
                    "key": "leeds",
                    "heading": "Leeds",
                    "is_total": False,
                    "cells": [{"column": "Children", "value": 40, "unit": "", "symbol": ""}],
                },
                {
                    "key": "all",
                    "heading": "All",
                    "is_total": True,
                    "cells": [{"column": "Children", "value": 60, "unit": "", "symbol": ""}],
                },
            ],
        },
        {
            "key": "children_by_sex",
            "caption": "Children, by sex",
            "rows": [
                {
                    "key": "F",
                    "heading": "Girls",
                    "is_total": False,
                    "cells": [
                        {"column": "Children", "value": 30, "unit": "", "symbol": ""},
                        {"column": "Share", "value": 50, "unit": "%", "symbol": ""},
                        {"column": "Attendance", "value": None, "unit": "%", "symbol": "c"},
                    ],
                },
            ],
        },
        {
            "key": "programmes_by_sex",
            "caption": "Programmes, by sex",
            "rows": [
                {
                    "key": "leeds",
                    "heading": "Leeds",
                    "is_total": False,
                    "cells": [{"column": "Girls", "value": None, "unit": "", "symbol": "c"}],
                },
            ],
        },
    ]
}


def test_a_page_is_read_by_its_captions_and_headings():
    page = read("/national/", "text/html; charset=utf-8", PAGE)
    assert page.cells[:6] == [
        (Place("Children, by sex", "Girls", "Children"), "1055"),
        (Place("Children, by sex", "Girls", "Share"), "52 %"),
        (Place("Children, by sex", "Not known", "Children"), "c"),
        (Place("Children, by sex", "Not known", ""), "c"),
        (Place("Children, by sex", "All", "Children"), "2030"),
        (Place("Children, by sex", "All", "Share"), "100 %"),
    ]
    assert (Place("", "Children", ""), "2030 children") in page.cells
    assert page.links == ["/figures/releases/2026-27/year/1.csv", "/national/charts/sex.svg", "/x"]


def test_what_a_script_draws_and_what_a_picture_is_called_by_is_read_too():
    assert {55, 976} <= read("/national/", "text/html", PAGE).numbers


def test_a_file_with_a_row_for_each_number_is_read_by_its_headings():
    data = '\ufeff"Release","Table","Row","Column","Value","Unit","Symbol"\r\n"1","Children, by sex","Girls","Share",52,"%",""\r\n'
    data += '"1","Children, by sex","Boys","Children",,"","c"\r\n'
    assert read("/figures/1.csv", "text/csv", data.encode()).cells == [
        (Place("Children, by sex", "Girls", "Share"), "52 %"),
        (Place("Children, by sex", "Boys", "Children"), "c"),
    ]


def test_a_number_that_stands_beside_its_symbol_is_read():
    data = '"Table","Row","Column","Value","Unit","Symbol"\r\n"Children, by sex","Girls","Children",7,"","c"\r\n'
    assert read("/figures/1.csv", "text/csv", data.encode()).cells == [
        (Place("Children, by sex", "Girls", "Children"), "7"),
    ]


def test_a_file_of_one_table_is_read_by_its_first_row_and_is_named_by_its_address():
    data = '"Sex","Children","Share (%)","Source"\r\n"Girls",1055,52,"Release 1"\r\n"Boys","c","c","Release 1"\r\n'
    cells = read("/national/tables/children_by_sex.csv", "text/csv", data.encode()).cells
    assert cells[:2] == [(Place("", "Girls", "Children"), "1055"), (Place("", "Girls", "Share (%)"), "52")]
    assert (Place("", "Boys", "Children"), "c") in cells


def test_a_workbook_is_read_like_the_file_beside_it():
    table, office, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("table", "office", "text"))
    rows = "".join(
        "<t:table-row>"
        + "".join(f"<t:table-cell{value}><x:p>{said}</x:p></t:table-cell>" for said, value in row)
        + "</t:table-row>"
        for row in (
            [("Sex", ""), ("Children", "")],
            [("Girls", ""), ("1,055", ' o:value="1055"')],
            [("Boys", ""), ("c", "")],
        )
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "content.xml",
            f'<o:doc xmlns:o="{office}" xmlns:t="{table}" xmlns:x="{text}"><t:table t:name="a">{rows}</t:table></o:doc>',
        )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    assert read("/national/tables/children_by_sex.ods", kind, out.getvalue()).cells == [
        (Place("", "Girls", "Children"), "1055"),
        (Place("", "Boys", "Children"), "c"),
    ]


PICTURE = b"""<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="380"><g class="mark-text role-axis-label">
<text transform="translate(-6,17)">Girls</text></g><g class="mark-rect role-mark layer_0_marks">
<path d="M0,0h110v20h-110Z"/></g><g class="mark-rect role-mark layer_0_marks">
<path d="M1,30L79,30C79.5,30,80,30.5,80,31L80,49C80,49.5,79.5,50,79,50L1,50C0.5,50,0,49.5,0,49L0,31C0,30.5,0.5,30,1,30Z"/>
</g><g class="mark-text role-mark layer_1_marks"><text transform="translate(116,18.5)">1,055</text>
<text transform="translate(84,43)">40</text></g></svg>"""


def test_a_picture_says_its_words_and_how_long_its_bars_are():
    assert {1055, 40} <= read("/national/charts/sex.svg", "image/svg+xml", PICTURE).numbers
    assert [(bar.words, bar.length) for bar in bars_of(PICTURE)] == [("1,055", 110), ("40", 80)]


def test_the_pictures_of_a_page_are_found_in_it():
    page = b'<p><svg class="icon"><path d=""/></svg></p>' + PICTURE + b"<p>and</p>" + PICTURE
    assert pictures_of(page) == [PICTURE, PICTURE]


@pytest.mark.parametrize(
    ("text", "number"),
    [("52 %", "52"), ("1,055", "1055"), ("c", "c"), ("–", "–"), ("1.5", "1.5"), ("2.0", "2"), ("£1,200", "1200")],
)
def test_a_number_is_compared_without_its_unit(text, number):
    assert bare(text) == number


def test_cells_laid_together_are_what_a_reader_holds():
    document = read("/figures/1.json", "application/json", json.dumps(RELEASE).encode())
    names = Names.of(RELEASE)
    held = assembled(dict(names.placed(document)), names, ["leeds", "hull"])
    assert held == Published(
        60,
        10,
        {"leeds": 40},
        {("sex", "F"): 30},
        {("sex", "leeds", "F"): "c"},
        {("sex", "F"): 50},
        {("sex", "F"): ["c"]},
        ("leeds", "hull"),
    )


def test_a_table_that_stands_on_its_side_is_the_same_table():
    page = b"""<table><caption>Programmes, by sex</caption><thead><tr><th>Sex</th><th>Leeds</th></tr></thead>
    <tbody><tr><th scope="row">Girls</th><td>c</td></tr><tr><th scope="row">Nobody</th><td>5</td></tr></tbody></table>"""
    placed = list(Names.of(RELEASE).placed(read("/national/children/", "text/html", page)))
    assert placed == [(Place("programmes_by_sex", "Leeds", "Girls"), "c")]
