"""The letters of reports: Source Serif and Source Sans, from packages, so that paper looks alike from every machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True)
class Letters:
    """A family of letters: its name, and the package that its files lie in."""

    family: str
    package: str


@dataclass(frozen=True)
class Face:
    """One face of a family: as style sheets ask for it, and its file."""

    letters: Letters
    file: str
    weight: int = 400
    style: str = "normal"


# both by Adobe, under the SIL Open Font License 1.1
TEXT = Letters("Source Sans Pro", "font_source_sans_pro")
DISPLAY = Letters("Source Serif Pro", "font_source_serif_pro")
FACES = (
    Face(TEXT, "SourceSansPro-Regular.ttf"),
    Face(TEXT, "SourceSansPro-It.ttf", style="italic"),
    Face(TEXT, "SourceSansPro-Semibold.ttf", 600),
    Face(DISPLAY, "SourceSerifPro-Regular.ttf"),
    Face(DISPLAY, "SourceSerifPro-Semibold.ttf", 600),
)


def folder_of(letters: Letters) -> Path:
    """Returns the folder that the files of a family lie in."""
    return Path(str(files(letters.package) / "files"))


@cache
def files_of() -> Mapping[str, bytes]:
    """Returns every face's file by its name."""
    return {face.file: (folder_of(face.letters) / face.file).read_bytes() for face in FACES}
