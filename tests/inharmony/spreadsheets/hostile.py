"""Files made to hurt whoever reads them. Each is named after its trick, with the reasons it may be refused for."""

import io
import random
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
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


def repeated(rows: int, columns: int) -> bytes:
    """An OpenDocument table of one cell that is said to stand in many places."""
    cell = text_cell("x", table_number_columns_repeated=str(columns))
    return opendocument(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


Files = dict[str, tuple[bytes, str]]

DOCUMENT_TYPES = {
    "billion_laughs": BILLION,
    "external_file": EXTERNAL,
    "external_address": '<!DOCTYPE x [<!ENTITY file SYSTEM "http://203.0.113.1/x">]>',
    "parameter_entity": '<!DOCTYPE x [<!ENTITY % file SYSTEM "file:///etc/passwd"> %file;]>',
    "outer_definition": '<!DOCTYPE x SYSTEM "http://203.0.113.1/x.dtd">',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 5000}">]>',
}
XLSX_PARTS = (
    *("xl/sharedStrings.xml", "xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml", "customXml/item1.xml"),
    *("xl/comments1.xml", "xl/drawings/drawing1.xml", "xl/calcChain.xml", "[Content_Types].xml", "xl/workbook.xml"),
)
ODS_PARTS = ("styles.xml", "meta.xml", "settings.xml", "META-INF/documentsignatures.xml")
MAGIC = {
    "elf": b"\x7fELF\x02\x01\x01",
    "windows_program": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff",
    "java_class": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
    "sqlite": b"SQLite format 3\x00",
    "tar": b"list.csv".ljust(257, b"\0") + b"ustar\x0000",
    "xz": b"\xfd7zXZ\x00",
    "bzip2": b"BZh91AY&SY\x00\x01",
    "zstd": b"\x28\xb5\x2f\xfd\x00",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "video": b"\x00\x00\x00\x18ftypmp42\x00\x00",
    "sound": b"ID3\x04\x00\x00\x00\x00",
    "pickle": b"\x80\x04\x95\x0b\x00\x00\x00",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "rar": b"Rar!\x1a\x07\x01\x00",
    "seven_zip": b"7z\xbc\xaf\x27\x1c",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "rich_text": b"{\\rtf1 x}",
    "pdf": b"%PDF-1.4\n",
    "page": b"<!DOCTYPE html><html><body><table>",
    "svg": b"<?xml version='1.0'?><svg onload='alert(1)'/>",
}
BEHIND = {
    "page": b"<html><script>alert(1)</script></html>",
    "php": b"<?php system($_GET['x']); ?>",
    "pdf": b"%PDF-1.4\n%%EOF",
    "noughts": b"\0" * 4096,
    "line": b"\n",
    "zip": packed({"a.txt": "a"}),
}


def hostile_files() -> Files:
    """Returns file name to (bytes, the reasons it may be refused for), all kinds of them."""
    return {name: file for kind in KINDS for name, file in files_of(kind).items()}


KINDS = (
    *("tricks of their own", "document types", "far corners", "bombs", "polyglots"),
    *("names of parts", "broken files", "repetitions", "texts"),
)


@cache
def files_of(kind: str) -> Files:
    """Returns the files of one kind."""
    makers: dict[str, Callable[[], Files]] = {
        "tricks of their own": _tricks,
        "document types": _document_types,
        "far corners": _corners,
        "bombs": _bombs,
        "polyglots": _polyglots,
        "names of parts": _names,
        "broken files": _broken,
        "repetitions": _repeats,
        "texts": _texts,
    }
    return makers[kind]()


def _document_types() -> Files:
    """A document type in every part that a workbook may have, in every way of writing one."""
    files: Files = {}
    for kind, declared in DOCUMENT_TYPES.items():
        for part in XLSX_PARTS:
            body = f"{declared}<x>&a;&file;</x>"
            files[f"{kind}_in_{part.replace('/', '_')}.xlsx"] = (packed({**parts(), part: body}), "trap|damaged")
        for part in ODS_PARTS:
            files[f"{kind}_in_{part.replace('/', '_')}.ods"] = (opendocument("", **{part: f"{declared}<x/>"}), "trap")
    return files


