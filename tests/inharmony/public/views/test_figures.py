"""Figures and downloads: what others printed, and releases; protected cells and nothing else."""

import csv
import io
import json
import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from evaluation.models import Release, ReleaseCell
from inharmony.access.scope import scoped
from inharmony.pages.public import new_edition
from inharmony.public.exports.fields import PRINTED, RELEASE
from programmes.models import EntryVersion, PublishedFigure
from tests.factories import evaluation, programmes

FILES = ("/figures/releases/2026-27/year/1.csv", "/figures/releases/2026-27/year/1.json")
SOURCE = "A page, example.org/page"
pytestmark = pytest.mark.usefixtures("in_autumn")


def words_of(answer):
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows_of(answer):
    """The rows of a CSV as a spreadsheet program reads them."""
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def figure(**fields):
    fields = {
        "measure": "children",
        "label": "weekly reach",
        "value": 1750,
        "unit": "children",
        "source": SOURCE,
    } | fields
    return PublishedFigure.objects.create(**{"when": "2024", "as_at": date(2024, 3, 1), "precision": "month"} | fields)


def opened(client, address="/figures/releases/2026-27/year/1.json"):
    return json.loads(client.get(address).content)


# ---- releases ----


def _read(cell):
    """What a cell of a page says: its symbol, its number, or nothing."""
    bare = re.sub(r"[^\d.cxz]", "", cell)
    return bare if bare in ("c", "x", "z") else float(bare) if bare else None


def test_a_release_has_the_same_cells_on_its_page_and_in_both_files(client, released):
    fields = opened(client)
    tables = {table["key"]: table for table in fields["tables"]}
    cells = {
        row["key"]: [(c["value"], c["symbol"]) for c in row["cells"]] for row in tables["children_by_programme"]["rows"]
    }
    assert cells == {"lambeth": [(55, "")], "leeds": [(40, "")], "liverpool": [(40, "")], "all": [(120, "")]}
    assert {row["key"]: row["cells"][0]["symbol"] for row in tables["children_by_year_group"]["rows"]} == {
        "4": "",
        "5": "",
        "6": "c",
        "all": "",
    }
    rows = rows_of(client.get(FILES[0]))
    assert [(row["Row"], row["Column"], row["Value"], row["Symbol"]) for row in rows][:2] == [
        ("Lambeth", "Children", "55", ""),
        ("Leeds", "Children", "40", ""),
    ]
    assert {(row["Value"], row["Symbol"]) for row in rows if row["Row"] == "Year 6"} == {("", "c")}
    # every cell of the file stands in the other, and on the page, under the same names
    both = [
        (table["caption"], row["heading"], cell["column"], cell["value"], cell["symbol"])
        for table in fields["tables"]
        for row in table["rows"]
        for cell in row["cells"]
    ]
    assert len(both) == len(rows) > 200
    assert [(t, r, c, "" if v is None else f"{v}", s) for t, r, c, v, s in both] == [
        tuple(row[name] for name in ("Table", "Row", "Column", "Value", "Symbol")) for row in rows
    ]
    page = client.get("/figures/releases/2026-27/year/1/")
    assert evaluation.rows_on(page, "Children taking part, by programme")["Leeds"] == ("40",)
    assert evaluation.rows_on(page, "Children taking part, by year group")["Year 6"][:2] == ("c", "c")
    for table in fields["tables"]:
        on_page = evaluation.rows_on(page, re.escape(escape(table["caption"])))
        for row in table["rows"]:
            shown = [_read(cell) for cell in on_page[escape(row["heading"])]]
            assert shown == [cell["symbol"] or cell["value"] for cell in row["cells"]], table["key"]
    assert "hidden, because a number is under 10" in words_of(page)


def test_a_release_says_what_it_is_under_which_licence_and_that_it_is_invented(client, released):
    fields = opened(client)
    assert fields["licence"]["name"] == "Open Government Licence v3.0"
    assert (fields["academic_year"], fields["period"], fields["number"], fields["rule"]) == (
        "2026-27",
        "year",
        1,
        "IH-SDC 1",
    )
    assert fields["is_demonstration"]
    assert fields["notice"].startswith("Demonstration:")
    assert fields["address"] == FILES[1]
    assert [one["key"] for one in fields["definitions"]] == [
        *("children_reached", "children_twice", "attendance", "hours_offered", "hours_received"),
        *("sessions_planned", "sessions_held", "sessions_cancelled", "hours_held", "registers_taken"),
        *("schools", "ensembles", "tutors", "roll"),
    ]
    assert {row["Notice"] for row in rows_of(client.get(FILES[0]))} == {fields["notice"]}
    assert "demonstration" in client.get(FILES[0])["Content-Disposition"]
    assert "every school, child and number of this release is invented" in words_of(
        client.get("/figures/releases/2026-27/year/1/")
    )


