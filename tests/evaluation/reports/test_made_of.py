"""Asked again, a report of which no row has changed is not counted; whatever it is made of says when it changes."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.actions import report as reports
from evaluation.models import ReportJob
from evaluation.queries.kept import version_of
from evaluation.reports.declaration import Of, Subject
from evaluation.reports.impact import COUNTRY_IMPACT, PROGRAMME_IMPACT
from evaluation.reports.made_of import made_of
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.registry import REPORTS
from inharmony.access.scope import Scope, figures, scope_of, scoped
from outcomes.actions import comparison
from outcomes.actions.analyse import analyse
from outcomes.models import Result
from participants.models import Photo
from programmes.models import Organisation, OrganisationRole, Partnership
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.evaluation.actions.test_words import write
from tests.evaluation.conftest import NOW, ask_of_2026, finished
from tests.factories import evaluation, photos, stories
from tests.factories.record import role
from tests.factories.schools import school
from tests.outcomes import planting
from tests.outcomes.compared import YEAR, chosen

OF_HUBS = [one for one in REPORTS if one.of is not Of.COUNTRY]
# counted from rows that say so themselves, by triggers, or what says so
# the choice of comparison schools, and what a hub wrote, are asked for beside the version
FOLLOWS = {
    "evaluation_hubwords",
    "outcomes_comparisonschool",
    "evaluation_hubchange",
    "evaluation_keptfigures",
    "participants_childmonth",
    "participants_registertally",
}
TABLES = re.compile(r'\b(?:FROM|JOIN)\s+"?(?:public\.)?([a-z]+_[a-z_]+)"?')


@pytest.fixture
def full(signed, fresh_database, time_machine):
    """Liverpool with something of everything that its reports tell, after the end of its year."""
    hub = signed
    time_machine.move_to(NOW, tick=False)
    evaluation.country(hub)
    with connected_as("worker", fresh_database):
        planting.asked_twice(hub.liverpool, hub.joanne, [school(f"Hall {at}") for at in range(4)], 41)
        analyse(programme_id=hub.liverpool.pk, year=2026)
    role(Organisation.objects.create(name="A music service"), hub.liverpool)
    time_machine.move_to("2027-09-01 09:00+01:00", tick=False)
    with scoped(hub.both):
        photos.consent(hub.children[:1], by=hub.ruth)
        said = {"taken_on": date(2027, 6, 12), "is_in_report": True, "is_public": True}
        photos.photo(hub.liverpool, by=hub.joanne, on=hub.children[:1], **said)
        stories.consent(hub.children[:1], by=hub.ruth)
        stories.story(hub.liverpool, by=hub.joanne, of=hub.children[:1], is_shared=True, academic_year=2026)
    write(hub, "We moved to a larger hall.", paper="report-words", question="highlights")
    return hub


def noted():
    """Returns the tables of which each change is noted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'note%'")
        return {name for (name,) in cursor.fetchall()}


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def about(report, hub):
    if report.of is Of.PROGRAMME:
        return Subject(hub.liverpool)
    with scoped(hub.liverpool_scope):
        partners = Partnership.objects.filter(programme=hub.liverpool).select_related("school")
        return next(Subject(hub.liverpool, one.school) for one in partners if "4" in one.school.name)


@pytest.mark.parametrize("report", OF_HUBS, ids=lambda report: f"{report.id} of a {report.of}")
def test_every_table_that_a_report_is_made_of_says_when_it_changes(full, report):
    subject = about(report, full)
    with scoped(scope_of(full.joanne)), CaptureQueriesContext(connection) as asked:
        report.contents(subject, 2026, full.joanne)
    read = {table for each in asked for table in TABLES.findall(each["sql"])} & set(tables())
    assert read > {"programmes_partnership", "evaluation_hubchange"}
    assert read - noted() - FOLLOWS == set()


