"""What all national pages share: who sees them, the period of the address, every number of a release on one of them."""

import csv
import io
import re
from datetime import UTC, datetime

from django.utils.html import escape

from evaluation.charts.menu import chart
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.figures.compared import DOTS, any_table, shown
from evaluation.figures.headed import headed
from evaluation.figures.period import whole_year
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.models import Release
from evaluation.queries.release import published
from evaluation.views.national.frame import Frame
from inharmony.spreadsheets.reading import read
from tests.clients import SignedInClient

PAGES = (
    *("/national/", "/national/programmes/", "/national/programmes/leeds/", "/national/children/", "/national/hours/"),
    *("/national/sessions/", "/national/funding/", "/national/trends/", "/national/map/", "/national/completeness/"),
    "/national/figures/children_reached/",
)


def test_national_pages_are_for_national_staff(cast, open_as):
    for person in (cast.joanne, cast.priya, cast.olu, cast.stranger):
        assert {path: open_as(person, path).status_code for path in PAGES} == dict.fromkeys(PAGES, 403)


def test_a_page_without_a_sign_in_asks_for_one(client, db):
    for path in PAGES:
        assert client.get(path)["Location"].startswith("/sign-in/")


def test_before_any_release_every_page_says_so(cast, open_as):
    for path in PAGES:
        page = open_as(cast.nia, path)
        assert page.status_code == 200, path
        said = "No release" in page.content.decode() or "Not in this release" in page.content.decode()
        assert said or path == "/national/completeness/", path


def test_an_address_of_nothing_is_not_found(cast, open_as):
    for path in (
        "/national/?year=1812-13",
        "/national/?year=2026-27&term=winter",
        "/national/children/?by=shoes",
        "/national/children/?programme=nowhere",
        "/national/programmes/?indicator=children_twice",
        "/national/programmes/nowhere/",
        "/national/figures/shoes/",
        "/national/figures/attendance/?programme=nowhere",
        "/national/figures/children_twice/?programme=leeds",
        "/national/trends/?indicator=shoes",
        "/national/completeness/?year=next",
    ):
        assert open_as(cast.nia, path).status_code == 404, path


def test_each_number_of_a_release_is_the_same_on_a_page_in_both_files_and_in_its_chart(released):
    """Every table of the release, each cell: the dashboards, CSV, OpenDocument and the pictures' own numbers."""
    client = SignedInClient()
    client.force_login(released.nia)
    source = published(Release.objects.get())
    where = (
        *("/national/", "/national/hours/", "/national/sessions/", "/national/funding/"),
        "/national/programmes/?indicator=attendance",
        "/national/figures/children_twice/",
        *(f"/national/children/?by={key}" for key in DIMENSIONS),
    )
    pages = [client.get(path).content.decode() for path in where]
    cells = 0
    for table in (table for one in headed(source) for table in one.tables):
        key = f"{DOTS}attendance" if table.key == "attendance" else table.key
        of = any_table(source, key)
        (page,) = [page for page in pages if f"<caption>{escape(of.caption)}<" in page][:1]
        assert rows_in(page, of) == written(shown(of)), key
        wanted = [[row.heading, *(number(cell) for cell in row.cells)] for row in rows_of(of)]
        at = f"/national/tables/2026-27/year/1/{key}"
        text = io.StringIO(client.get(f"{at}.csv").content.decode("utf-8-sig"))
        in_csv = [row[: len(of.columns) + 1] for row in csv.reader(text)][1:]
        assert [[row[0], *map(typed, row[1:])] for row in in_csv] == wanted, key
        sheet = read(client.get(f"{at}.ods").content, "a.ods").sheets[0]
        in_ods = [list(row.cells)[: len(of.columns) + 1] for row in sheet.rows][1:]
        assert [[*row, *[None] * (len(of.columns) + 1 - len(row))] for row in in_ods] == wanted, key
        drawing = chart(source, key)
        if drawing:
            texts = {value["text"] for value in drawing.spec["data"]["values"]}
            assert texts <= {cell.written for row in rows_of(of) for cell in row.cells}, key
        cells += sum(len(row.cells) for row in rows_of(of))
    assert cells > 300


def rows_of(table):
    return [*table.rows, *([table.total] if table.total else [])]


def rows_in(page, table):
    """The rows of a table as the page writes them."""
    found = page.partition(f"<caption>{escape(table.caption)}<")[2].partition("</table>")[0]
    rows = re.findall(r'<tr><th scope="row">(.+?)</th>(.*?)</tr>', found, re.DOTALL)
    return [(h, *(re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", cells))) for h, cells in rows]


def written(table):
    return [(escape(row.heading), *(escape(cell.written) for cell in row.cells)) for row in rows_of(table)]


def number(cell):
    return cell.symbol or (None if cell.value is None else float(cell.value))


def typed(text):
    return text if text in ("c", "x", "z") else float(text) if text else None


def test_every_figure_opens_to_what_it_means(released, open_as):
    for key, make in FIGURES.items():
        page = open_as(released.nia, f"/national/figures/{key}/").content.decode()
        assert escape(make(published(Release.objects.get()), "all").definition.counts) in page
        assert "By rule IH-SDC 1" in page
        # those of marks are made of all marks
        assert "Shares of children are made of rounded numbers." in page


def test_a_page_costs_few_statements_and_six_once_its_body_is_kept(
    released, django_assert_num_queries, django_assert_max_num_queries
):
    client = SignedInClient()
    client.force_login(released.nia)
    for path in PAGES[1:]:
        with django_assert_max_num_queries(14):
            client.get(path)
    for path in PAGES[1:]:
        # what was said is read at each request: a family may have taken its consent back
        more = {"/national/completeness/": 2, "/national/impact/": 1}.get(path, 0)
        with django_assert_num_queries(6 + more):
            assert client.get(path).status_code == 200


def test_a_release_cut_after_midnight_is_of_the_day_it_is_in_london():
    late = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    source = Source(whole_year(2026), "Release 2026-27.1", late, is_exact=False, cells={})
    frame = Frame(None, source.period, names={}, release=None, source=source, query="")
    # sessions and money are neither hidden nor rounded
    assert frame.released_on == (
        "Cut on 1 July 2027. Small counts of children are hidden, other counts of children rounded to the nearest 5."
    )


def test_a_page_whose_tables_a_release_leaves_out_says_so_of_the_release():
    source = Source(whole_year(2026), "Release 2026-27.1", datetime(2027, 9, 1, tzinfo=UTC), is_exact=False, cells={})
    title, words = Frame(None, source.period, names={}, release=None, source=source, query="").empty
    assert title == "Left out of this release"
    assert words == (
        "Release 2026-27.1 has none of these numbers. Either they count nobody, or they were left out: laid beside an "
        "earlier release they would give away a number of a few children."
    )
    title, words = Frame(None, source.period, {}, None, None, "").empty
    assert title == "No release has been cut yet"
    assert words == (
        "No release of 2026-27 has been cut yet. The portal cuts one by itself once the period is over, whether or not "
        "every register was taken; its operator may cut one before."
    )
