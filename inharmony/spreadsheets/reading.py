"""The calling side: pre-checks a file, has it read by the limited child, and takes in what the child answers."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from . import limits, precheck
from .refusal import Unreadable
from .sheet import Book, Cell, CellError, Row, Sheet, Span

_PACKAGE = Path(__file__).resolve().parent
# The package is entered without its `__init__`, which loads this side; `import inharmony` would load the task queue.
START = (
    "import sys, types; package = types.ModuleType('spreadsheets'); package.__path__ = [sys.argv.pop(1)];"
    " sys.modules['spreadsheets'] = package; sys.path.append(sys.argv.pop(1));"
    " from spreadsheets.child import main; main(*sys.argv[1:])"
)


def _libraries() -> str:
    """The folder that holds the reader; the child looks nowhere else for what is not Python's own."""
    found = find_spec("python_calamine")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).resolve().parents[1])


LIBRARIES = _libraries()


def read(source: Path | str | bytes, filename: str, *, seconds: float = limits.WALL_SECONDS) -> Book:
    """The sheets of a spreadsheet file given as its path or its bytes; `filename` is only used in messages.

    Takes .xlsx, .ods, .xls, .csv and .tsv by content. Raises Unreadable, whose text tells the person what is wrong
    and what to do, for anything else, for anything past the limits, for a file without any visible row, and
    whenever the child ends without an answer.
    """
    # it goes to the child and into messages: no NUL, no half of a letter, no mark that turns the writing about
    filename = "".join(letter if letter.isprintable() else "?" for letter in filename[-500:].replace("\\", "/"))
    filename = Path(filename).name[:120] or "the file"
    data = source if isinstance(source, bytes) else _bytes_of(Path(source), filename)
    kind = precheck.kind_of(data, filename)
    book = _read_in_child(kind, data, filename, seconds)
    _require_visible_rows(book, filename)
    return book


def _bytes_of(path: Path, filename: str) -> bytes:
    try:
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if size > limits.FILE_BYTES:
                raise Unreadable("size", precheck.too_large(size, filename))
            return opened.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise Unreadable("missing", f"“{filename}” cannot be opened: {error.strerror}.") from error


def _read_in_child(kind: str, data: bytes, filename: str, seconds: float) -> Book:
    with _as_open_file(data) as given:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own package
            [
                sys.executable,
                "-I",
                "-S",
                "-X",
                "utf8",
                "-c",
                START,
                str(_PACKAGE),
                LIBRARIES,
                kind,
                filename,
            ],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a panic of the reader may print cells
            env={},
            cwd="/",
            start_new_session=True,
        )
    out_of_time = threading.Event()

    def stop() -> None:
        out_of_time.set()
        child.kill()

    clock = threading.Timer(seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        assert child.stdout is not None
        book = _book(_answers(child.stdout))
    finally:
        clock.cancel()
        child.kill()
        child.communicate()
    if book is None:
        raise _no_answer(filename, out_of_time=out_of_time.is_set())
    return book


def _as_open_file(data: bytes) -> IO[bytes]:
    """The bytes as a file that has no name anywhere, so that nothing of it can be left behind."""
    opened = os.fdopen(os.memfd_create("roster", os.MFD_CLOEXEC), "w+b")
    opened.write(data)
    opened.seek(0)
    return opened


def _answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The child's lines; ends early where it breaks off or says more than a sheet can hold."""
    taken = 0
    for line in stream:
        taken += len(line)
        if taken > limits.ANSWER_BYTES or not line.endswith(b"\n"):
            return
        yield json.loads(line)


def _book(answers: Iterator[dict[str, Any]]) -> Book | None:
    """The book, or None where the answer breaks off."""
    head: dict[str, Any] = {}
    found: list[tuple[dict[str, Any], list[Row]]] = []
    for line in answers:
        if "numbers" in line:
            found[-1][1].extend(_rows(line))
        elif "sheet" in line:
            found.append((line, []))
        elif "unreadable" in line:
            raise Unreadable(line["unreadable"], line["message"])
        elif "end" in line:
            sheets = tuple(_sheet(known, rows) for known, rows in found)
            return Book(head["format"], head["encoding"], sheets, tuple(head["notes"]))
        else:
            head = line
    return None


def _sheet(known: dict[str, Any], rows: list[Row]) -> Sheet:
    return Sheet(known["sheet"], known["hidden"], tuple(rows), tuple(Span(*span) for span in known["merged"]))


def _rows(line: dict[str, Any]) -> Iterator[Row]:
    cells = zip(*map(_column, line["columns"]), strict=True)
    return map(Row, line["numbers"], map(_without_blank_end, cells))


def _without_blank_end(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if cells[-1] is not None:
        return cells
    held = len(cells) - 1
    while held and cells[held - 1] is None:
        held -= 1
    return cells[:held]


def _column(sent: dict[str, Any]) -> list[Cell]:
    values: list[Cell] = sent["values"]
    if "dates" in sent:
        values = [None if value is None else date.fromisoformat(value) for value in sent["values"]]
    for at, kind, value in sent.get("special", ()):
        values[at] = _SPECIAL[kind](value)
    return list(map(values.__getitem__, sent["at"])) if "at" in sent else values


_SPECIAL: dict[str, Callable[[str], Cell]] = {
    "error": CellError,
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
    "text": str,
}


def _no_answer(filename: str, *, out_of_time: bool) -> Unreadable:
    advice = "Copy only the list into a new workbook, save it as .xlsx and send that."
    if out_of_time:
        return Unreadable("time", f"“{filename}” takes too long to read. {advice}")
    return Unreadable("crash", f"“{filename}” cannot be read: reading it failed or needed too much memory. {advice}")


def _require_visible_rows(book: Book, filename: str) -> None:
    if book.visible:
        return
    shown = [sheet.name for sheet in book.sheets if not sheet.hidden]
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    if not book.sheets:
        raise Unreadable("empty", f"“{filename}” has no sheets. Save the list as an Excel workbook (.xlsx) again.")
    words = f"“{filename}” is empty"
    if any(shown):
        words += f": {_named(shown, 'has', 'have')} no rows"
    if hidden:
        words += f". {_named(hidden, 'is', 'are')} hidden and not read; if the list is there, show it first".replace(
            ". sheet", ". Sheet"
        )
    raise Unreadable("empty", f"{words}. Put the list on a visible sheet, save it and send it again.")


def _named(names: list[str], one: str, many: str) -> str:
    quoted = ", ".join(f"“{name}”" for name in names)
    return f"sheet {quoted} {one}" if len(names) == 1 else f"sheets {quoted} {many}"
