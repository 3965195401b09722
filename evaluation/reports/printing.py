"""From contents to pages: charts drawn, HTML set, PDF made. Only for workers and commands."""

from collections.abc import Mapping

from django.template.loader import render_to_string

from evaluation.charts.svg import MEASURED_IN, drawn
from evaluation.reports.declaration import DRAFT, Contents, Report, Standing
from evaluation.reports.letters import DISPLAY, FACES, TEXT, files_of
from evaluation.reports.photos import read_photos
from inharmony.pdf import Pdf, make_pdf

# in pixels of 1/96 inch: the width of the page's text, and of half of it
WIDE, HALF = 640, 300
FOLDER = "pdf"
# what the list of contents holds besides the sections: both parts, and the three that end every report
LISTED_TOO = 5
PARTS = ("report.css", "motif.svg", "draft.svg")


def draw_charts(contents: Contents) -> dict[str, bytes]:
    """Returns each chart as SVG, by its name as `static:chart-<key>.svg`."""
    return {
        f"chart-{part.chart.key}.svg": drawn(
            part.chart,
            width=WIDE if part.is_wide else HALF,
            colour=contents.colour,
            font=TEXT.family,
            measured_in=MEASURED_IN,
        ).encode()
        for part in contents.drawn_parts
        if part.chart
    }


def set_pages(report: Report, contents: Contents, standing: Standing = DRAFT) -> str:
    """Returns the report as HTML: the same that a browser would show."""
    return render_to_string(report.template, {"report": report, "contents": contents, "standing": standing})


def parts_of(contents: Contents, pictures: Mapping[str, bytes], standing: Standing = DRAFT) -> dict[str, bytes]:
    """Returns all that the HTML may use, by its name as `static:<name>`: sheet, drawings, pictures and letters."""
    look = {
        "colour": contents.colour,
        "faces": FACES,
        "text": TEXT.family,
        "display": DISPLAY.family,
        "is_draft": standing.is_draft,
        "listed": (len(contents.annex) + LISTED_TOO + 1) // 2,
    }
    parts = {name: render_to_string(f"{FOLDER}/{name}", look).encode() for name in PARTS}
    return {**parts, **pictures, **files_of()}


def print_pages(contents: Contents, html: str, pictures: Mapping[str, bytes], standing: Standing = DRAFT) -> Pdf:
    """Returns the HTML with its charts and photos as a tagged PDF; raises what inharmony.pdf raises."""
    return make_pdf(html, parts_of(contents, pictures, standing))


def printed(report: Report, contents: Contents) -> Pdf:
    """Returns the whole report as a PDF, in one go; raises what the parts raise."""
    return print_pages(contents, set_pages(report, contents), {**draw_charts(contents), **read_photos(contents)})
