"""Files made to hurt whoever reads them. Each is named after its trick, with the reasons it may be refused for."""

import io
import random
import warnings
import zipfile
import zlib
from struct import pack

from tests.inharmony.spreadsheets.workbooks import ROWS, opendocument, packed, parts, sheet, text_cell, workbook

BILLION = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'


def _cell(place: str, quote: str = '"', value: str = "x") -> str:
    return f"<c r={quote}{place}{quote} t={quote}inlineStr{quote}><is><t>{value}</t></is></c>"


def _far(place: str, quote: str = '"') -> bytes:
    number = "".join(letter for letter in place if letter.isdigit())
    return workbook(f"{ROWS}<row r={quote}{number}{quote}>{_cell(place, quote)}</row>")


def _bomb(megabytes: int) -> bytes:
    return workbook(f"<row r='1'>{_cell('A1', value='a' * (megabytes << 20))}</row>")


def _lying_size(claimed: int) -> bytes:
    """A part of 60 MB that its directory says is small."""
    body = sheet(f"<row r='1'>{_cell('A1', value='a' * (60 << 20))}</row>").encode()
    made = packed({**parts(), "xl/worksheets/sheet1.xml": body})
    real = pack("<L", len(body))
    at = made.rfind(real)
    return made[:at] + pack("<L", claimed) + made[at + 4 :]


def _encrypted_flag() -> bytes:
    made = bytearray(workbook())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


def _many_parts(count: int) -> bytes:
    return packed({**parts(), **{f"xl/media/{n}.xml": "<a/>" for n in range(count)}})


def _twice_the_same_part() -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def _overlapping() -> bytes:
    """Two hundred directory entries that all point at one compressed part."""
    inner = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"\0" * (10 << 20)
    squeezed = inner.compress(body) + inner.flush()
    crc = zlib.crc32(body)
    local = pack("<4sHHHHHLLLHH", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(squeezed), len(body), 1, 0) + b"a" + squeezed
    directory = b""
    for n in range(150):
        name = f"xl/{n}".encode()
        directory += (
            pack(
                "<4sHHHHHHLLLHHHHHLL",
                *(b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(squeezed), len(body)),
                *(len(name), 0, 0, 0, 0, 0, 0),
            )
            + name
        )
    return local + directory + pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 150, 150, len(directory), len(local), 0)


