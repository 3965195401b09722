"""A hub's own numbers are those that the truth of the country counts for it, whatever its rows say."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.figures.cells import Said
from evaluation.figures.period import Period, whole_year
from evaluation.queries.drift import cells_of
from evaluation.queries.live import live
from evaluation.queries.people import marked_everywhere
from inharmony.access.scope import figures, scoped
from participants.models import Attendance, Child, Enrolment, Placement, Playing
from programmes.models import Session
from tests.databases import connected_as
from tests.factories import evaluation, programmes

FIRST, LAST = date(2025, 7, 1), date(2027, 8, 31)
days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + timedelta(days=number))
states = st.sampled_from(["taken", "taken", "taken", "heads", "cancelled", "nothing"])
played = st.fixed_dictionaries(
    {
        "day": days,
        "hour": st.integers(8, 17),
        "minutes": st.integers(1, 59),
        "kind": st.sampled_from([Session.Kind.CURRICULAR, Session.Kind.FAMILY]),
        "state": states,
        # of each child of both ensembles: a mark, or none
        "marks": st.lists(st.sampled_from("plrae-"), min_size=5, max_size=5),
    }
)
children = st.fixed_dictionaries(
    {
        "sex": st.sampled_from("FMU"),
        "sen": st.sampled_from(["N", "K", "E", ""]),
        "is_pupil_premium": st.sampled_from([True, False, None]),
        "is_eal": st.sampled_from([True, False, None]),
        "ethnicity": st.sampled_from(["WBRI", "WROM", "MOTH", "REFU", "OOTH", ""]),
        "home_decile": st.sampled_from([None, 1, 2, 3, 10]),
        "year_group": st.sampled_from(["R", "2", "4", "7", "X", ""]),
        "instrument": st.sampled_from(["violin", "cornet", ""]),
        "ends_on": st.sampled_from([None, date(2026, 8, 31), date(2026, 9, 1), date(2026, 11, 20), date(2027, 8, 31)]),
    }
)
periods = st.one_of(
    st.sampled_from([whole_year(2025), whole_year(2026)]),
    st.tuples(days, days).map(
        lambda both: Period(2026, max(date(2026, 9, 1), min(both)), max(*both, date(2026, 9, 1)))
    ),
)


@pytest.fixture
def hub(committed_cast, fresh_database):
    """The connection is the worker's: it may read the country, and the hub alone."""
    with connected_as("worker", fresh_database):
        yield committed_cast


def write(cast, told, sessions):
    """Writes down children as they are told and sessions with their marks, of whatever kind."""
    own = [*cast.children, *cast.others]
    for number, (child, each) in enumerate(zip(own, told, strict=True)):
        fields = dict(each)
        Placement.objects.filter(child=child).update(year_group=fields.pop("year_group"))
        Enrolment.objects.filter(child=child).update(ends_on=fields.pop("ends_on"))
        if instrument := fields.pop("instrument"):
            Playing.objects.create(
                programme=cast.liverpool, child=child, instrument=instrument, starts_on=date(2026, 9, 1 + number)
            )
        Child.objects.filter(pk=child.pk).update(**fields)
    for number, fields in enumerate(sessions):
        ensemble = (cast.strings, cast.brass)[number % 2]
        starts = time(fields["hour"], number)
        ends = (timezone.datetime.combine(fields["day"], starts) + timedelta(minutes=fields["minutes"])).time()
        heads = fields["state"] == "heads"
        more = {"is_headcount": True, "kind": "family"} if heads else {"kind": fields["kind"]}
        session = programmes.session(ensemble, day=fields["day"], starts_at=starts, ends_at=ends, **more)
        if fields["state"] == "cancelled":
            evaluation.cancel(session)
        elif fields["state"] in ("taken", "heads"):
            session.register_taken_at, session.register_taken_by = timezone.now(), cast.priya
            session.register_version = 1
            if heads:
                session.children_counted, session.adults_counted = 12, 3
            session.save()
            if not heads:
                Attendance.objects.bulk_create(
                    Attendance(session=session, child=child, programme=cast.liverpool, mark=mark)
                    for child, mark in zip(own, fields["marks"], strict=True)
                    if mark != "-"
                )


def test_who_left_before_the_period_did_not_leave_in_it(hub):
    with scoped(hub.liverpool_scope):
        evaluation.register(hub.session, "ppp", by=hub.priya)
        # one left in the period; one had left before, came all the same, and is on no list
        for child, last in zip(hub.children, (date(2026, 11, 20), date(2026, 8, 31)), strict=False):
            Enrolment.objects.filter(child=child).update(starts_on=date(2026, 8, 1), ends_on=last)
        found = live(hub.liverpool, whole_year(2026), hub.joanne)
        assert dict(found.of("children_by_leaving")) == {("left", ""): Said(1), ("stays", ""): Said(2)}
    with scoped(figures()):
        assert cells_of(hub.liverpool, whole_year(2026), marked_everywhere(whole_year(2026)), date(2026, 11, 17)) == (
            found.cells
        )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(children, min_size=5, max_size=5), st.lists(played, max_size=8), periods)
def test_every_cell_is_the_one_that_the_country_counts_for_the_hub(hub, told, sessions, period):
    with transaction.atomic():
        with scoped(hub.liverpool_scope):
            write(hub, told, sessions)
            found = live(hub.liverpool, period, hub.joanne)
            # what was kept is what was counted
            assert live(hub.liverpool, period, hub.joanne).cells == found.cells
        with scoped(figures()):
            expected = cells_of(hub.liverpool, period, marked_everywhere(period), timezone.localdate())
        transaction.set_rollback(True)
    assert found.cells == expected