CHANGES = {
    "a photo has other words": lambda _: Photo.objects.update(caption="In the hall"),
    "a story is taken back": lambda hub: stories.consent(hub.children[:1], by=hub.ruth, answer=stories.REFUSED),
    "somebody else leads": lambda hub: OrganisationRole.objects.filter(programme=hub.liverpool).delete(),
    "who leads has a new name": lambda hub: Organisation.objects.filter(
        pk__in=OrganisationRole.objects.filter(programme=hub.liverpool).values("organisation")
    ).update(name="New"),
    "a partner school has a new name": lambda hub: (
        type(hub.saltwharf)
        .objects.filter(pk__in=Partnership.objects.filter(programme=hub.liverpool).values("school"))
        .update(name="New")
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_beside_the_figures_says_so_too(full, name):
    with scoped(full.both):
        before = version_of(full.liverpool)
        CHANGES[name](full)
        assert version_of(full.liverpool) > before


def test_results_that_a_worker_writes_say_so(full, fresh_database):
    before = version_of(full.liverpool)
    with connected_as("worker", fresh_database), scoped(figures()):
        assert Result.objects.filter(programme=full.liverpool).delete()[0]
    assert version_of(full.liverpool) > before


def statements(hub, report):
    with CaptureQueriesContext(connection) as asked:
        job = ask_of_2026(hub, report)
    return job, [each["sql"] for each in asked]


@pytest.mark.parametrize("report", [PROGRAMME_PARTICIPATION, PROGRAMME_IMPACT], ids=lambda report: report.id)
def test_asked_again_nothing_is_counted(full, report):
    first = ask_of_2026(full, report)
    again, said = statements(full, report)
    assert again.pk == first.pk
    # the scope, the versions, the job, who asks, and the transaction; of what it says no row is read
    assert len(said) <= 13
    beside = {"outcomes_comparisonschool", "schools_school", "schools_schoolcontext"}
    there = {
        "evaluation_hubchange",
        "evaluation_hubwords",
        "evaluation_reportjob",
        *(beside if report is PROGRAMME_IMPACT else ()),
    }
    assert {table for one in said for table in TABLES.findall(one)} <= there


def test_another_choice_of_comparison_schools_is_other_contents_of_the_impact_report_alone(full):
    def marks():
        with scoped(scope_of(full.joanne)):
            both = (PROGRAMME_PARTICIPATION, PROGRAMME_IMPACT)
            return [made_of(one, Subject(full.liverpool), 2026, full.joanne) for one in both]

    with scoped(full.both):
        first = chosen(full)
    found = [marks()]
    with scoped(full.both):
        comparison.end(comparison=first, because="It joined a trust.", by=full.joanne)
    found.append(marks())
    with scoped(full.both):
        again = {"school": first.school, "year": YEAR, "reason": "As poor."}
        comparison.choose(programme=full.liverpool, by=full.joanne, **again)
    found.append(marks())
    assert len({participation for participation, _ in found}) == 1
    assert len({impact for _, impact in found}) == 3


def test_what_changed_is_counted_and_where_it_says_the_same_it_is_the_same_job(full):
    first = ask_of_2026(full)
    with scoped(full.both):
        Photo.objects.update(is_in_report=True)
    again = ask_of_2026(full)
    assert again.pk == first.pk
    assert again.made_of != first.made_of
    # and from then on nothing is counted
    assert len(statements(full, PROGRAMME_PARTICIPATION)[1]) <= 12
    write(full, "Other words.", paper="report-words", question="highlights")
    assert ask_of_2026(full).pk != first.pk


def test_the_next_day_it_is_counted_anew(full, time_machine):
    first = ask_of_2026(full)
    time_machine.move_to("2027-09-02 09:00+01:00", tick=False)
    assert ask_of_2026(full).made_of != first.made_of


def test_what_was_made_of_later_rows_is_found_by_these(full, work):
    job = ask_of_2026(full)
    write(full, "Written while it waited.", paper="report-words", question="highlights")
    made = work(job)
    assert made.made_of != job.made_of
    again, said = statements(full, PROGRAMME_PARTICIPATION)
    assert again.pk == job.pk
    assert len(said) <= 13


def test_a_draft_that_was_destroyed_is_not_found_again(full):
    job = finished(ask_of_2026(full))
    reports.destroy_draft(job=job, because="Something in it is not shown any more.")
    assert ReportJob.objects.get(pk=job.pk).made_of == ""
    assert ask_of_2026(full).pk != job.pk


def test_of_the_country_and_for_who_sees_a_part_there_is_no_mark(full):
    year = AcademicYear(year=2026).year
    with scoped(scope_of(full.nia)):
        assert made_of(COUNTRY_IMPACT, Subject(), year, full.nia) == ""
    with scoped(scope_of(full.priya)):
        assert made_of(PROGRAMME_IMPACT, Subject(full.liverpool), year, full.priya) == ""
    with scoped(Scope()):
        assert made_of(PROGRAMME_IMPACT, Subject(full.liverpool), year, None) == ""
    with scoped(scope_of(full.joanne)):
        by_a_person = made_of(PROGRAMME_IMPACT, Subject(full.liverpool), year, full.joanne)
    with scoped(full.liverpool_scope):
        assert made_of(PROGRAMME_IMPACT, Subject(full.liverpool), year, None) == by_a_person != ""
