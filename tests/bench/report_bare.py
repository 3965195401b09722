"""The floor of reports: WeasyPrint and nothing else, on the HTML and the files that the portal would print.

    python -m tests.bench.report_bare FOLDER

says "ready", waits for a line, renders what lies in the folder until nothing is left, beside others that do the same, says
"done" and waits for a line again.
"""

import pickle
import sys
from collections.abc import Mapping
from pathlib import Path

TYPES = {"css": "text/css", "jpg": "image/jpeg", "svg": "image/svg+xml", "ttf": "font/ttf"}
WAITS, TAKEN = ".waits", ".taken"


def bare(html: str, files: Mapping[str, bytes]) -> bytes:
    """Returns a tagged PDF as WeasyPrint writes it by itself."""
    import weasyprint

    class FromMemory(weasyprint.urls.URLFetcher):
        def fetch(self, url, headers=None):
            name = url.partition(":")[2]
            kind = TYPES[name.rpartition(".")[2]]
            return weasyprint.urls.URLFetcherResponse(url, files[name], {"Content-Type": kind})

    fetcher = FromMemory(allowed_protocols={"static"})
    return weasyprint.HTML(string=html, base_url="static:", url_fetcher=fetcher).write_pdf(pdf_tags=True)


def lay_out(folder: Path, number: int, html: str, files: Mapping[str, bytes]) -> None:
    """Puts what one rendering is made of into a folder."""
    (folder / f"{number:03}{WAITS}").write_bytes(pickle.dumps((html, dict(files))))


def put_back(folder: Path) -> None:
    """Has everything in a folder wait again."""
    for taken in folder.glob(f"*{TAKEN}"):
        taken.rename(taken.with_suffix(WAITS))


def render_all(folder: Path) -> None:
    """Takes one rendering after the other, in order, and leaves a PDF of each."""
    for waiting in sorted(folder.glob(f"*{WAITS}")):
        taken = waiting.with_suffix(TAKEN)
        try:
            waiting.rename(taken)
        except FileNotFoundError:
            # the process beside this one was first
            continue
        html, files = pickle.loads(taken.read_bytes())
        taken.with_suffix(".pdf").write_bytes(bare(html, files))


if __name__ == "__main__":
    import weasyprint  # noqa: F401 - so that rendering can begin at once

    print("ready", flush=True)
    sys.stdin.readline()
    render_all(Path(sys.argv[1]))
    print("done", flush=True)
    # so that what it worked can still be read
    sys.stdin.readline()
