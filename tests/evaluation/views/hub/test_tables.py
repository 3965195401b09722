"""Each table of a hub goes out as a file: the numbers of the page, and that they are not for publication."""

import re
from datetime import date

import pytest

from evaluation.menu.tables import TABLES, Counts, Rows
from evaluation.queries.progression import TABLES as PROGRESSION
from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from inharmony.spreadsheets.writing import CONTENT_TYPES, unguarded
from tests.clients import SignedInClient
from tests.evaluation.views.hub.test_subjects import taken
from tests.factories import evaluation, programmes
from tests.trail import entries

__all__ = ["taken"]

ADDRESS = "/hub/liverpool/tables/"
OWN = [
    key
    for key, spec in TABLES.items()
    if not (spec.dimension and spec.rows is Rows.PROGRAMMES)
    and key != "children_by_programme"
    and spec.counts is not Counts.ANSWERS
]
KEYS = [
    *OWN,
    "said_change",
    "said_groups",
    "said_hours",
    "said_level",
    "beside_roll",
    "by_school",
    "attendance_by_ensemble",
    "attendance_by_week",
    *PROGRESSION,
]


def file(open_as, who, key, kind, **query):
    return open_as(who, f"{ADDRESS}{key}.{kind}", **({"year": "2026-27", "term": "autumn"} | query))


def rows(answer, kind):
    sheets = read(answer.content, f"x.{kind}").sheets
    return [[cell for cell in row.cells if cell is not None] for row in sheets[0].rows]


@pytest.mark.parametrize("kind", ["csv", "ods"])
@pytest.mark.parametrize("key", KEYS)
def test_every_table_goes_out_and_says_first_that_it_is_not_for_publication(taken, open_as, key, kind):
    answer = file(open_as, taken.joanne, key, kind)
    assert answer.status_code == 200
    assert answer["Content-Type"] == CONTENT_TYPES[kind]
    assert answer["Cache-Control"] == "no-store"
    assert re.fullmatch(
        rf'attachment; filename="not-for-publication-liverpool-2026-27-autumn-{key.replace("_", "-")}\.{kind}"',
        answer["Content-Disposition"],
    )
    (first, *_), *_ = rows(answer, kind)
    assert first == (
        "Not for publication. Liverpool, autumn term 2026-27: exact figures of the hub, as at 17 November 2026, 10:42. "
        "2 of 3 registers taken."
    )


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_a_table_of_several_years_goes_out_under_its_years_and_not_under_a_term(taken, open_as, kind):
    with scoped(taken.both):
        programmes.session(taken.strings, day=date(2025, 11, 11))
    answer = file(open_as, taken.joanne, "over_years_attendance", kind)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="not-for-publication-liverpool-2025-26-to-2026-27-over-years-attendance.{kind}"'
    )
    (first, *_), *_ = rows(answer, kind)
    # how complete each year is stands in its row
    assert first == (
        "Not for publication. Liverpool, 2025-26 to 2026-27: exact figures of the hub, as at 17 November 2026, 10:42."
    )
    assert entries()[-1].details["period"] == "2025-26 to 2026-27"
    if kind == "ods":
        about = dict(row.cells[:2] for row in read(answer.content, "x.ods").sheets[1].rows)
        assert about["Period"] == "2025-26 to 2026-27"
        assert about["Attendance at sessions"].startswith("Marks of present and late")
    html = open_as(taken.joanne, "/hub/liverpool/trends/", year="2026-27", term="autumn").content.decode()
    assert "Not for publication. Liverpool, 2025-26 to 2026-27, as at 17 November 2026, 10:42" in html
    assert "Not for publication. Liverpool, autumn term" not in html


PAGES = {
    "children_by_year_group": ("children", "Children taking part, by year group"),
    "by_school": ("schools", "School by school"),
    "attendance_by_ensemble": ("schools", "Ensemble by ensemble"),
    "intensity": ("hours", "Hours for each child in each week"),
    "cancelled": ("provision", "Sessions cancelled, by reason"),
    "over_years_children_reached": ("trends", "Children taking part, year by year"),
}


@pytest.mark.parametrize("kind", ["csv", "ods"])
@pytest.mark.parametrize("key", PAGES)
def test_the_file_says_what_the_page_says(taken, open_as, key, kind):
    page, caption = PAGES[key]
    html = open_as(taken.joanne, f"/hub/liverpool/{page}/", year="2026-27", term="autumn")
    assert f"/hub/liverpool/tables/{key}.{kind}?year=2026-27&amp;term=autumn" in html.content.decode()
    seen = {
        re.sub(r"<[^>]+>", "", heading): [re.sub(r"[ %£,]", "", cell) for cell in cells if cell != "–"]
        for heading, cells in evaluation.rows_on(html, caption).items()
    }
    _, _, *lines = rows(file(open_as, taken.joanne, key, kind), kind)
    assert seen
    assert {unguarded(line[0]): [f"{float(cell):g}" for cell in line[1:]] for line in lines} == {
        heading: [f"{float(cell):g}" for cell in cells] for heading, cells in seen.items()
    }


def test_who_took_it_away_is_in_the_trail(taken, open_as):
    file(open_as, taken.joanne, "children_by_sex", "csv")
    told = entries()[-1]
    assert told.act == "hub_figures.exported"
    assert (told.actor_id, told.programme_id, told.children) == (taken.joanne.pk, taken.liverpool.pk, [])
    assert told.details == {"table": "children_by_sex", "period": "autumn term 2026-27", "rows": 1, "format": "csv"}


@pytest.mark.parametrize(
    ("name", "status"),
    [("ruth", 200), ("priya", 403), ("sam", 403), ("nia", 403), ("olu", 403), ("stranger", 403), ("omar", 404)],
)
def test_a_file_is_for_who_may_see_the_hubs_figures(taken, open_as, name, status):
    assert file(open_as, getattr(taken, name), "children_by_sex", "csv").status_code == status


@pytest.mark.parametrize("key", ["programmes_by_sex", "children_by_programme", "secrets", "over_years_secrets"])
def test_a_table_that_a_hub_has_not_is_not_found(cast, open_as, key):
    assert file(open_as, cast.joanne, key, "csv").status_code == 404


def test_no_other_kind_is_made(cast, open_as):
    assert file(open_as, cast.joanne, "sessions", "xlsx").status_code == 404


def test_a_file_is_only_fetched(cast):
    client = SignedInClient()
    client.force_login(cast.joanne)
    assert client.post(f"{ADDRESS}sessions.csv").status_code == 405
