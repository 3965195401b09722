from programmes.models import Joining, Session
from tests.evaluation.demonstration.conftest import TODAY


def test_family_sessions_are_counted_by_heads_and_stand_in_winter_and_summer(filled):
    families = Session.objects.filter(kind="family")
    past = families.filter(day__lt=TODAY)
    assert {(session.day.month, session.day.weekday()) for session in past} == {(12, 4), (7, 4)}
    assert past.exists()
    assert not past.filter(children_counted__isnull=True).exists()
    coming = families.filter(day__gt=TODAY)
    assert {(session.day.month, session.is_held, session.is_headcount) for session in coming} == {(12, False, True)}


def test_the_next_rehearsal_of_a_saturday_orchestra_is_joined_by_the_area_band(filled):
    joint = Joining.objects.select_related("session__ensemble", "ensemble")
    assert {(one.session.ensemble.name, one.ensemble.name) for one in joint} == {("Saturday Orchestra", "Area Band")}
    playing = Session.objects.filter(ensemble__name="Saturday Orchestra", day__gt=TODAY)
    hubs = {session.programme_id for session in playing}
    assert len(joint) == len({one.session.programme_id for one in joint}) == len(hubs) > 0
    assert all(one.session.day > TODAY and not one.session.is_held for one in joint)
