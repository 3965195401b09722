"""A report as somebody hears it, tag by tag, and as it lies on its pages."""

import html as markup
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from evaluation.actions.release import cut_release
from evaluation.actions.words import Asked, write_words
from evaluation.figures.period import whole_year
from evaluation.reports.declaration import Contents, Line, Of, Part, Quote, Section, Subject
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.printing import draw_charts, print_pages, printed, set_pages
from evaluation.reports.registry import REPORTS
from evaluation.reports.school import FOR_THE_SCHOOL, SCHOOL_PARTICIPATION
from evaluation.returns.report_words import IMPACT, PARTICIPATION, REPORT_WORDS
from inharmony.access.scope import Scope, scope_of, scoped
from outcomes.actions.analyse import analyse
from outcomes.actions.award import Taken, record_awards
from outcomes.awards.boards import BY_KEY
from outcomes.indicators import INDICATORS
from participants.models import Child
from participants.queries.photo import InReport
from programmes.models import Income, Programme
from schools.models import School
from tests import machinery
from tests.databases import connected_as
from tests.factories import evaluation, participants, photos, programmes, schools, stories
from tests.factories.schools import this_year
from tests.inharmony.test_pdf import VECTORS
from tests.outcomes import planting
from tests.outcomes.compared import publish
from tests.people import person
from tests.tagged import Tagged

# in points: the width of A4, less the margin that a page of text leaves free
A4 = 595.28
MARGIN = 56.5
MEGABYTE = 1_000_000
AUTUMN = date(2026, 10, 6)
YEARS = 14
# of what can be asked, all whose words are ours
ASKED = ("music", "family", "staff", "tutor")
# where the columns of the list of contents end
EDGES = (A4 / 2 - 11.3, A4 - MARGIN)
LONG_HUB = "Northumberland, Tyneside and Durham Dale"
LONG_NAME = "In Harmony Northumberland, Tyneside and County Durham Dales "
COVER = (("H1", ""), ("P", "Participation report"))
LONG_SCHOOL = "Saint Bartholomew and All Saints Church of England Primaries"


