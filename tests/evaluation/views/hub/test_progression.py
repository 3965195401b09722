"""The page of a hub's musical progression, and its tables as files."""

from django.urls import reverse

from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from outcomes.actions.award import Taken
from tests.evaluation.queries.test_progression import GRADE_4, record
from tests.evaluation.views.hub.test_subjects import text

PAGE = "/hub/liverpool/progression/"


def test_what_is_recorded_stands_on_the_page_at_once_and_names_nobody(cast, open_as):
    before = text(open_as(cast.joanne, PAGE, year="2026-27", term=""))
    assert "No award is recorded of this period yet." in before
    with scoped(cast.both):
        record(cast, {child: Taken(mark=120) for child in cast.children})
        record(cast, {cast.children[0]: Taken(mark=99)}, kind=GRADE_4)
        record(cast, {cast.leeds_children[0]: Taken(mark=130)}, kind=GRADE_4, by=cast.omar)
    after = text(open_as(cast.joanne, PAGE, year="2026-27", term=""))
    assert "Year 4 0 3 0 0 0 3" in after
    assert "ABRSM practical, Grade 1 3 0 3" in after
    assert "ABRSM practical, Grade 4 0 1 1" in after
    assert "Not for publication" in after
    assert "Instruments learned" in after
    assert not [child.name for child in [*cast.children, *cast.leeds_children] if child.name in after]
    # of another term nothing
    assert "No award is recorded" in text(open_as(cast.joanne, PAGE, year="2026-27", term="spring"))


def test_the_table_as_a_file_says_first_that_it_is_not_for_publication(cast, open_as):
    with scoped(cast.both):
        record(cast, {child: Taken(mark=120) for child in cast.children})
    address = reverse("evaluation:hub-table", args=["liverpool", "awards_by_level", "csv"])
    answer = open_as(cast.joanne, address, year="2026-27", term="autumn")
    sheet = read(answer.content, "x.csv").sheets[0]
    assert "Not for publication" in str(sheet.rows[0].cells[0])
    assert [str(cell) for cell in sheet.rows[2].cells] == ["Year 4", "0", "3", "0", "0", "0", "3"]
    assert open_as(cast.omar, address).status_code == 404


def test_the_office_is_led_to_where_awards_are_recorded(cast, open_as):
    page = open_as(cast.ruth, PAGE).content.decode()
    assert reverse("outcomes:awards", args=["liverpool"]) in page
    assert f'<a href="{reverse("outcomes:framework")}">Outcomes</a>' in page
