"""The country through the years in its report: what the releases say, and on one page even of fifteen years."""

from dataclasses import replace
from datetime import date

import pytest

from evaluation.charts.trend import Point
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.period import whole_year
from evaluation.menu.tables import CHILDREN
from evaluation.models import Release, ReleaseCell
from evaluation.queries.live import live, live_years
from evaluation.queries.release import published
from evaluation.queries.trends import latest_of_years
from evaluation.reports.declaration import Section, Subject
from evaluation.reports.participation import COUNTRY_PARTICIPATION
from evaluation.reports.printing import printed
from evaluation.reports.years import OTHERS, TITLE, TOLD, hub_through_the_years, part_of, through_the_years
from inharmony.access.scope import scope_of, scoped
from programmes.models import PublishedFigure
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.evaluation.reports.test_printing import A4, MARGIN
from tests.factories import programmes
from tests.tagged import Tagged

LAST = 2026
YEARS = 15


def written_of(source):
    """What a release says of the country, as a cell of a table has it: a share with its unit."""
    figures = [FIGURES[key](source, "all") for key in TOLD]
    return tuple(f"{one.written} %" if one.unit == "%" else one.written for one in figures)


def test_of_a_single_year_nothing_is_said(released):
    assert list(through_the_years(LAST)) == []


@pytest.fixture
def grown(released, fresh_database):
    """The release of the year, and one of each of the fourteen before it, of fewer children each."""
    with connected_as("owner", fresh_database):
        cells = list(ReleaseCell.objects.filter(release=Release.objects.get()))
        for back in range(1, YEARS):
            AcademicYear.objects.get_or_create(year=LAST - back)
            _add(cells, Release.objects.create(academic_year_id=LAST - back, number=1), fewer=5 * back)
    return released


def _add(cells, release, fewer):
    """Adds the cells to a release, with fewer children in the whole."""
    ReleaseCell.objects.bulk_create(
        ReleaseCell(
            release=release,
            table=cell.table,
            row=cell.row,
            column=cell.column,
            value=cell.value - fewer if cell.table == CHILDREN and cell.value is not None else cell.value,
            symbol=cell.symbol,
        )
        for cell in cells
    )


def test_each_year_says_what_its_latest_release_says_up_to_the_year_of_the_report(grown):
    ((until_now,), (before,)) = (list(through_the_years(year)) for year in (LAST, LAST - 3))
    sources = [published(release) for release in latest_of_years()]
    assert len(sources) == YEARS
    rows = until_now.parts[0].table.rows
    assert [tuple(cell.written for cell in row.cells) for row in rows] == [written_of(one) for one in sources]
    assert len({row.cells[0].written for row in rows}) > YEARS // 2
    assert before.parts[0].table.rows == rows[:-3]


def test_a_later_release_of_a_year_takes_the_place_of_the_earlier(grown, fresh_database):
    with connected_as("owner", fresh_database):
        cells = list(ReleaseCell.objects.filter(release__academic_year=LAST))
        _add(cells, Release.objects.create(academic_year_id=LAST - 1, number=2), fewer=50)
    (section,) = through_the_years(LAST)
    assert [row.cells[0].written for row in section.parts[0].table.rows][-3:] == ["110", "70", "120"]


def test_fifteen_years_stand_on_one_page_and_are_read_back_as_they_are(grown):
    contents = COUNTRY_PARTICIPATION.contents(Subject(), LAST, grown.nia)
    assert TITLE in [section.title for section in contents.annex[1:]]
    sources = [published(release) for release in latest_of_years()]
    others = [Point(2009 + number, value=300.0 * number, text=f"{300 * number:,}") for number in range(1, 4)]
    section = Section(TITLE, "", (part_of(sources, others),))
    pdf = Tagged(printed(COUNTRY_PARTICIPATION, replace(contents, sections=(contents.sections[0], section))).data)
    (table,) = [tag for tag in pdf.tree.all("Table") if "Year by year" in tag.text]
    _, *lines = table.all("TR")
    assert [tuple(cell.text for cell in line.kids[1:]) for line in lines] == [written_of(one) for one in sources]
    (heading,) = [tag for tag in pdf.tree.all("H2") if tag.text == TITLE]
    # its heading, its line and every year
    assert {heading.page, *(tag.page for tag in (pdf.tree.all("Figure")[-1], *table.all("TD")))} == {heading.page}
    over = [
        piece
        for page in pdf.pages
        for piece in page
        if not piece.is_drawing and not MARGIN < piece.left <= piece.right < A4 - MARGIN + 0.5
    ]
    assert over == []


