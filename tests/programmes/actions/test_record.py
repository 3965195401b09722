from datetime import date

from inharmony.pages.public import new_edition
from programmes.actions.record import load_record
from programmes.models import (
    Organisation,
    OrganisationName,
    OrganisationRole,
    Partnership,
    Place,
    Programme,
    ProgrammeStatus,
)
from schools.actions.staging import Kept
from schools.models import LocalAuthority, School
from tests.trail import entries

ENTRIES = {
    "milestones",
    "accounts",
    "offices",
    "funding agreements",
    "collaborations",
    "studies",
    "findings",
    "published figures",
    "mentions",
    "films",
}


def changes(outcome):
    return {noun: kept for noun, kept in outcome.items() if kept.new or kept.changed}


def test_load_record_twice_changes_nothing(db):
    assert set(changes(load_record(by=None))) == {
        "local authorities",
        "programmes",
        "statuses",
        "places",
        "organisations",
        "former names",
        "roles",
        "schools",
        "partnerships",
        *ENTRIES,
    }
    assert changes(load_record(by=None)) == {}
    assert len(entries(act="record.loaded")) == 1


def test_load_record_corrects_what_says_otherwise_and_nothing_else(db):
    load_record(by=None)
    Programme.objects.filter(slug="leeds").update(name="Something else")
    assert changes(load_record(by=None)) == {"programmes": Kept(changed=1, unchanged=6)}
    assert Programme.objects.get(slug="leeds").name == "In Harmony Opera North"


def test_load_record_leaves_schools_and_partnerships_that_are_there_to_those_who_know_them(db):
    LocalAuthority.objects.create(code="341", name="City of Liverpool")
    School.objects.create(urn=134723, name="Faith Primary", local_authority_id="341", pupils=195)
    liverpool = Programme.objects.create(slug="liverpool", name="Liverpool", short_name="Liverpool")
    Partnership.objects.create(programme=liverpool, school_id=134723, starts_on=date(2009, 3, 1))
    load_record(by=None)
    assert School.objects.get(urn=134723).pupils == 195
    assert LocalAuthority.objects.get(code="341").name == "City of Liverpool"
    assert Partnership.objects.get(school_id=134723).starts_on == date(2009, 3, 1)


def test_load_record_leaves_history_that_somebody_entered_for_the_same_time(db):
    liverpool = Programme.objects.create(slug="liverpool", name="Liverpool", short_name="Liverpool")
    ProgrammeStatus.objects.create(programme=liverpool, status="running", starts_on=date(2020, 9, 1))
    load_record(by=None)
    assert list(liverpool.statuses.values_list("status", "starts_on")) == [
        ("pilot", date(2009, 2, 1)),
        ("running", date(2020, 9, 1)),
    ]
    assert changes(load_record(by=None)) == {}


def test_load_record_touches_no_other_programme(db):
    Programme.objects.create(slug="elsewhere", name="Elsewhere", short_name="Elsewhere")
    load_record(by=None)
    assert Programme.objects.count() == 8


def test_six_programmes_run_and_norwich_does_not(db):
    load_record(by=None)
    assert list(Programme.objects.running_on(date(2026, 11, 22)).values_list("slug", flat=True)) == [
        "lambeth",
        "leeds",
        "liverpool",
        "newcastle-gateshead",
        "nottingham",
        "telford-stoke",
    ]
    assert list(Programme.objects.running_on(date(2010, 1, 1)).values_list("slug", flat=True)) == [
        "lambeth",
        "liverpool",
        "norwich",
    ]
    assert ProgrammeStatus.objects.get(programme__slug="norwich", status="left").starts_on == date(2012, 7, 1)
    assert ProgrammeStatus.objects.get(status="disputed").programme.slug == "nottingham"


def test_a_programme_may_serve_more_than_one_authority(db):
    load_record(by=None)
    served = Place.objects.filter(programme__slug="leeds").values_list("local_authority_id", flat=True)
    assert sorted(served) == ["381", "382", "383", "384"]
    served = Place.objects.filter(programme__slug="telford-stoke").values_list("local_authority__name", flat=True)
    assert sorted(served) == ["Stoke-on-Trent", "Telford and Wrekin"]


def test_the_glasshouse_keeps_its_former_name(db):
    load_record(by=None)
    lead = OrganisationRole.objects.get(programme__slug="newcastle-gateshead", kind="lead").organisation
    assert lead == Organisation.objects.get(former_names__name="Sage Gateshead")


def test_nottingham_changed_its_lead(db):
    load_record(by=None)
    leads = OrganisationRole.objects.filter(programme__slug="nottingham", kind="lead")
    assert list(leads.values_list("organisation__slug", "starts_on", "ends_on")) == [
        ("nottingham-city-council", date(2013, 2, 1), date(2013, 12, 31)),
        ("nottingham-music-service", date(2014, 1, 1), None),
    ]


def test_the_department_stopped_paying_in_july_2022(db):
    load_record(by=None)
    last = OrganisationRole.objects.filter(organisation__slug="department-for-education").order_by("-ends_on").first()
    assert last.ends_on == date(2022, 7, 31)
    assert OrganisationRole.objects.filter(organisation__slug="arts-council-england", ends_on=None).count() == 6


def test_everything_of_the_record_says_where_it_is_from(db):
    load_record(by=None)
    for model in (Programme, ProgrammeStatus, Place, Organisation, OrganisationName, OrganisationRole, Partnership):
        assert not model.objects.filter(source="").exists(), model


def test_load_record_lets_public_pages_be_made_anew_only_when_something_changed(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as first:
        load_record(by=None)
    with django_capture_on_commit_callbacks() as second:
        load_record(by=None)
    assert new_edition in first
    assert new_edition not in second


def test_load_record_leaves_what_a_person_keeps(db):
    load_record(by=None)
    Programme.objects.filter(slug="leeds").update(about="In our own words.", is_by_hand=True)
    Place.objects.filter(key="leeds-381").update(name="Calderdale", starts_on=date(2030, 1, 1), is_by_hand=True)
    OrganisationName.objects.filter(name="Sage Gateshead").update(name="The Sage", is_by_hand=True)
    assert changes(load_record(by=None)) == {}
    assert Programme.objects.get(slug="leeds").about == "In our own words."
    assert Place.objects.filter(programme__slug="leeds", local_authority_id="381").count() == 1
    assert not OrganisationName.objects.filter(name="Sage Gateshead").exists()


def test_every_programme_says_what_it_is_and_where_to_read_on(db):
    load_record(by=None)
    assert not Programme.objects.filter(about="").exists()
    assert not Programme.objects.exclude(website__startswith="https://").exists()
