from datetime import date

import pytest

from inharmony.public.queries.where import hubs
from programmes.models import OrganisationRole, Partnership, Place, Programme, ProgrammeStatus, PublishedFigure
from schools.models import School
from tests.factories import programmes, schools

TODAY = date(2026, 11, 29)


def listed(day=TODAY):
    return {hub.slug: hub for hub in hubs(day)}


def figure(programme, value, as_at, **fields):
    fields = {
        "label": "each week",
        "unit": "children",
        "when": f"{as_at:%Y}" if as_at else "",
        "source": "A page",
    } | fields
    return PublishedFigure.objects.create(programme=programme, measure="children", value=value, as_at=as_at, **fields)


def test_hubs_that_run_stand_first_and_are_numbered_in_their_order(record):
    found = hubs(TODAY)
    assert [hub.number for hub in found] == [1, 2, 3, 4, 5, 6, 7]
    assert [hub.is_running for hub in found] == [True] * 6 + [False]
    assert [hub.name for hub in found][:2] == ["Lambeth", "Leeds"]


def test_a_hub_says_who_leads_it_since_when_and_who_pays(record):
    leeds = listed()["leeds"]
    assert [(body.name, body.since) for body in leeds.leads] == [("Opera North", "since 2013")]
    assert [body.name for body in leeds.payers] == ["Arts Council England"]
    assert leeds.since == "2013"


def test_a_hub_whose_state_is_disputed_runs_and_says_so(record):
    nottingham = listed()["nottingham"]
    assert (nottingham.is_running, nottingham.status_words, nottingham.tag) == (True, "Sources disagree", "warn")


def test_a_hub_that_left_says_since_when_and_who_led_it_last(record):
    norwich = listed()["norwich"]
    assert (norwich.is_running, norwich.status_words) == (False, "Left In Harmony, July 2012")
    assert [body.name for body in norwich.leads] == ["NORCA"]


def test_the_newest_number_in_print_is_shown_and_a_withdrawn_or_undated_one_never(db):
    leeds = programmes.programme("Leeds")
    figure(leeds, 450, date(2014, 1, 1))
    figure(leeds, 3200, date(2023, 1, 1), qualifier="over")
    figure(leeds, 9000, date(2025, 1, 1), withdrawn_on=date(2025, 2, 1))
    PublishedFigure.objects.create(
        programme=leeds, measure="children", label="x", unit="children", value=7, when="undated", source="A page"
    )
    children = listed()["leeds"].children
    assert (children.said, children.when, children.source) == ("Over 3,200 children, each week", "2023", "A page")


def test_a_number_over_years_gives_way_to_one_at_a_time_and_is_shown_where_there_is_no_other(db):
    leeds = programmes.programme("Leeds")
    figure(leeds, 9000, date(2025, 1, 1), label="children taught in ten years")
    assert listed()["leeds"].children.said == "9,000 children taught in ten years"
    figure(leeds, 2500, date(2022, 1, 1))
    assert listed()["leeds"].children.said == "2,500 children, each week"
    figure(leeds, 3200, None, when="after 2022")
    assert listed()["leeds"].children.said == "3,200 children, each week"


def test_places_and_real_schools_have_positions_and_an_invented_school_none(db):
    leeds = programmes.programme("Leeds")
    school = schools.school("Kirkfold Primary", latitude=53.7, longitude=-1.4)
    programmes.partner(leeds, school)
    Place.objects.create(
        programme=leeds,
        name="Leeds",
        local_authority=school.local_authority,
        latitude=53.8,
        longitude=-1.5,
        starts_on=date(2020, 9, 1),
    )
    assert [where.name for where in listed()["leeds"].positions] == ["Leeds"]
    School.objects.update(is_demonstration=False)
    assert [(where.name, where.is_school) for where in listed()["leeds"].positions] == [
        ("Leeds", False),
        ("Kirkfold Primary", True),
    ]
    Partnership.objects.update(ends_on=date(2025, 7, 31))
    Place.objects.update(ends_on=date(2025, 7, 31))
    assert listed()["leeds"].positions == ()


def test_a_hub_that_has_not_begun_is_not_shown(db):
    hub = Programme.objects.create(slug="york", short_name="York", name="In Harmony York")
    assert listed() == {}
    ProgrammeStatus.objects.create(programme=hub, status="running", starts_on=date(2027, 1, 1))
    assert (list(listed()), list(listed(date(2027, 1, 1)))) == ([], ["york"])


@pytest.mark.parametrize("many", [1, 3])
def test_hubs_cost_a_fixed_number_of_statements(db, django_assert_num_queries, many):
    for number in range(many):
        hub = programmes.programme(f"Hub {number}")
        programmes.partner(hub, schools.school(latitude=53.7, longitude=-1.4))
        figure(hub, 10, date(2020, 1, 1))
    School.objects.update(is_demonstration=False)
    with django_assert_num_queries(6):
        assert len(hubs(TODAY)) == many
    assert OrganisationRole.objects.count() == 0