@dataclass
class Made:
    """One report: what it says, as HTML, and as a PDF that was read."""

    contents: Contents
    html: str
    pdf: Tagged
    size: int

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Level and words of each heading of the HTML, in order."""
        found = re.findall(r"<(h\d)\b[^>]*>(.*?)</\1>", self.html, re.DOTALL)
        return [(level.upper(), markup.unescape(words)) for level, words in found]


_made: dict[Of, Made] = {}


@pytest.fixture(params=[PROGRAMME_PARTICIPATION, SCHOOL_PARTICIPATION], ids=["programme", "school"])
def report(request, cast, queue):
    """The participation report of Liverpool, and of a school there. Printed once: nothing here changes it."""
    declared = request.param
    if declared.of not in _made:
        evaluation.country(cast)
        school = School.objects.get(name="Liverpool School 4") if declared.of == Of.SCHOOL else None
        _made[declared.of] = make(declared, Subject(cast.liverpool, school), cast.joanne)
    return _made[declared.of]


def make(declared, about, user):
    with scoped(scope_of(user)):
        contents = declared.contents(about, this_year().year, user)
    data = printed(declared, contents).data
    return Made(contents, set_pages(declared, contents), Tagged(data), len(data))


def over_the_edge(pdf):
    """Returns the words that stand outside the text of their page."""
    return [
        piece
        for page in pdf.pages
        for piece in page
        if not piece.is_drawing and not MARGIN < piece.left <= piece.right < A4 - MARGIN + 0.5
    ]


def test_it_says_what_it_is(report):
    root, title = report.pdf.root, re.search(r"<title>(.*?)</title>", report.html)[1]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert report.pdf.reader.xmp_metadata.dc_title == {"x-default": title}
    assert report.pdf.reader.metadata.title == title


def test_headings_are_heard_in_the_order_of_the_page_and_skip_no_level(report):
    heard = [(tag.kind, tag.text) for tag in report.pdf.tree.all("H1", "H2", "H3", "H4")]
    assert heard == report.headings
    assert heard[0] == ("H1", report.contents.title)
    assert all(int(after[0][1]) - int(before[0][1]) <= 1 for before, after in pairwise(heard))


def test_each_chart_is_a_picture_with_its_words_and_nothing_else_is(report):
    figures = report.pdf.tree.all("Figure")
    charts = [part.chart for part in report.contents.drawn_parts]
    assert [tag.alt for tag in figures] == [
        f"{chart.title}. {chart.words} The table gives the same numbers." for chart in charts
    ]
    # year groups, new, leaving, hours and weeks: of a school the others would tell of a few children
    assert len(charts) == (1 if report.contents.mark == FOR_THE_SCHOOL else 5)
    drawn = report.pdf.drawings()
    # a chart is drawn in several strokes
    assert {id(tag) for tag in drawn if tag is not None} == {id(tag) for tag in figures}
    # the motif of the cover, and DRAFT on every page after it
    assert drawn.count(None) >= len(report.pdf.pages)


def test_each_table_is_rows_of_cells_that_know_their_headings(report):
    tables = report.pdf.tree.all("Table")
    shown = [table for table in report.contents.tables if table.rows]
    assert len(tables) == len(shown) >= 2
    for tag, table in zip(tables, shown, strict=True):
        rows = [*table.rows, *([table.total] if table.total else [])]
        head, *body = tag.all("TR")
        assert [cell.text for cell in head.kids] == [table.heading, *table.columns]
        assert {(cell.kind, cell.scope) for cell in head.kids} == {("TH", "Column")}
        columns = [cell.id for cell in head.kids]
        assert all(columns)
        for line, row in zip(body, rows, strict=True):
            first, *cells = line.kids
            assert (first.kind, first.scope, first.text) == ("TH", "Row", row.heading)
            assert [cell.text for cell in cells] == [cell.written for cell in row.cells]
            assert [cell.kind for cell in cells] == ["TD"] * len(cells)
            assert [cell.headers for cell in cells] == [(first.id, column) for column in columns[1:]]
        (caption,) = [kid for kid in tag.kids if kid.kind == "Caption"]
        assert caption.text.startswith(table.caption)


def test_a_table_over_pages_repeats_its_head_and_says_its_total_once(report):
    section = report.contents.sections[0]
    table = section.parts[0].table
    many = replace(section, parts=(Part(replace(table, rows=table.rows * 40, total=table.rows[0])),))
    long = replace(report.contents, sections=(many,))
    tables = Tagged(printed(SCHOOL_PARTICIPATION, long).data).tree.all("Table")
    assert len(tables) >= 2
    # WeasyPrint tags each page's piece as a table of its own, with its head: tests/inharmony/test_pdf_tags.py
    assert [len(piece.all("THead")) for piece in tables] == [1] * len(tables)
    assert [len(piece.all("TFoot")) for piece in tables] == [0] * (len(tables) - 1) + [1]


def test_lists_hold_items_and_nothing_else(report):
    lists = report.pdf.tree.all("L")
    assert len(lists) >= 3
    assert {kid.kind for tag in lists for kid in tag.kids} == {"LI"}
    assert {kid.kind for tag in lists for item in tag.kids for kid in item.kids} == {"Lbl", "LBody"}
    *_, shows_not, sources = ([item.kids[-1].text for item in tag.kids] for tag in lists)
    assert shows_not == list(report.contents.shows_not)
    assert sources == list(report.contents.sources)
    assert sources[0].startswith("Children, attendance and hours: the registers that In Harmony Liverpool took")


def test_the_list_of_contents_leads_to_each_section_and_says_its_page(report):
    where = {tag.text: tag.page for tag in report.pdf.tree.all("H1", "H2")}
    first = report.pdf.tree.all("L")[0]
    links = first.all("Link")
    named = ["The year in figures", "The year in full", *(section.title for section in report.contents.annex)]
    assert [link.text for link in links] == [*named, "What the numbers mean", "What this does not show", "Sources"]
    for item, link in zip(first.kids, links, strict=True):
        (place,) = link.leads_to
        assert report.pdf.page_of(place) == where[link.text]
        assert item.text == f"{link.text} {where[link.text] + 1}"
    assert report.pdf.tree.all("Link") == links
    # the numbers stand below each other, at the edges of two columns
    pieces = report.pdf.pages[links[0].page]
    numbers = [piece for piece in pieces if piece.mark is not None and piece.text.isdigit()]
    edges = [piece for piece in numbers for edge in EDGES if piece.right == pytest.approx(edge, abs=1)]
    assert len(edges) >= len(links)


def test_bookmarks_are_the_sections_in_order_with_their_pages(report):
    figures = {figure.name for figure in report.contents.figures}
    headings = [tag for tag in report.pdf.tree.all("H1", "H2", "H3") if tag.text not in {*figures, "Contents"}]
    assert report.pdf.outline() == [(int(tag.kind[1]), tag.text, tag.page) for tag in headings]


def test_running_heads_and_feet_are_on_every_page_and_heard_on_none(report):
    cover, *pages = range(len(report.pdf.pages))
    assert report.pdf.artifacts(cover) == ""
    for page in pages:
        said = report.pdf.artifacts(page)
        assert "Participation report" in said
        assert "Draft, not issued. " in said
        assert said.endswith(f" {page + 1}")
    assert report.pdf.tree.text.count("Draft, not issued") == 1
    assert report.pdf.unmarked() == []


def test_what_weasyprint_does_not_tag(report):
    """
    The present state, named exactly: of PDF/UA-1 (ISO 14289-1) this is missing. When WeasyPrint can, this fails.

    7.3   a chart and its words are no one thing: the figure of the HTML is no element, its caption stands alone
    7.18  a link is described by the name of its place, not by words
    5     so no conformance is claimed
    And a meaning is two items of a list, the name and then what it counts: PDF 1.7 has no tag for it.
    """
    beside = [tag for tag in report.pdf.tree if [kid.kind for kid in tag.kids] == ["Caption", "NonStruct"]]
    assert [tag.kind for tag in beside if tag.all("Figure")] == ["NonStruct"] * len(report.contents.drawn_parts)
    annotations = [note.get_object() for page in report.pdf.reader.pages for note in page.get("/Annots", [])]
    assert all(note["/Contents"] == note["/Dest"] for note in annotations)
    assert b"pdfuaid:part" not in report.pdf.root["/Metadata"].get_data()
    # one list a page
    meanings = [item.text for tag in report.pdf.tree.all("L")[1:-2] for item in tag.kids]
    assert meanings == [said for one in report.contents.meanings for said in (one.name, one.counts)]


@pytest.mark.parametrize("of", [Of.PROGRAMME, Of.SCHOOL])
def test_nothing_reaches_over_the_edge_with_the_longest_names_one_school_and_nothing_cancelled(db, queue, of):
    hub = programmes.programme(LONG_HUB)
    hub.name = LONG_NAME.strip()
    hub.save()
    manager = person("Bartholomew Featherstonehaugh", "manager", programme=hub)
    school = schools.school(LONG_SCHOOL)
    programmes.partner(hub, school)
    with scoped(Scope(frozenset({hub.pk}))):
        names = [("Alexandrina", f"Child {number}") for number in range(20)]
        children = participants.children(hub, school, by=manager, names=names)
        ensemble = programmes.ensemble(hub, "Year 4", school=school)
        participants.join(ensemble, children, by=manager)
        evaluation.register(programmes.session(ensemble), "p" * 20, by=manager)
    declared = SCHOOL_PARTICIPATION if of == Of.SCHOOL else PROGRAMME_PARTICIPATION
    made = make(declared, Subject(hub, school if of == Of.SCHOOL else None), manager)
    assert LONG_SCHOOL in made.pdf.tree.text
    assert len(LONG_SCHOOL) == 60
    assert over_the_edge(made.pdf) == []
    assert whole_year(this_year().year).title in made.pdf.tree.text
    # on the cover the name, however long, stands clear above what the report is
    name, title = (next(tag for tag in made.pdf.tree.all(kind) if tag.text.startswith(words)) for kind, words in COVER)
    assert len(set(made.pdf.lines(name))) > 1
    assert min(made.pdf.lines(name)) > max(made.pdf.lines(title)) + 24


@pytest.fixture
def full(committed_cast, shelf, fresh_database):
    """
    A year in which everything was asked, told and written down, in a hub and a school of long names, and a release.

    Thirteen earlier years have a session. Returns the cast and the school.
    """
    cast = committed_cast
    evaluation.country(cast)
    hub, by = cast.liverpool, cast.joanne
    place = School.objects.get(name="Liverpool School 4")
    with connected_as("owner", fresh_database):
        School.objects.filter(pk=place.pk).update(name=LONG_SCHOOL)
        Programme.objects.filter(pk=hub.pk).update(name=LONG_NAME.strip(), short_name=LONG_HUB)
    hub.refresh_from_db()
    place.refresh_from_db()
    publish(2024, {place: {"roll": 210, "expected_percent": 55, "attendance_percent": 94}})
    with scoped(scope_of(by)):
        children = list(Child.objects.filter(enrolments__school=place).order_by("pk"))
        record_awards(
            kind=BY_KEY["abrsm.practical.1"],
            taken_on=AUTUMN,
            taken={child: Taken(mark=120) for child in children},
            today=AUTUMN,
            by=by,
        )
        for source in Income.Source:
            Income.objects.create(programme=hub, academic_year=this_year(), source=source, amount=12_345)
        for part, asked in ((PARTICIPATION, "abcde" * 2), (IMPACT, "fghij" * 2)):
            for question in part.questions:
                words = " ".join([asked] * question.answer.limit)
                write_words(asked=Asked(hub, this_year(), REPORT_WORDS, question), words=words, seen=0, by=by)
        for indicator in INDICATORS:
            for kind in (stories.of_adult, stories.case_study):
                written = kind(indicator=indicator.indicator, words="Once more.\nFrom the top.\n\n" + "Again. " * 40)
                stories.story(hub, by=by, is_nobody=True, is_shared=True, written=written)
        photos.photo(
            hub, by=by, taken_on=AUTUMN, is_in_report=True, is_public=True, is_nobody=True, caption=LONG_SCHOOL
        )
        ensemble = programmes.ensemble(hub, "Then", school=place)
        for back in range(1, YEARS):
            programmes.session(ensemble, day=AUTUMN.replace(year=AUTUMN.year - back))
    with connected_as("worker", fresh_database):
        places = list(School.objects.filter(partnerships__programme=hub).order_by("pk"))
        for key in ASKED:
            planting.asked_twice(hub, by, places, 41, measure=key)
        analyse(programme_id=hub.pk, year=this_year().year)
        cut_release(academic_year=this_year(), by=None)
    return cast, place


def test_every_report_lies_on_its_pages_with_the_longest_names_and_all_of_its_cells(full):
    """What is said of each: nothing reaches over the edge, no table is missing or badly split, the annex begins in time."""
    cast, place = full
    cells = 0
    for declared in REPORTS:
        about = {Of.COUNTRY: Subject(), Of.PROGRAMME: Subject(cast.liverpool)}.get(
            declared.of, Subject(cast.liverpool, place)
        )
        made = make(declared, about, cast.nia if declared.of is Of.COUNTRY else cast.joanne)
        which = f"{declared.id} {declared.of}"
        assert over_the_edge(made.pdf) == [], which
        assert made.size < MEGABYTE, which
        assert len(made.pdf.pages) <= declared.page_budget, which
        cells += _all_cells(made, which)
        _annex_begins_in_time(made, which)
    assert cells > 600


def _all_cells(made, which):
    """Every cell of every table, in order, with its headings on each page; a last row stands alone on none."""
    shown = [table for table in made.contents.tables if table.rows]
    pieces = iter(made.pdf.tree.all("Table"))
    for table in shown:
        expected = [*table.rows, *([table.total] if table.total else [])]
        found, pages = [], 0
        while len(found) < len(expected):
            piece = next(pieces, None)
            assert piece is not None, f"{which}: {table.caption} is not all there"
            head, *body = piece.all("TR")
            assert [cell.text for cell in head.kids] == [table.heading, *table.columns], f"{which}: {table.caption}"
            assert {cell.scope for cell in head.kids} == {"Column"}
            assert {line.kids[0].scope for line in body} == {"Row"}
            found, pages = found + body, pages + 1
            assert pages == 1 or len(body) > 1, f"{which}: {table.caption} has a line alone on a page"
        written = [[row.heading, *(cell.written for cell in row.cells)] for row in expected]
        assert [[cell.text for cell in line.kids] for line in found] == written, f"{which}: {table.caption}"
    assert next(pieces, None) is None
    return sum(len(row.cells) for table in shown for row in table.rows)


def _annex_begins_in_time(made, which):
    """After the cover at most two pages of summary, then a page of its own, listed in the contents."""
    heard = list(made.pdf.tree)
    (annex,) = [tag for tag in heard if tag.kind == "H1" and tag.text == "The year in full"]
    assert annex.page <= 3, f"{which}: the annex begins on page {annex.page + 1}"
    before = heard[: heard.index(annex)]
    assert max(tag.page for tag in before if tag.words) == annex.page - 1
    assert [tag.page for tag in before if tag.kind == "H1"] == [0, 1]
    contents = made.pdf.tree.all("L")
    assert any(f"The year in full {annex.page + 1}" in tag.text for tag in contents)


def test_a_hub_without_a_child_says_so_and_leaves_no_page_empty(db, queue):
    hub = programmes.programme("Lambeth")
    manager = person("Mo Manager", "manager", programme=hub)
    made = make(PROGRAMME_PARTICIPATION, Subject(hub), manager)
    assert made.contents.figures[0].written == "0"
    assert "No child has come to a session of In Harmony Lambeth in 2026-27 yet." in made.pdf.tree.text
    # what there is no row of is said in words, under its heading
    empty = [table.empty for table in made.contents.tables if not table.rows]
    assert empty
    assert [words for words in empty if words not in made.pdf.tree.text] == []
    words = [sum(len(piece.text) for piece in page if not piece.is_artifact) for page in made.pdf.pages]
    assert min(words) > 100


def test_markup_in_what_people_write_is_printed_as_words_and_leads_nowhere(report):
    with machinery.listener() as (out, calls):
        _print_hostile(report, out)
    assert calls == []


def _print_hostile(report, out):
    hostile = " ".join(part.format(out=out) for vector in VECTORS.values() for part in vector)
    image = photos.picture().files[480]
    photo = InReport("photo 1 key 2027", "key", 480, 320, alternative=hostile, caption=hostile, credit=hostile)
    section = Section(
        hostile,
        hostile,
        (Part(replace(report.contents.sections[0].parts[0].table, caption=hostile, heading=hostile)),),
        lines=(Line(hostile, (hostile,), hostile),),
        points=(hostile,),
        quotes=(Quote("mark", hostile, (hostile,), hostile),),
        photos=(photo,),
    )
    said = {"title": hostile, "lead": hostile, "led_by": hostile, "sections": (section,), "shows_not": (hostile,)}
    contents = replace(report.contents, **said)
    html = set_pages(PROGRAMME_PARTICIPATION, contents)
    data = print_pages(contents, html, {**draw_charts(contents), photo.file: image}).data
    read = Tagged(data)
    assert "/EmbeddedFiles" not in read.root.get("/Names", {})
    assert read.tree.text.count('<img src="file:///etc/hostname">') >= 10
    assert Path("/etc/hostname").read_text().strip() not in read.tree.text