def test_a_superseded_number_stays_where_it_was_and_says_which_came_after_it(client, released, cut):
    before = client.get(FILES[0]).content
    with scoped(released.both):
        evaluation.cancel(released.session)
    cut()
    assert client.get(FILES[0]).content == before
    assert (opened(client)["superseded_by"], opened(client)["changes_from"]) == (2, None)
    page = client.get("/figures/releases/2026-27/year/1/")
    assert "Superseded: number 2 came after it." in words_of(page)
    latest = opened(client, "/figures/releases/2026-27/year/latest.json")
    assert (latest["number"], latest["superseded_by"], latest["changes_from"]) == (2, None, 1)
    assert opened(client, "/figures/releases/2026-27/year/2.json") == latest


def test_the_change_log_names_each_number_that_differs(client, released, cut):
    with scoped(released.both):
        evaluation.cancel(released.leeds_session)
    cut()
    changes = opened(client, "/figures/releases/2026-27/year/2.json")["changes"]
    now = {(c.table, c.row, c.column): c.symbol or c.value for c in ReleaseCell.objects.filter(release__number=2)}
    was = {(c.table, c.row, c.column): c.symbol or c.value for c in ReleaseCell.objects.filter(release__number=1)}
    assert len(changes) == sum(now.get(key) != was.get(key) for key in now.keys() | was.keys())


@pytest.mark.parametrize(
    "address",
    [
        "/figures/releases/2026-27/year/2.json",
        "/figures/releases/2026-28/year/1.json",
        "/figures/releases/2026-27/winter/1.json",
        "/figures/releases/2026-27/autumn/1.json",
        "/figures/releases/2026-27/year/1.xlsx",
        "/figures/releases/2026-27/year/first.json",
        "/figures/releases/2026-27/year/99999999999999999999.json",
        "/figures/releases/26-27/year/1/",
        "/figures/releases/9999-00/year/latest/",
        "/figures/published.xlsx",
    ],
)
def test_an_address_of_nothing_is_not_found(client, released, address):
    assert client.get(address).status_code == 404


def test_nothing_but_released_cells_leaves_and_nothing_live(client, released):
    """The leak: what is in no release is in no file and on no page, and no table about a child is asked."""
    addresses = [*FILES, "/figures/", "/figures/releases/2026-27/year/1/"]
    with CaptureQueriesContext(connection) as seen:
        before = [client.get(address).content for address in addresses]
    asked = " ".join(query["sql"] for query in seen)
    assert "participants_" not in asked
    assert "operationalcount" not in asked
    allowed = {cell.value for cell in ReleaseCell.objects.all()} | {None}
    numbers = {
        cell["value"]
        for table in opened(client)["tables"]
        for row in table["rows"]
        for cell in row["cells"]
        if cell["column"] == "Children"
    }
    assert numbers <= allowed
    names = [
        name for child in (*released.children, *released.leeds_children) for name in (child.forename, child.surname)
    ]
    assert names
    for content in before:
        assert [name for name in names if re.search(rf"\b{name}\b", content.decode("utf-8-sig"))] == []
    # live changes move nothing
    programmes.session(released.leeds_strings, starts_at=time(13), ends_at=time(14))
    new_edition()
    assert [client.get(address).content for address in addresses] == before


def test_the_page_documents_every_field_of_both_files(client, released):
    figure()
    fields = set(opened(client))
    documented = {field.name for field in RELEASE}
    assert fields | {"cells"} == documented
    printed = json.loads(client.get("/figures/published.json").content)
    assert set(printed) | set(printed["figures"][0]) == {field.name for field in PRINTED}
    words = words_of(client.get("/figures/"))
    assert all(field.meaning in words.replace("&#x27;", "'") for field in (*RELEASE, *PRINTED))


def test_counts_of_children_are_said_to_be_rounded_and_no_others(client, released):
    words = "small counts of children are hidden, other counts of children rounded to the nearest 5."
    for address in ("/figures/", "/figures/releases/2026-27/year/1/"):
        assert words in words_of(client.get(address)), address