def _noise(length: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(length)


def _repeated(rows: int, columns: int) -> bytes:
    cell = text_cell("x", table_number_columns_repeated=str(columns))
    return opendocument(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


def hostile_files() -> dict[str, tuple[bytes, str]]:
    """Returns file name to (bytes, the reasons it may be refused for)."""
    good = workbook()
    return {
        # document types and entities
        "billion_laughs_sheet.xlsx": (packed({**parts(), "xl/worksheets/sheet1.xml": sheet(before=BILLION)}), "trap"),
        "external_entity_sheet.xlsx": (packed({**parts(), "xl/worksheets/sheet1.xml": sheet(before=EXTERNAL)}), "trap"),
        "external_entity_strings.xlsx": (workbook(**{"xl/sharedStrings.xml": f"{EXTERNAL}<sst/>"}), "trap"),
        "entity_in_relations.xlsx": (workbook(**{"xl/worksheets/_rels/sheet1.xml.rels": f"{BILLION}<a/>"}), "trap"),
        "entity_utf16.xlsx": (
            workbook(
                **{"xl/sharedStrings.xml": f'<?xml version="1.0" encoding="UTF-16"?>{EXTERNAL}<sst/>'.encode("utf-16")}
            ),
            "trap",
        ),
        "entity_utf16_unmarked.xlsx": (
            workbook(**{"xl/sharedStrings.xml": f'<?xml version="1.0"?>{EXTERNAL}<sst/>'.encode("utf-16-le")}),
            "trap",
        ),
        "billion_laughs.ods": (opendocument("", **{"styles.xml": f"{BILLION}<a/>"}), "trap"),
        "external_entity.ods": (opendocument("", **{"meta.xml": f"{EXTERNAL}<a/>"}), "trap"),
        # unpacking
        "bomb_300_mb.xlsx": (_bomb(300), "unpacked"),
        "bomb_60_mb.xlsx": (_bomb(60), "unpacked"),
        "bomb_other_part.xlsx": (workbook(**{"xl/media/image1.png": b"\0" * (40 << 20)}), "unpacked"),
        "bomb_overlapping.xlsx": (_overlapping(), "unpacked"),
        "bomb_lying_size.xlsx": (_lying_size(1000), "damaged|crash"),
        "many_parts_300.xlsx": (_many_parts(300), "parts"),
        "many_parts_20000.xlsx": (_many_parts(20_000), "parts"),
        # corners far away
        "cell_at_XFD1048576.xlsx": (_far("XFD1048576"), "extent"),
        "cell_at_XFD1048576_single_quotes.xlsx": (_far("XFD1048576", "'"), "extent"),
        "cell_at_A1048576.xlsx": (_far("A1048576"), "extent"),
        "cell_at_XFD1.xlsx": (workbook(f'<row r="1">{_cell("A1")}{_cell("XFD1")}</row>'), "extent"),
        "cell_at_ZZ99999.xlsx": (_far("ZZ99999"), "extent"),
        "cell_past_the_last_column.xlsx": (_far("ZZZZZZ99"), "extent|damaged|crash"),
        "cell_past_the_last_row.xlsx": (_far("A99999999999"), "extent|damaged|crash"),
        "cell_with_entity_in_its_place.xlsx": (_far("&#88;FD1048576"), "extent|damaged|crash"),
        "repeated_10_9_cells.ods": (_repeated(1_000_000, 1_000), "crash|damaged|extent|rows"),
        "repeated_rows_beyond_numbers.ods": (_repeated(10**18, 10**9), "crash|damaged|extent|rows"),
        "repeated_90_million_cells.ods": (_repeated(9_000, 10_000), "crash"),
        "repeated_rows_million.ods": (_repeated(1_048_576, 1), "crash|damaged|extent|rows"),
        # other files within, before or behind
        "nested_workbook.xlsx": (workbook(**{"xl/embeddings/other.xlsx": good}), "nested"),
        "nested_zip_as_picture.xlsx": (workbook(**{"xl/media/image1.png": good}), "nested"),
        "nested_ole.xlsx": (
            workbook(**{"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600}),
            "nested",
        ),
        "nested_gzip.xlsx": (workbook(**{"customXml/item1.xml": b"\x1f\x8b\x08\0\0\0"}), "nested"),
        "picture_before_workbook.xlsx": (b"GIF89a" + good, "kind"),
        "script_before_workbook.xlsx": (b"#!/bin/sh\n" + good, "encoding"),
        "page_behind_workbook.xlsx": (good + b"<html><script>alert(1)</script></html>", "two files"),
        "comment_in_workbook.xlsx": (good[:-2] + pack("<H", 26) + b"<script>alert(1)</script>.", "two files"),
        "shifted_workbook.xlsx": (b"PK\x03\x04" + good, "two files"),
        # macros, names, passwords
        "macros.xlsm": (workbook(**{"xl/vbaProject.bin": b"\xcc\x61"}), "macros"),
        "macros_renamed.xlsx": (workbook(**{"xl/VBAPROJECT.BIN": b"\xcc\x61"}), "macros"),
        "climbing_name.xlsx": (workbook(**{"../../etc/cron.d/x": "x"}), "names"),
        "climbing_name_backslash.xlsx": (workbook(**{"xl\\..\\..\\x": "x"}), "names"),
        "absolute_name.xlsx": (workbook(**{"/etc/passwd": "x"}), "names"),
        "drive_name.xlsx": (workbook(**{"C:/x": "x"}), "names"),
        "part_twice.xlsx": (_twice_the_same_part(), "names"),
        "encrypted_parts.xlsx": (_encrypted_flag(), "password"),
        "encrypted.ods": (
            opendocument("", **{"META-INF/manifest.xml": "<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>"}),
            "password",
        ),
        # not spreadsheets at all
        "pdf.xlsx": (b"%PDF-1.7\n" + _noise(2000, 1), "kind"),
        "picture.csv": (b"\x89PNG\r\n\x1a\n" + _noise(2000, 2), "kind"),
        "page.xls": (b"<html><table><tr><td>Forename</td></tr></table></html>", "kind"),
        "spreadsheet_2003.xml": (b'<?xml version="1.0"?><Workbook/>', "kind"),
        "word.docx": (packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "kind"),
        "archive.zip": (packed({"list.csv": "Forename,Surname"}), "kind"),
        "binary_workbook.xlsb": (packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\0"}), "kind"),
        "noise.csv": (_noise(5000, 3), "kind|encoding"),
        "noise.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _noise(5000, 4), "crash|damaged"),
        "nul.csv": (b"Forename,Surname\nAda\0,Lark\n", "encoding"),
        "escape.csv": (b"Forename,Surname\nAda\x1b[31m,Lark\n", "kind"),
        "endless_quote.csv": (b'Forename,Surname\n"Ada,Lark\n' + b"Bo,Wren\n" * 20_000, "quotes"),
        "huge_cell.csv": (b"Forename,Surname\n" + b"a" * 200_000 + b",Lark\n", "quotes"),
        "wide.csv": (b"a," * 5_000 + b"a\n", "extent"),
        "half_a_mark.csv": (b"\xff\xfea", "encoding"),
        "wrong_mark.csv": (b"\xef\xbb\xbfForename\n\xff\xfe\xfd\n", "encoding"),
        "only_mark.csv": (b"\xef\xbb\xbf", "empty"),
        "only_blanks.csv": (b" , , \n,,\n\n", "empty"),
        # broken off
        **{f"cut_at_{n}.xlsx": (good[: len(good) * n // 10], "damaged") for n in range(1, 10)},
        "cut_directory.xlsx": (good[:-30], "damaged"),
        "no_workbook.xlsx": (packed({"[Content_Types].xml": "<Types/>", "xl/a.xml": "<a/>"}), "damaged|empty"),
        "no_sheets.xlsx": (
            packed({**parts(), "xl/workbook.xml": "<workbook/>"}),
            "damaged|empty",
        ),
        "unclosed_tags.xlsx": (packed({**parts(), "xl/worksheets/sheet1.xml": sheet()[:-60]}), "damaged|empty"),
        "wrong_checksum.xlsx": (_flipped(good), "damaged"),
    }


def _flipped(good: bytes) -> bytes:
    """A bit turned over in the middle of a part."""
    at = good.find(b"sheet1.xml") + 60
    return good[:at] + bytes([good[at] ^ 0x10]) + good[at + 1 :]
