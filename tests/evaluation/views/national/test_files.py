"""Files of releases: the same numbers as the page, at addresses that stay."""

import csv
import io

from evaluation.models import ReleaseChart
from tests.factories import evaluation

TABLE = "/national/tables/2026-27/year/1/children_by_programme"
CHART = "/national/charts/2026-27/year/1/children_by_programme"


def test_a_table_is_a_file_in_two_kinds_and_a_chart_too(released, open_as):
    as_csv, as_ods = (open_as(released.nia, f"{TABLE}.{kind}") for kind in ("csv", "ods"))
    rows = list(csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
    page = open_as(released.nia, "/national/")
    assert {row["Programme"]: (row["Children"],) for row in rows} == evaluation.rows_on(
        page, "Children taking part, by programme"
    )
    assert as_csv["Content-Disposition"] == (
        'attachment; filename="demonstration-in-harmony-release-2026-27-1-children-by-programme.csv"'
    )
    assert as_ods.content.startswith(b"PK")
    kept = ReleaseChart.objects.get(key="children_by_programme")
    assert open_as(released.nia, f"{CHART}.svg").content.decode() == kept.svg
    assert open_as(released.nia, f"{CHART}.png").content == bytes(kept.png)
    assert open_as(released.nia, f"{CHART}.svg")["Content-Type"] == "image/svg+xml"


def test_an_address_of_nothing_is_not_found(released, open_as):
    for address in (
        f"{TABLE}.xlsx",
        f"{TABLE}.svg",
        f"{CHART}.csv",
        "/national/tables/2026-27/year/2/children_by_programme.csv",
        "/national/tables/2026-27/autumn/1/children_by_programme.csv",
        "/national/tables/2026-27/year/1/children_by_shoe.csv",
        "/national/tables/2026-27/year/1/dots_shoes.csv",
        "/national/tables/2026-27/year/1/dots_children_twice.csv",
        "/national/charts/2026-27/year/1/registers.png",
    ):
        assert open_as(released.nia, address).status_code == 404, address


def test_files_are_for_national_staff(cast, open_as):
    for person in (cast.joanne, cast.ruth, cast.olu, cast.stranger):
        for address in (f"{TABLE}.csv", f"{CHART}.svg"):
            assert open_as(person, address).status_code == 403
