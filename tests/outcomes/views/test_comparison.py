"""Comparison schools on their pages: found, chosen and ended by managers, seen by hubs and national staff."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from outcomes.actions import comparison as acts
from outcomes.actions.difference import reckon_due
from outcomes.models import ComparisonSchool, SchoolDifference
from programmes.models import Partnership
from tests.databases import connected_as
from tests.factories import schools
from tests.outcomes.changed import OWN, compare
from tests.outcomes.compared import chosen, publish

PAGE = "/hub/liverpool/comparison/"
SENT = {"reason": "As many pupils, as poor.", "year": "2023-24"}


def reckoned(database):
    """Reckons what is due as the worker does."""
    with connected_as("worker", database):
        reckon_due()


def test_a_manager_finds_chooses_and_ends_a_comparison_school(cast, client):
    client.force_login(cast.joanne)
    assert "No school is compared with yet" in client.get(PAGE).content.decode()
    school = schools.school("Farfield Primary", town="Speke", pupils=210)
    found = client.get(f"{PAGE}find/?q=speke").content.decode()
    assert f'href="{PAGE}choose/{school.pk}/"' in found
    assert "210" in client.get(f"{PAGE}choose/{school.pk}/").content.decode()
    page = client.post(f"{PAGE}choose/{school.pk}/", SENT, follow=True).content.decode()
    assert "Farfield Primary is a comparison school of Liverpool." in page
    assert "As many pupils, as poor." in page
    assert "Joanne Carter" in page
    one = ComparisonSchool.objects.get()
    assert "As many pupils, as poor." in client.get(f"{PAGE}{one.pk}/end/").content.decode()
    page = client.post(f"{PAGE}{one.pk}/end/", {"because": "It joined a trust."}, follow=True).content.decode()
    assert "Farfield Primary is no comparison school any more." in page
    assert "It joined a trust." in page


def test_the_match_is_shown_and_criticised(cast, client):
    other = chosen(cast).school
    ours = [(school, {"roll": roll}) for school, roll in ((cast.saltwharf, 200), (cast.marigold, 210))]
    publish(2023, dict(ours) | {other: {"roll": 500, "expected_percent": Decimal(60)}})
    client.force_login(cast.joanne)
    page = client.get(PAGE).content.decode()
    assert "Not comparable on Pupils on roll: differences of results are no more than two descriptions." in page
    assert "not comparable on this" in page
    assert "standard deviations lower in the In Harmony schools" in page
    assert "No child’s record is held of a comparison school" in page
    # attainment as the evaluations found it
    assert "no extra progress for In Harmony pupils" in page


@pytest.mark.parametrize(
    ("who", "see", "keep"),
    [
        ("joanne", 200, 200),
        ("ruth", 200, 403),
        ("nia", 200, 403),
        ("olu", 200, 403),
        ("omar", 404, 404),
        ("priya", 403, 403),
        ("sam", 403, 403),
        ("stranger", 403, 403),
    ],
)
def test_each_sees_and_chooses_what_is_theirs(cast, client, who, see, keep):
    one, school = chosen(cast), schools.school("Another Primary")
    client.force_login(getattr(cast, who))
    page = client.get(PAGE)
    assert page.status_code == see
    assert ("Farfield Primary" in page.content.decode()) == (see == 200)
    assert (f'href="{PAGE}{one.pk}/end/"' in page.content.decode()) == (keep == 200)
    for path in (f"{PAGE}find/", f"{PAGE}choose/{school.pk}/", f"{PAGE}{one.pk}/end/"):
        assert client.get(path).status_code == keep
    done = 302 if keep == 200 else keep
    assert client.post(f"{PAGE}choose/{school.pk}/", SENT).status_code == done
    assert client.post(f"{PAGE}{one.pk}/end/", {"because": "It joined a trust."}).status_code == done
    assert ComparisonSchool.objects.filter(school=school).exists() == (keep == 200)
    assert ComparisonSchool.objects.going_on().filter(pk=one.pk).exists() == (keep != 200)


def test_a_choice_of_another_hub_is_not_there(cast, client):
    one = chosen(cast)
    client.force_login(cast.omar)
    assert client.get(f"/hub/leeds/comparison/{one.pk}/end/").status_code == 404
    assert client.post(f"/hub/leeds/comparison/{one.pk}/end/", {"because": "Mine."}).status_code == 404
    assert ComparisonSchool.objects.get().ended_at is None
    for path in (f"{PAGE}choose/999999/", "/hub/nowhere/comparison/"):
        client.force_login(cast.joanne)
        assert client.get(path).status_code == 404


def test_what_is_missing_or_refused_is_said_with_the_form(cast, client):
    client.force_login(cast.joanne)
    address = f"{PAGE}choose/{cast.kirkfold.pk}/"
    answer = client.post(address, {"reason": " ", "year": "1066-67"})
    assert answer.status_code == 422
    assert "Say why this school: whoever reads the comparison asks it first." in answer.content.decode()
    answer = client.post(address, SENT)
    assert answer.status_code == 422
    assert "a school that takes part is no comparison" in answer.content.decode()
    one = chosen(cast)
    answer = client.post(f"{PAGE}{one.pk}/end/", {})
    assert (answer.status_code, "Say why: one dropped in silence" in answer.content.decode()) == (422, True)
    assert ComparisonSchool.objects.going_on().count() == 1


def test_both_groups_go_out_with_what_is_published(cast, client):
    other = chosen(cast, town="Speke").school
    publish(2023, {other: {"roll": 210}, cast.saltwharf: {"roll": 200}})
    client.force_login(cast.joanne)
    text = client.post(f"{PAGE}export/", {"kind": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Group"], row["School"], row["Academic year"].strip("'"), row["Pupils on roll"]) for row in rows] == [
        ("In Harmony", "Marigold Street Primary", "", ""),
        ("In Harmony", "Saltwharf Primary", "2023-24", "200"),
        ("Comparison", "Farfield Primary", "2023-24", "210"),
    ]
    assert rows[2]["Why chosen"] == "As many pupils, as poor."


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_database_alike_however_many_schools(cast, client, many, django_assert_max_num_queries):
    for number in range(many):
        publish(2023, {chosen(cast, f"Farfield {number}").school: {"roll": 200}})
    client.force_login(cast.joanne)
    client.get(PAGE)
    for path, most in ((PAGE, 15), (f"{PAGE}find/", 16), ("/comparison/", 10)):
        with django_assert_max_num_queries(most):
            client.get(path)


def test_the_year_offered_first_is_that_in_which_the_first_school_began(cast, client):
    Partnership.objects.filter(school=cast.marigold).update(starts_on=date(2022, 1, 10))
    client.force_login(cast.joanne)
    address = f"{PAGE}choose/{schools.school('Another Primary').pk}/"
    assert '<option value="2020-21" selected>' in client.get(address).content.decode()
    Partnership.objects.filter(school=cast.saltwharf).delete()
    assert '<option value="2021-22" selected>' in client.get(address).content.decode()


def test_how_both_groups_changed_stands_under_each_table(committed_cast, fresh_database, client):
    compare(committed_cast)
    client.force_login(committed_cast.joanne)
    page = client.get(PAGE).content.decode()
    assert "Whether the two groups changed differently is being worked out" in page
    reckoned(fresh_database)
    page = client.get(PAGE).content.decode()
    assert "being worked out" not in page
    assert "Change from 2021-22 to 2023-24" in page
    assert (
        "School attendance changed by 1.8 on average in the 5 In Harmony schools and by 0.0 in the 4 comparison schools"
        in page
    )
    # by hand: 9 points in five schools, none in four
    assert "it went up by 1.8 (95 % interval 1.0 to 2.5)." in page
    # one of the 126 ways, on either side
    assert "p 0.02 in a permutation test of 126 ways" in page
    assert "(parallel trends)" in page
    assert "It does not show what brought a change about" in page


def test_after_another_choice_no_number_is_shown_until_it_is_counted_anew(committed_cast, fresh_database, client):
    _, choices = compare(committed_cast)
    reckoned(fresh_database)
    acts.end(comparison=choices[0], because="Too far away.", by=committed_cast.joanne)
    client.force_login(committed_cast.joanne)
    page = client.get(PAGE).content.decode()
    assert "It is being counted anew" in page
    assert "95 % interval" not in page
    reckoned(fresh_database)
    assert "and by 0.0 in the 3 comparison schools" in client.get(PAGE).content.decode()


def test_of_few_schools_or_one_year_the_page_says_why_nothing_can_be_said(committed_cast, fresh_database, client):
    _, choices = compare(committed_cast, OWN[:3])
    publish(2023, {one.school: {"expected_percent": Decimal(60)} for one in choices})
    reckoned(fresh_database)
    client.force_login(committed_cast.joanne)
    page = client.get(PAGE).content.decode()
    assert "with so few schools no interval can be given" in page
    assert "It is published of comparison schools alone so far." in page
    for one in choices[1:]:
        acts.end(comparison=one, because="Too far away.", by=committed_cast.joanne)
    reckoned(fresh_database)
    assert "at least two of each are needed" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(("who", "status"), [("nia", 200), ("omar", 404)])
def test_national_staff_read_what_was_reckoned_and_the_hub_next_door_does_not(
    committed_cast, fresh_database, client, who, status
):
    compare(committed_cast)
    reckoned(fresh_database)
    client.force_login(getattr(committed_cast, who))
    page = client.get(PAGE)
    assert page.status_code == status
    assert ("95 % interval" in page.content.decode()) == (status == 200)
    assert SchoolDifference.objects.visible_to(committed_cast.omar).count() == 0


word = st.one_of(st.text(max_size=20), st.sampled_from(["primary", "10", "25", "-1", "NaN", "9" * 30, "'; --", "٣"]))


@limits(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(asked=st.dictionaries(st.sampled_from(["q", "phase", "roll", "fsm_percent", "eal_percent"]), word))
def test_whatever_is_looked_for_is_answered(cast, client, asked):
    client.force_login(cast.joanne)
    asked = {key: value.encode("utf-8", "replace").decode() for key, value in asked.items()}
    assert client.get(f"{PAGE}find/", asked).status_code == 200
