"""
HTML to tagged PDF, for workers and commands. Nothing is fetched but what the caller hands over.

WeasyPrint's own fetcher opens files and addresses, and embeds a local file as an attachment when the HTML asks for it.
Ours knows one scheme, `static:`, which names entries of a dictionary in memory; anything else ends the rendering.
"""

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from inharmony.pdf_tags import mend_tags

LIBRARIES = "libpango-1.0-0 and libpangoft2-1.0-0"
# what a relative address in the HTML is joined to: so that it, too, is refused loudly
NOWHERE = "https://nothing-is-fetched.invalid/"
TYPES = {"css": "text/css", "jpg": "image/jpeg", "svg": "image/svg+xml", "ttf": "font/ttf"}
# of photos: as fine as an office printer shows, and no larger a file
PHOTOS = {"dpi": 200, "jpeg_quality": 78}


class PdfLibrariesMissingError(Exception):
    """The two system libraries that set text are not on this machine; the text says what to do."""


class PdfRefusedError(Exception):
    """The HTML asks for something that was not handed over; the text names it."""


@dataclass(frozen=True)
class Pdf:
    """A finished PDF and its number of pages."""

    data: bytes
    pages: int


def make_pdf(html: str, files: Mapping[str, bytes]) -> Pdf:
    """
    Returns the HTML as a tagged PDF, with the language and title it names.

    `files` holds what it may use as `static:<name>`, by name (.css, .jpg, .svg or .ttf). Raises
    PdfLibrariesMissingError, or PdfRefusedError when the HTML asks for anything else.
    """
    weasyprint = load()
    fetcher = _fetcher_of(weasyprint, files)
    faults = _Faults()
    log = logging.getLogger("weasyprint")
    log.addHandler(faults)
    try:
        made = _set(weasyprint, html, fetcher)
    except weasyprint.urls.FatalURLFetchingError as refused:
        raise _refusal(str(refused)) from refused
    finally:
        log.removeHandler(faults)
    # inside a drawing WeasyPrint swallows what went wrong, and leaves the drawing out
    if fetcher.refused or faults.said:
        raise _refusal(", ".join([*fetcher.refused, *faults.said]))
    return made


def _set(weasyprint: Any, html: str, fetcher: Any) -> Pdf:
    with _nothing_collected():
        source = weasyprint.HTML(string=html, base_url=NOWHERE, url_fetcher=fetcher)
        document = source.render(pdf_tags=True, **PHOTOS)
        data = document.write_pdf(pdf_tags=True, finisher=mend_tags, **PHOTOS)
        return Pdf(bytes(data), len(document.pages))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """
    Keeps the garbage collector out of a document that is being set: its boxes live until it is written, and looking
    through them again and again takes a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refusal(what: str) -> PdfRefusedError:
    return PdfRefusedError(
        f"The report asks for something outside itself, or for a picture nobody can draw, and was not made: {what}. "
        "Remove the link or picture and ask for the report again."
    )


class _Faults(logging.Handler):
    """Keeps what WeasyPrint calls an error: a part of the report would be missing."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def load() -> Any:
    """Returns WeasyPrint, loaded; raises PdfLibrariesMissingError."""
    for chatty in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        # loaded here: web processes import what leads to this module and must stay small
        import weasyprint
    except OSError as missing:
        raise PdfLibrariesMissingError(
            f"PDFs need the system libraries {LIBRARIES}, and this machine lacks them. Install them (Debian and "
            "Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0), start the worker again and ask for the report "
            "again. Nothing is lost."
        ) from missing
    return weasyprint


def _fetcher_of(weasyprint: Any, files: Mapping[str, bytes]) -> Any:
    class OnlyWhatWasHandedOver(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # its base comes untyped
        refused: list[str]

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002 - the base's signature
            scheme, _, name = url.partition(":")
            if scheme != "static" or name not in files:
                self.refused.append(url)
                raise PermissionError("only static: files of the report itself may be used")
            kind = TYPES[name.rpartition(".")[2]]
            return weasyprint.urls.URLFetcherResponse(url, files[name], {"Content-Type": kind})

    fetcher = OnlyWhatWasHandedOver(allowed_protocols={"static"}, allow_redirects=False, fail_on_errors=True)
    fetcher.refused = []
    return fetcher
