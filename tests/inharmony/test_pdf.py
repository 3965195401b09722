"""HTML to PDF: tagged and titled, and deaf to every address it was not handed."""

import gc
import io

import pytest
from pypdf import PdfReader

from inharmony.pdf import PdfLibrariesMissingError, PdfRefusedError, make_pdf
from tests import machinery

PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>A report</title>{head}</head>
<body><h1>Reach</h1>{body}<table><thead><tr><th scope="col">Year</th></tr></thead><tbody><tr><td>190</td></tr></tbody>
</table></body></html>"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def page(head="", body=""):
    return PAGE.format(head=head, body=body)


def tags(reader):
    """Returns the types of all structure elements."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"].get_object()]
    while waiting:
        node = waiting.pop()
        if not hasattr(node, "get"):
            continue
        if "/S" in node:
            found.append(node["/S"])
        children = node.get("/K", [])
        waiting.extend(
            child.get_object()
            for child in (children if isinstance(children, list) else [children])
            if hasattr(child, "get_object")
        )
    return found


def test_a_pdf_carries_tags_language_title_and_bookmarks():
    made = make_pdf(page(body='<img src="static:chart.svg" alt="Most in Year 3: 355.">'), {"chart.svg": SVG})
    reader = PdfReader(io.BytesIO(made.data))
    root = reader.trailer["/Root"]
    assert (made.pages, len(reader.pages)) == (1, 1)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "A report"
    assert [entry["/Title"] for entry in reader.outline] == ["Reach"]
    assert {"/H1", "/Table", "/TH", "/TD", "/Figure"} <= set(tags(reader))
    assert b"Most in Year 3" in made.data or "Reach" in reader.pages[0].extract_text()


def test_what_was_handed_over_is_used():
    css = b"h1 { break-after: page }"
    assert make_pdf(page('<link rel="stylesheet" href="static:report.css">'), {"report.css": css}).pages == 2


class Noting(dict):
    """Files that note whether the garbage collector was on when one was fetched."""

    was_on: bool | None = None

    def __getitem__(self, name):
        self.was_on = gc.isenabled()
        return super().__getitem__(name)


@pytest.mark.parametrize("is_on", [True, False])
def test_nothing_is_collected_while_pages_are_set_and_afterwards_as_before(is_on):
    files, was_on = Noting({"chart.svg": SVG}), gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        make_pdf(page(body='<img src="static:chart.svg" alt="Most in Year 3: 355.">'), files)
        assert (files.was_on, gc.isenabled()) == (False, is_on)
        with pytest.raises(PdfRefusedError):
            make_pdf(page(body='<img src="file:///etc/passwd" alt="">'), files)
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()


@pytest.fixture(scope="module")
def listener():
    """A server that counts who calls it."""
    with machinery.listener() as server:
        yield server


SECRET = "file:///etc/hostname"
VECTORS = {
    "picture": ("", '<img src="{out}/a.png">'),
    "picture of this machine": ("", f'<img src="{SECRET}">'),
    "picture in text": ("", '<img src="data:image/svg+xml,%3Csvg/%3E">'),
    "picture without address": ("", '<img src="a.png">'),
    "picture that was not handed over": ("", '<img src="static:other.svg">'),
    "picture outside the report": ("", '<img src="static:../../etc/hostname">'),
    "picture by set": ("", '<img srcset="{out}/a.png 2x" src="{out}/b.png">'),
    "style sheet": ('<link rel="stylesheet" href="{out}/a.css">', ""),
    "style sheet of this machine": (f'<link rel="stylesheet" href="{SECRET}">', ""),
    "import": ('<style>@import url("{out}/a.css");</style>', ""),
    "import of this machine": (f'<style>@import "{SECRET}";</style>', ""),
    "font": ('<style>@font-face {{ font-family: x; src: url("{out}/a.woff2") }} h1 {{ font-family: x }}</style>', ""),
    "background": ('<style>h1 {{ background: url("{out}/a.png") }}</style>', ""),
    "content": ('<style>h1::before {{ content: url("{out}/a.png") }}</style>', ""),
    "list marker": ('<style>li {{ list-style-image: url("{out}/a.png") }}</style>', "<ul><li>a</li></ul>"),
    "border": ('<style>h1 {{ border: 2px solid; border-image: url("{out}/a.png") 30 }}</style>', ""),
    "page background": ('<style>@page {{ background: url("{out}/a.png") }}</style>', ""),
    "attachment of the document": ('<link rel="attachment" href="{out}/a.txt">', ""),
    "attached file of this machine": (f'<link rel="attachment" href="{SECRET}">', ""),
    "attached file in a link": ("", f'<a rel="attachment" href="{SECRET}">a</a>'),
    "object": ("", '<object data="{out}/a.svg"></object>'),
    "embed": ("", '<embed src="{out}/a.svg">'),
    "picture inside a drawing": ("", '<svg viewBox="0 0 9 9"><image href="{out}/a.png" width="9" height="9"/></svg>'),
    "file inside a drawing": ("", f'<svg viewBox="0 0 9 9"><image href="{SECRET}" width="9" height="9"/></svg>'),
    "base": ('<base href="{out}/">', '<img src="a.png">'),
    "ftp": ("", '<img src="ftp://127.0.0.1/a.png">'),
    "address in capitals": ("", '<IMG SRC="FILE:///etc/hostname">'),
    "address with a line break": ("", '<img src="fi\nle:///etc/hostname">'),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_outside_is_fetched_and_the_report_fails_loudly(vector, listener):
    out, calls = listener
    head, body = (part.format(out=out) for part in VECTORS[vector])
    with pytest.raises(PdfRefusedError, match="asks for something outside itself"):
        make_pdf(page(head, body), {"chart.svg": SVG})
    assert calls == []


@pytest.mark.parametrize(
    "body",
    [
        '<iframe src="{out}/a.html"></iframe>',
        '<a href="{out}/a.html">a</a>',
        '<svg viewBox="0 0 9 9"><use href="{out}/a.svg#b"/></svg>',
        "<script src='{out}/a.js'></script>",
        '<meta http-equiv="refresh" content="0; url={out}/">',
    ],
)
def test_what_paper_cannot_follow_is_not_followed(body, listener):
    out, calls = listener
    made = make_pdf(page(body=body.format(out=out)), {})
    assert made.pages == 1
    assert "/EmbeddedFiles" not in PdfReader(io.BytesIO(made.data)).trailer["/Root"].get("/Names", {})
    assert calls == []


def test_a_drawing_that_was_handed_over_may_not_point_outside_either(listener):
    out, calls = listener
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="{out}/a.png" width="9" height="9"/></svg>'
    with pytest.raises(PdfRefusedError):
        make_pdf(page(body='<img src="static:chart.svg" alt="">'), {"chart.svg": svg.encode()})
    assert calls == []


def test_without_its_libraries_it_says_which_and_what_to_do(no_pango):
    with pytest.raises(PdfLibrariesMissingError) as missing:
        make_pdf(page(), {})
    assert "libpango-1.0-0 and libpangoft2-1.0-0" in str(missing.value)
    assert "apt-get install" in str(missing.value)