def _corners() -> Files:
    """One cell too far away, written in every way a reader might understand."""
    files: Files = {}
    for place in ("ALM1", "XFD3", "AAAA9", "A100051", "A999999", "CV60000", "XFD1048576", "BZZ70000", "ZZZ1048576"):
        for quote, word in (('"', "double"), ("'", "single")):
            files[f"far_{place}_{word}.xlsx"] = (_far(place, quote), "extent|damaged|crash")
        number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        prefixed = (
            f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
            f'<x:row r="{number}"><x:c r="{place}" t="inlineStr"><x:is><x:t>x</x:t></x:is></x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        )
        files[f"far_{place}_prefixed.xlsx"] = (packed(parts({"Sheet1": prefixed})), "extent|damaged|crash|empty")
    return files


def _bombs() -> Files:
    """Parts that unpack to much more than they are."""
    files: Files = {}
    for part in (*XLSX_PARTS[:8], "xl/media/image1.png", "docProps/thumbnail.jpeg"):
        files[f"bomb_in_{part.replace('/', '_')}.xlsx"] = (workbook(**{part: b" " * (30 << 20)}), "unpacked")
    for part in ("content.xml", "styles.xml", "Pictures/1.png"):
        files[f"bomb_in_{part.replace('/', '_')}.ods"] = (opendocument("", **{part: b" " * (30 << 20)}), "unpacked")
    heavy = _noise(100 << 10, 5) + b"\0" * (6 << 20)
    files["bomb_of_many_parts.xlsx"] = (workbook(**{f"xl/media/{n}.bin": heavy for n in range(60)}), "unpacked")
    files["bomb_of_tags.xlsx"] = (
        workbook("<row>" + "<c/>" * 3_000_000 + "</row>"),
        "unpacked|damaged|crash|empty|extent",
    )
    files["bomb_of_depth.xlsx"] = (packed({**parts(), "xl/styles.xml": "<a>" * 200_000}), "unpacked|damaged|crash")
    for claimed in (0, 1, 2**31, 2**32 - 2):
        files[f"bomb_that_claims_{claimed}.xlsx"] = (_lying_size(claimed), "damaged|crash|unpacked")
    return files


def _polyglots() -> Files:
    """Two files in one, and files that are no spreadsheet at all under a spreadsheet's name."""
    good, ods = workbook(), opendocument("")
    files: Files = {}
    for name, magic in MAGIC.items():
        files[f"{name}_before.xlsx"] = (magic + good, "kind|encoding|two files|damaged")
        files[f"{name}_alone.csv"] = (magic + _noise(600, 6), "kind|encoding|crash|damaged")
    for name, tail in BEHIND.items():
        files[f"{name}_behind.xlsx"] = (good + tail, "two files|damaged|kind|parts")
        files[f"{name}_behind.ods"] = (ods + tail, "two files|damaged|kind|parts")
    for name in (
        "xl/embeddings/oleObject1.bin",
        "xl/media/image1.jpeg",
        "customXml/item1.xml",
        "xl/printerSettings1.bin",
    ):
        for inner, body in (("zip", good), ("ole", MAGIC_OLE + b"\0" * 600), ("gzip", MAGIC["gzip"] + b"\0" * 20)):
            files[f"{inner}_as_{name.replace('/', '_')}.xlsx"] = (workbook(**{name: body}), "nested")
    return files


MAGIC_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _names() -> Files:
    """Names of parts that lead elsewhere, and programs under any name."""
    bad = ("../x", "xl/../../x", "..\\x", "xl/..\\..\\x", "/x", "\\x", "//host/x", "c:/x", "xl/a:b", "xl/./../..")
    files: Files = {f"name_{n}.xlsx": (workbook(**{name: "x"}), "names") for n, name in enumerate(bad)}
    for n, name in enumerate(("xl/vbaProject.bin", "XL/VBAPROJECT.BIN", "vbaproject.bin", "xl/macros/vbaProject.bin")):
        files[f"macros_{n}.xlsm"] = (workbook(**{name: b"\xcc\x61"}), "macros")
    for n, name in enumerate(("a.zip", "xl/b.XLSX", "c.xlsm", "d.ods", "e.docx", "f.jar")):
        files[f"file_within_{n}.xlsx"] = (workbook(**{name: b"x"}), "nested")
    return files


def _broken() -> Files:
    """Files that break off at many places, or contradict themselves."""
    good, ods, rng = workbook(), opendocument(text_cell("Ada")), random.Random(7)
    files: Files = {}
    for n in range(20):
        files[f"cut_{n}.xlsx"] = (good[: rng.randrange(5, len(good) - 1)], "damaged")
        files[f"cut_{n}.ods"] = (ods[: rng.randrange(5, len(ods) - 1)], "damaged")
    for n in range(6):
        files[f"cut_{n}.xls"] = (MAGIC_OLE + _noise(rng.randrange(1, 4000), n), "crash|damaged|empty")
    for n, body in enumerate(
        ("", "<", "<workbook>", "<a/>", "\ufffe", "&#0;", "<workbook xmlns='x'><sheets/></workbook>")
    ):
        files[f"no_workbook_{n}.xlsx"] = (packed({**parts(), "xl/workbook.xml": body}), "damaged|empty|trap")
    for n, body in enumerate(
        ("", "<", "<worksheet>", "\x01", "<worksheet><sheetData><row r='0'><c r='0'><v>1</v></c></row>")
    ):
        files[f"no_sheet_{n}.xlsx"] = (packed({**parts(), "xl/worksheets/sheet1.xml": body}), "damaged|empty|crash")
    for method in (1, 6, 9, 14, 93, 99):
        files[f"packed_by_method_{method}.xlsx"] = (_method(good, method), "damaged|crash")
    files["checksum.xlsx"] = (_flipped(good), "damaged")
    return files


def _method(good: bytes, method: int) -> bytes:
    """Every part said to be packed in a way that nobody unpacks."""
    made = bytearray(good)
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset : at + offset + 2] = pack("<H", method)
            at = made.find(mark, at + 4)
    return bytes(made)