def test_of_an_earlier_year_a_release_that_was_cut_before_its_end_is_left_out(grown, fresh_database):
    with connected_as("owner", fresh_database):
        Release.objects.filter(academic_year=LAST - 1).update(cut_at="2026-03-01 09:00Z")
    (section,) = through_the_years(LAST)
    assert [row.heading for row in section.parts[0].table.rows][-2:] == ["2024-25", "2026-27"]


def test_what_others_printed_is_said_in_words_too_and_is_part_of_what_the_report_says(grown, fresh_database):
    before = COUNTRY_PARTICIPATION.contents(Subject(), LAST, grown.nia).hash()
    with connected_as("owner", fresh_database):
        PublishedFigure.objects.create(
            measure="children",
            label="weekly",
            value=2_700,
            unit="children",
            when="2011",
            as_at="2011-03-01",
            source="A",
        )
    contents = COUNTRY_PARTICIPATION.contents(Subject(), LAST, grown.nia)
    others = next(section for section in contents.sections if section.title == OTHERS)
    assert others.points == ("Weekly: 2,700 children, 2011. A",)
    assert contents.hash() != before
    with connected_as("owner", fresh_database):
        PublishedFigure.objects.update(value=2_800)
    assert COUNTRY_PARTICIPATION.contents(Subject(), LAST, grown.nia).hash() != contents.hash()


def test_a_hub_of_one_year_says_nothing_of_years(cast):
    with scoped(cast.both):
        programmes.session(cast.brass)
        assert list(hub_through_the_years(cast.liverpool, LAST, cast.joanne)) == []


def test_a_hubs_years_say_what_its_pages_say_of_each_up_to_the_year_of_the_report(cast, django_assert_num_queries):
    with scoped(scope_of(cast.joanne)):
        for year in (2023, 2025, 2026):
            programmes.session(cast.brass, day=date(year, 10, 6))
        (section,) = hub_through_the_years(cast.liverpool, 2025, cast.joanne)
        table = section.parts[0].table
        assert [row.heading for row in table.rows] == ["2023-24", "2024-25", "2025-26"]
        at = table.columns.index("Sessions held")
        for row, source in zip(
            table.rows, live_years(cast.liverpool, [whole_year(2023 + n) for n in range(3)], cast.joanne), strict=True
        ):
            assert row.cells[at].written == FIGURES["sessions_held"](source, "all").written
        # once they were counted the years are read in one statement, beside that which finds them
        with django_assert_num_queries(2):
            assert list(hub_through_the_years(cast.liverpool, 2025, cast.joanne)) == [section]


def test_years_that_were_kept_are_those_of_their_own_rows(cast):
    def schools():
        return [
            source.number("sessions", "all", "planned") for source in live_years(cast.liverpool, years, cast.joanne)
        ]

    years = [whole_year(2024), whole_year(2025)]
    with scoped(scope_of(cast.joanne)):
        programmes.session(cast.brass, day=date(2025, 10, 6))
        before = schools()
        assert (
            before
            == schools()
            == [live(cast.liverpool, year, cast.joanne).number("sessions", "all", "planned") for year in years]
        )
        programmes.session(cast.brass, day=date(2024, 10, 6))
        assert schools() == [before[0] + 1, before[1]]
