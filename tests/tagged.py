"""A tagged PDF as somebody who hears it gets it: its tree with the words of each tag, and what stands where."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.generic import ContentStream

Matrix = tuple[float, ...]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Tag:
    """One element: what it is, the first page it is on, what it says of itself, and what is in it, in order."""

    kind: str
    page: int = 0
    alt: str = ""
    id: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    kids: list["Tag"] = field(default_factory=list)
    words: str = ""  # its own, directly in it
    leads_to: list[str] = field(default_factory=list)

    def all(self, *kinds: str) -> list["Tag"]:
        """Returns every element of these kinds below it, in order of reading."""
        return [tag for tag in self if tag.kind in kinds]

    def __iter__(self) -> Iterator["Tag"]:
        for kid in self.kids:
            yield kid
            yield from kid

    @property
    def text(self) -> str:
        """All words in it, with every run of space as one."""
        return re.sub(r"\s+", " ", " ".join([self.words, *(kid.text for kid in self.kids)])).strip()


@dataclass(frozen=True)
class Piece:
    """A run of letters, or a drawing, on a page: how it is marked, and from where to where it reaches, in points."""

    text: str
    mark: int | None
    is_artifact: bool
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    is_drawing: bool = False


class Tagged:
    """A PDF, read."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(data))
        self.root = self.reader.trailer["/Root"]
        self.pages = [list(_Painter(page, self.reader)) for page in self.reader.pages]
        self._numbers = {page.indirect_reference.idnum: at for at, page in enumerate(self.reader.pages)}
        self._heard: dict[tuple[int, int], Tag] = {}
        (top,) = self.root["/StructTreeRoot"]["/K"]
        self.tree = self._tag(top.get_object())

    def artifacts(self, page: int) -> str:
        """Returns the words of a page that nobody hears."""
        return re.sub(r"\s+", " ", " ".join(piece.text for piece in self.pages[page] if piece.is_artifact)).strip()

    def drawings(self) -> list[Tag | None]:
        """Returns in which element each drawing is, in order; None for an artifact."""
        return [
            None if piece.is_artifact else self._heard[page, piece.mark]
            for page, pieces in enumerate(self.pages)
            for piece in pieces
            if piece.is_drawing
        ]

    def unmarked(self) -> list[Piece]:
        """Returns what is neither in the tree nor an artifact."""
        return [
            piece
            for page, pieces in enumerate(self.pages)
            for piece in pieces
            if not piece.is_artifact and (page, piece.mark) not in self._heard
        ]

    def lines(self, tag: Tag) -> list[float]:
        """Returns how high each piece of an element stands, in points from the foot of its page."""
        marks = {mark for (page, mark), heard in self._heard.items() if page == tag.page and heard in list(tag)}
        return [piece.base for piece in self.pages[tag.page] if piece.mark in marks]

    def outline(self) -> list[tuple[int, str, int]]:
        """Returns level, title and page (from 0) of each bookmark, in order."""
        return list(self._bookmarks(self.reader.outline, 1))

    def page_of(self, name: str) -> int:
        """Returns the page that a link of that name leads to."""
        return self.reader.get_destination_page_number(self.reader.named_destinations[name])

    def _bookmarks(self, entries, level: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._bookmarks(entry, level + 1)
            else:
                yield level, entry.title, self.reader.get_destination_page_number(entry)

    def _tag(self, node) -> Tag:
        page = self._numbers[node.raw_get("/Pg").idnum] if "/Pg" in node else 0
        look = node.get("/A", {})
        tag = Tag(
            kind=node["/S"][1:],
            page=page,
            alt=str(node.get("/Alt", "")),
            id=str(node.get("/ID", "")),
            scope=str(look.get("/Scope", ""))[1:],
            headers=tuple(map(str, look.get("/Headers", ()))),
        )
        for kid in node["/K"]:
            if isinstance(kid, int):
                self._heard[page, int(kid)] = tag
                tag.words += "".join(piece.text for piece in self.pages[page] if piece.mark == kid)
            elif (inner := kid.get_object()).get("/Type") == "/OBJR":
                tag.leads_to.append(str(inner["/Obj"]["/Dest"]))
            else:
                tag.kids.append(self._tag(inner))
        return tag


class _Painter:
    """Goes through what a page paints. Knows only what WeasyPrint writes: two bytes a letter, and TJ."""

    def __init__(self, page, reader) -> None:
        resources = page["/Resources"]
        self._fonts = {name: _Font(font.get_object()) for name, font in resources.get("/Font", {}).items()}
        self._operations = ContentStream(page.get_contents(), reader).operations
        self._here = self._line = IDENTITY
        self._kept: list[Matrix] = []
        self._marks: list[tuple[bool, int | None]] = []

    def __iter__(self) -> Iterator[Piece]:
        font, size = None, 1.0
        for operands, operator in self._operations:
            self._move(operands, operator)
            self._mark(operands, operator)
            if operator == b"Tf":
                font, size = self._fonts[operands[0]], float(operands[1])
            elif operator == b"TJ" and font:
                text, width = font.read(operands[0])
                a, *_, left, base = _times(self._line, self._here)
                yield Piece(text, *self._marked, left, left + width * size / 1000 * a, base)
            elif operator == b"Do":
                yield Piece("", *self._marked, is_drawing=True)

    def _move(self, operands, operator: bytes) -> None:
        match operator:
            case b"q":
                self._kept.append(self._here)
            case b"Q":
                self._here = self._kept.pop()
            case b"cm":
                self._here = _times(tuple(map(float, operands)), self._here)
            case b"Tm":
                self._line = tuple(map(float, operands))

    def _mark(self, operands, operator: bytes) -> None:
        match operator:
            case b"BMC":
                self._marks.append((operands[0] == "/Artifact", None))
            case b"BDC":
                self._marks.append((False, int(operands[1]["/MCID"])))
            case b"EMC":
                self._marks.pop()

    @property
    def _marked(self) -> tuple[int | None, bool]:
        mark = next((mark for _, mark in reversed(self._marks) if mark is not None), None)
        return mark, any(is_artifact for is_artifact, _ in self._marks)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


class _Font:
    """What its codes mean, and how wide they are."""

    def __init__(self, font) -> None:
        pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>\n", font["/ToUnicode"].get_data())
        self._letters = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
        self._widths: dict[int, float] = {}
        widths = list(font["/DescendantFonts"][0].get_object()["/W"])
        for first, run in zip(widths[::2], widths[1::2], strict=True):
            self._widths |= {int(first) + at: float(width) for at, width in enumerate(run)}

    def read(self, parts) -> tuple[str, float]:
        text, width = "", 0.0
        for part in parts:
            if isinstance(part, int | float):
                width -= float(part)
                continue
            data = part if isinstance(part, bytes) else part.original_bytes
            for code in (int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)):
                text += self._letters.get(code, "")
                width += self._widths.get(code, 1000.0)
        return text, width