def _repeats() -> Files:
    """OpenDocument tables that say little and mean very much."""
    sizes = (
        (10**9, 1),
        (10**6, 10**3),
        (1_048_576, 1_024),
        (10**18, 10**9),
        (2**63, 2**63),
        (200_000, 2),
        (3_000, 5_000),
    )
    files: Files = {f"repeated_{n}.ods": (repeated(*size), "crash|damaged|extent|rows") for n, size in enumerate(sizes)}
    rows = f'<table:table-row table:number-rows-repeated="90000">{text_cell("x")}</table:table-row>' * 2
    files["repeated_twice.ods"] = (opendocument(rows), "rows")
    cells = text_cell("x", table_number_columns_repeated="900") * 3
    files["repeated_across.ods"] = (opendocument(f"<table:table-row>{cells}</table:table-row>"), "extent")
    for n, count in enumerate(("-1", "x", "1e9", "99999999999999999999999")):
        cell = text_cell("x", table_number_columns_repeated=count)
        files[f"repeated_nonsense_{n}.ods"] = (
            opendocument(f"<table:table-row>{cell}</table:table-row>"),
            "damaged|crash",
        )
    return files


def _texts() -> Files:
    """Text files that no export writes."""
    head = b"Forename,Surname,DOB\n"
    files: Files = {
        "quote_open.csv": (head + b'"Ada,Lark,14/03/2018\n' * 3, "quotes"),
        "quote_open_at_the_end.csv": (head + b'Ada,Lark,"14/03/2018', "quotes"),
        "quote_swallows.csv": (head + b'Ada,"Lark,1\nBo,Wren,2\nCy,Finch,3\nDee,Jay,4"\n', "quotes"),
        "long_cell.csv": (head + b"x" * 40_000 + b",Lark,1\n", "quotes"),
        "wide_row.csv": (head + b"x," * 1_500 + b"x\n", "extent"),
        "long_list.csv": (head + b"Ada,Lark,14/03/2018\n" * 100_060, "rows"),
        "nothing_but_separators.csv": (b",,,\n" * 2_000, "empty"),
        "nothing_but_lines.csv": (b"\r\n" * 2_000, "empty"),
        "half_a_letter.csv": (head.decode().encode("utf-16")[:-1], "encoding"),
        "cut_utf32.csv": (head.decode().encode("utf-32")[:-3], "encoding"),
    }
    for code in (0, 1, 2, 7, 8, 14, 15, 16, 22, 25, 27, 127):
        files[f"control_{code}.csv"] = (head + b"Ada" + bytes([code]) + b",Lark,1\n", "kind|encoding")
    return files


def _tricks() -> Files:
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
        "repeated_10_9_cells.ods": (repeated(1_000_000, 1_000), "crash|damaged|extent|rows"),
        "repeated_rows_beyond_numbers.ods": (repeated(10**18, 10**9), "crash|damaged|extent|rows"),
        "repeated_90_million_cells.ods": (repeated(9_000, 10_000), "crash"),
        "repeated_rows_million.ods": (repeated(1_048_576, 1), "crash|damaged|extent|rows"),
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