def test_before_any_release_the_page_says_so(client, db):
    assert (
        "No release has been cut yet. The first is cut once a term is over, whether or not every register was taken."
    ) in words_of(client.get("/figures/"))
    assert Release.objects.count() == 0


# ---- figures in print ----


def test_figures_in_print_are_filtered_by_hub_and_measure_on_the_page_and_in_the_files(client, db):
    leeds = programmes.programme("Leeds")
    figure(programme=leeds, label="weekly reach of Leeds")
    figure(label="of the country")
    figure(programme=leeds, measure="money", label="a grant", unit="pounds")
    figure(programme=leeds, label="withdrawn number", withdrawn_on=date(2025, 1, 1))

    def found(query):
        rows = [row["What is counted"] for row in rows_of(client.get(f"/figures/published.csv{query}"))]
        fields = json.loads(client.get(f"/figures/published.json{query}").content)["figures"]
        assert [one["label"] for one in fields] == rows
        words = words_of(client.get(f"/figures/{query}")).lower()
        assert all(label in words for label in (label.lower() for label in rows))
        assert "withdrawn number" not in words
        return rows

    assert found("") == ["of the country", "weekly reach of Leeds", "a grant"]
    assert found("?hub=leeds") == ["weekly reach of Leeds", "a grant"]
    assert found("?hub=nation") == ["of the country"]
    assert found("?hub=leeds&measure=money") == ["a grant"]
    assert found("?hub=nowhere") == []
    assert found("?hub=%00%27&measure=%3Cscript%3E") == []


def test_a_figure_in_a_file_is_no_more_exact_than_in_print(client, db):
    figure(qualifier="over", programme=programmes.programme("Leeds"))
    (one,) = json.loads(client.get("/figures/published.json").content)["figures"]
    assert (one["as_at"], one["until"], one["qualifier"], one["value"], one["hub"]) == (
        "2024-03",
        None,
        "over",
        1750.0,
        "leeds",
    )
    (row,) = rows_of(client.get("/figures/published.csv"))
    assert (row["As at"], row["Value"], row["Source"]) == ("'2024-03", "1750", SOURCE)


def test_a_text_that_a_program_would_execute_is_guarded(client, db):
    figure(label='=HYPERLINK("http://x")', note="@cmd")
    (row,) = rows_of(client.get("/figures/published.csv"))
    assert (row["What is counted"], row["Note"]) == ('\'=HYPERLINK("http://x")', "'@cmd")


def test_files_say_what_they_are_and_are_kept(client, db, django_assert_num_queries):
    figure()
    as_csv, as_json = client.get("/figures/published.csv"), client.get("/figures/published.json")
    assert as_csv["Content-Type"] == "text/csv; charset=utf-8"
    assert as_csv["Content-Disposition"] == 'attachment; filename="in-harmony-published-figures.csv"'
    assert as_json["Content-Type"] == "application/json"
    assert as_json["Cache-Control"] == "public, no-cache"
    with django_assert_num_queries(0):
        again = client.get("/figures/published.csv")
    assert (again.content, again["Content-Type"], again["X-Content-Type-Options"]) == (
        as_csv.content,
        "text/csv; charset=utf-8",
        "nosniff",
    )
    assert client.get("/figures/published.csv", headers={"if-none-match": as_csv["ETag"]}).status_code == 304


def test_what_was_changed_in_a_figure_is_told_with_its_reason(client, cast):
    one = figure(programme=cast.leeds)
    shared = {"kind": "published-figure", "entry": one.pk}
    EntryVersion.objects.create(**shared, number=1, values={"value": "1700", "label": "weekly reach"})
    EntryVersion.objects.create(
        **shared, number=2, values={"value": "1750", "label": "weekly reach"}, reason="The page was corrected.",
        written_by=cast.olu,
    )  # fmt: skip
    EntryVersion.objects.create(kind="milestone", entry=one.pk, number=2, values={}, written_by=cast.olu)
    words = words_of(client.get("/figures/"))
    assert "Leeds: weekly reach, 2024, version 2, now 1750. The page was corrected." in words
    assert words.count(", version ") == 1


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_a_fixed_number_of_statements(client, released, cut, django_assert_num_queries, many):
    for number in range(many):
        figure(programme=released.leeds, label=f"{number}")
        cut("autumn")
    with django_assert_num_queries(7):
        client.get("/figures/")
