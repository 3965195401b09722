"""
What WeasyPrint leaves to be wished of a tagged PDF, done before it is written.

    headings of tables      say whether they head a column or a row
    lists of meanings       hold their items directly, as a list must
    running heads and feet  are artifacts: nobody hears them on every page
    title                   stands in the metadata, too

No conformance is claimed: what is still missing stands in tests/inharmony/test_pdf_tags.py.
"""

from collections.abc import Iterator
from typing import Any

NOT_READ = ["/Artifact", b"BMC"]


def mend_tags(document: Any, pdf: Any) -> None:
    """Mends the tags of a document that WeasyPrint has set and not yet written: its `finisher`."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    (top,) = root["K"]
    read = {top}
    for reference, element in _below(pdf, top, ""):
        read.add(reference)
        if element["S"] == "/L":
            _hold_items_directly(pdf, element)
    _take_out_of_reading(pdf, _at(pdf, root["ParentTree"])["Nums"], read)
    # without a version nothing is claimed but title, author and description
    document.metadata.include_in_pdf(pdf, "ua", None, conformance=None, compress=False)


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _elements(pdf: Any, element: Any) -> list[tuple[bytes, Any]]:
    """Returns the elements directly in an element, without its content and links."""
    kids = [(kid, _at(pdf, kid)) for kid in element["K"] if isinstance(kid, bytes)]
    return [(reference, kid) for reference, kid in kids if "S" in kid]


def _below(pdf: Any, reference: bytes, group: str) -> Iterator[tuple[bytes, Any]]:
    """Yields every element below one, in order of reading, and gives each heading of a table its scope."""
    for kid, element in _elements(pdf, _at(pdf, reference)):
        kind = element["S"]
        if kind == "/TH":
            element["A"]["Scope"] = "/Column" if group == "/THead" else "/Row"
        yield kid, element
        yield from _below(pdf, kid, kind if kind in ("/THead", "/TBody", "/TFoot") else group)


def _hold_items_directly(pdf: Any, items: Any) -> None:
    """Takes away what stands between a list and its items for the look only."""
    reference = items.reference
    held = []
    for kid, element in _elements(pdf, items):
        within = _elements(pdf, element) if element["S"] == "/Div" else [(kid, element)]
        for inner, item in within:
            item["P"] = reference
            held.append(inner)
    items["K"][:] = held


def _take_out_of_reading(pdf: Any, numbers: Any, read: set[bytes]) -> None:
    """Marks as artifacts what stands on the pages and not in the tree: WeasyPrint leaves running heads between both."""
    for page, (_, owners) in zip(pdf.page_references, _pairs(numbers), strict=False):
        unread = {place for place, owner in enumerate(owners) if owner not in read}
        stream = _at(pdf, _at(pdf, page)["Contents"]).stream
        for at in range(len(stream) - 1, 1, -1):
            if stream[at] == b"BDC" and stream[at - 1].get("MCID") in unread:
                stream[at - 2 : at + 1] = NOT_READ
        for place in unread:
            owners[place] = "null"


def _pairs(numbers: Any) -> Iterator[tuple[int, Any]]:
    yield from zip(numbers[::2], numbers[1::2], strict=True)
