"""Giving, changing and ending roles: who may, and what is refused by name."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.actions import role as acts
from inharmony.accounts.actions.role import AppointmentRefusedError, appoint_first_operator
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.validators import role as refusals
from programmes.models import Partnership, ProgrammeStatus
from tests.people import person, signed_in
from tests.trail import entries, entry


@pytest.fixture
def today():
    return timezone.localdate()


def role(user, name="coordinator", *, programme=None, school=None, **days):
    """A role nobody holds yet."""
    return RoleAssignment(user=user, role=name, programme=programme, school=school, **days)


def held(user, name):
    return RoleAssignment.objects.not_over().get(user=user, role=name)


def standing(user):
    """What a person may do now, read afresh."""
    return sorted(User.objects.get(pk=user.pk).reach.titles())


def refused(refusal, words, act, **named):
    """The act is refused by that name, and leaves nothing behind."""
    before = (list(RoleAssignment.objects.order_by("pk").values()), len(entries()))
    with pytest.raises(refusal, match=words):
        act(**named)
    assert (list(RoleAssignment.objects.order_by("pk").values()), len(entries())) == before


# giving


def test_grant_gives_a_further_role_and_is_in_the_trail_of_the_hub(cast, today):
    given = acts.grant(role=role(cast.priya, "administrator", programme=cast.liverpool), by=cast.joanne)
    assert standing(cast.priya) == ["Coordinator", "Hub administrator"]
    assert (given.granted_by, given.starts_on, given.ends_on) == (cast.joanne, today, None)
    event = entry(act="role.granted")
    assert (event.actor_id, event.programme_id, event.subject_id) == (cast.joanne.pk, cast.liverpool.pk, given.pk)
    assert event.details == {
        "role": "administrator",
        "school": None,
        "user": cast.priya.pk,
        "starts_on": today.isoformat(),
        "ends_on": None,
    }


def test_grant_of_a_school_is_in_the_trail_of_its_hub(cast):
    acts.grant(role=role(cast.priya, "school_lead", school=cast.marigold), by=cast.joanne)
    assert entry(act="role.granted").programme_id == cast.liverpool.pk


def test_grant_from_a_later_day_begins_on_that_day(cast, today, time_machine):
    days = {"starts_on": today + timedelta(days=7), "ends_on": today + timedelta(days=8)}
    acts.grant(role=role(cast.priya, "administrator", programme=cast.liverpool, **days), by=cast.joanne)
    seen = {}
    for after in (0, 6, 7, 8, 9):
        time_machine.move_to(timezone.now().replace(hour=12) + timedelta(days=after), tick=False)
        seen[after] = "Hub administrator" in standing(cast.priya)
        time_machine.move_to(timezone.now() - timedelta(days=after), tick=False)
    assert seen == {0: False, 6: False, 7: True, 8: True, 9: False}


def test_grant_of_the_same_role_at_the_same_time_is_refused_by_the_database(cast, today):
    again = role(cast.priya, programme=cast.liverpool, starts_on=today + timedelta(days=30))
    refused(refusals.HeldAlreadyError, "at that time already", acts.grant, role=again, by=cast.joanne)
    with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
        again.save()
    with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
        role(cast.olu, "operator").save()


def test_the_same_role_can_be_held_in_two_hubs_and_one_after_the_other(cast, today):
    acts.grant(role=role(cast.priya, programme=cast.leeds), by=cast.olu)
    acts.end(role=RoleAssignment.objects.get(user=cast.priya, programme=cast.liverpool), on=today, by=cast.joanne)
    acts.grant(role=role(cast.priya, programme=cast.liverpool), by=cast.joanne)
    assert standing(cast.priya) == ["Coordinator", "Coordinator"]


@pytest.mark.parametrize("name", ["manager", "administrator", "coordinator"])
def test_a_manager_gives_the_roles_of_their_own_hub(cast, name):
    lead = cast.sam
    acts.grant(role=role(lead, name, programme=cast.liverpool), by=cast.joanne)
    assert len(standing(lead)) == 2


@pytest.mark.parametrize("name", ["coordinator", "administrator", "manager"])
def test_a_manager_gives_no_role_of_the_hub_next_door(cast, name):
    asked = role(cast.priya, name, programme=cast.leeds)
    refused(refusals.BeyondReachError, "Joanne Carter cannot give", acts.grant, role=asked, by=cast.joanne)


@pytest.mark.parametrize("name", ["national", "operator"])
def test_a_manager_gives_no_role_beyond_hubs(cast, name):
    words = "or Olu Grant, olu@hub.example"
    refused(refusals.BeyondReachError, words, acts.grant, role=role(cast.priya, name), by=cast.joanne)


def test_a_manager_gives_no_lead_of_a_school_of_the_hub_next_door(cast):
    asked = role(cast.priya, "school_lead", school=cast.kirkfold)
    refused(refusals.BeyondReachError, "cannot give", acts.grant, role=asked, by=cast.joanne)


def test_a_manager_gives_nothing_to_people_they_do_not_keep(cast):
    for stranger in (cast.omar, cast.stranger):
        asked = role(stranger, programme=cast.liverpool)
        refused(refusals.BeyondReachError, "not among the people", acts.grant, role=asked, by=cast.joanne)


def test_who_manages_nobody_gives_nothing(cast):
    for nobody in (cast.ruth, cast.sam, cast.nia, cast.stranger):
        asked = role(cast.priya, "administrator", programme=cast.liverpool)
        refused(refusals.BeyondReachError, "not among the people", acts.grant, role=asked, by=nobody)


@pytest.mark.parametrize("name", ["national", "operator"])
def test_the_operator_gives_every_role(cast, name):
    acts.grant(role=role(cast.stranger, name), by=cast.olu)
    acts.grant(role=role(cast.stranger, "manager", programme=cast.leeds), by=cast.olu)
    acts.grant(role=role(cast.stranger, "school_lead", school=cast.marigold), by=cast.olu)
    assert len(standing(cast.stranger)) == 3


def test_nobody_gives_themselves_a_role(cast):
    asked = role(cast.joanne, "administrator", programme=cast.liverpool)
    refused(refusals.OwnRoleError, "Nobody gives themselves", acts.grant, role=asked, by=cast.joanne)
    asked = role(cast.olu, "manager", programme=cast.liverpool)
    refused(refusals.OwnRoleError, "Nobody gives themselves", acts.grant, role=asked, by=cast.olu)


def test_nothing_is_given_to_an_account_that_is_deactivated(cast):
    cast.priya.is_active = False
    cast.priya.save()
    asked = role(cast.priya, "administrator", programme=cast.liverpool)
    refused(refusals.AccountDeactivatedError, "is deactivated", acts.grant, role=asked, by=cast.joanne)


def test_grant_refuses_days_in_the_past_or_in_the_wrong_order(cast, today):
    late = role(cast.priya, "administrator", programme=cast.liverpool, starts_on=today - timedelta(days=1))
    refused(refusals.WrongDayError, "begins today or later", acts.grant, role=late, by=cast.joanne)
    turned = role(cast.priya, "administrator", programme=cast.liverpool, ends_on=today - timedelta(days=1))
    refused(refusals.WrongDayError, "last day is before the first", acts.grant, role=turned, by=cast.joanne)


# a school that works with two hubs


@pytest.fixture
def shared(cast):
    """Marigold works with Leeds as well."""
    return Partnership.objects.create(programme=cast.leeds, school=cast.marigold, starts_on=date(2024, 9, 1))


def test_no_manager_appoints_the_lead_of_a_school_of_two_hubs(cast, shared):
    words = "works with Leeds and Liverpool.*ask the operator, Olu Grant, olu@hub.example"
    for manager, somebody in (
        (cast.joanne, cast.priya),
        (cast.omar, person("Lena Hall", "coordinator", programme=cast.leeds)),
    ):
        asked = role(somebody, "school_lead", school=cast.marigold)
        refused(refusals.SharedSchoolError, words, acts.grant, role=asked, by=manager)
        held_now = held(somebody, "coordinator")
        refused(
            refusals.SharedSchoolError,
            words,
            acts.change,
            role=held_now,
            to=RoleAssignment(role="school_lead", school=cast.marigold),
            by=manager,
        )


def test_the_operator_appoints_the_lead_of_a_school_of_two_hubs_in_both_trails(cast, shared):
    acts.grant(role=role(cast.priya, "school_lead", school=cast.marigold), by=cast.olu)
    assert {event.programme_id for event in entries(act="role.granted")} == {cast.liverpool.pk, cast.leeds.pk}


def test_a_school_is_of_one_hub_again_after_the_last_day_with_the_other(cast, shared, today):
    shared.ends_on = today
    shared.save()
    asked = role(cast.priya, "school_lead", school=cast.marigold)
    refused(refusals.SharedSchoolError, "works with", acts.grant, role=asked, by=cast.joanne)
    tomorrow = role(cast.priya, "school_lead", school=cast.marigold, starts_on=today + timedelta(days=1))
    assert acts.grant(role=tomorrow, by=cast.joanne).pk


def test_a_partnership_that_is_to_begin_counts_already(cast, shared, today):
    shared.starts_on = today + timedelta(days=20)
    shared.save()
    asked = role(cast.priya, "school_lead", school=cast.marigold)
    refused(refusals.SharedSchoolError, "works with", acts.grant, role=asked, by=cast.joanne)


def test_either_manager_ends_the_lead_of_a_school_of_two_hubs(cast, shared, today):
    lead = RoleAssignment.objects.create(user=cast.stranger, role="school_lead", school=cast.marigold)
    acts.end(role=lead, on=today, by=cast.omar)
    assert standing(cast.stranger) == []
    assert {event.programme_id for event in entries(act="role.ended")} == {cast.liverpool.pk, cast.leeds.pk}


# changing


def test_change_ends_one_role_and_begins_another_at_once_in_one_act(cast, today, client):
    is_in = signed_in(client, cast.priya)
    assert is_in()
    old = held(cast.priya, "coordinator")
    new = acts.change(role=old, to=RoleAssignment(role="administrator", programme=cast.liverpool), by=cast.joanne)
    assert standing(cast.priya) == ["Hub administrator"]
    old.refresh_from_db()
    assert (old.ends_on, old.ended_by, old.ended_at is not None) == (today, cast.joanne, True)
    assert (new.starts_on, new.ends_on, new.granted_by) == (today, None, cast.joanne)
    event = entry(act="role.changed")
    assert (event.programme_id, event.subject_id) == (cast.liverpool.pk, new.pk)
    assert event.details == {
        "role": "administrator",
        "school": None,
        "user": cast.priya.pk,
        "instead_of": "coordinator",
    }
    assert [e.act for e in entries(act__startswith="role.")] == ["role.changed"]
    assert not is_in()


def test_change_keeps_the_last_day_of_the_role_it_replaces(cast, today):
    acts.end(role=held(cast.priya, "coordinator"), on=today + timedelta(days=40), by=cast.joanne)
    to = RoleAssignment(role="administrator", programme=cast.liverpool)
    new = acts.change(role=held(cast.priya, "coordinator"), to=to, by=cast.joanne)
    assert new.ends_on == today + timedelta(days=40)


def test_change_refuses_what_could_not_be_given_or_ended_and_leaves_the_old_role(cast):
    held_now = held(cast.priya, "coordinator")

    def to(name, **of):
        return {"role": held_now, "to": RoleAssignment(role=name, **of)}

    refused(
        refusals.BeyondReachError, "cannot give", acts.change, **to("manager", programme=cast.leeds), by=cast.joanne
    )
    refused(
        refusals.HeldAlreadyError, "already", acts.change, **to("coordinator", programme=cast.liverpool), by=cast.joanne
    )
    refused(
        refusals.BeyondReachError, "is not Omar Khan", acts.change, **to("manager", programme=cast.leeds), by=cast.omar
    )
    assert standing(cast.priya) == ["Coordinator"]


def test_change_refuses_a_role_held_beside_it(cast):
    acts.grant(role=role(cast.priya, "administrator", programme=cast.liverpool), by=cast.joanne)
    to = RoleAssignment(role="administrator", programme=cast.liverpool)
    refused(
        refusals.HeldAlreadyError,
        "at that time",
        acts.change,
        role=held(cast.priya, "coordinator"),
        to=to,
        by=cast.joanne,
    )


def test_nobody_changes_their_own_role(cast):
    for who, name in ((cast.joanne, "manager"), (cast.olu, "operator")):
        to = RoleAssignment(role="administrator", programme=cast.liverpool)
        refused(refusals.OwnRoleError, "themselves", acts.change, role=held(who, name), to=to, by=who)


# ending


def test_end_today_takes_the_role_away_at_once_and_signs_out_everywhere(cast, today, client):
    is_in = signed_in(client, cast.priya)
    assert is_in()
    ended = acts.end(role=held(cast.priya, "coordinator"), on=today, by=cast.joanne)
    assert (standing(cast.priya), is_in()) == ([], False)
    assert (ended.ends_on, ended.ended_by) == (today, cast.joanne)
    event = entry(act="role.ended")
    assert (event.actor_id, event.programme_id, event.details["ends_on"]) == (
        cast.joanne.pk,
        cast.liverpool.pk,
        today.isoformat(),
    )


def test_end_with_a_later_day_leaves_the_role_until_that_day_is_over(cast, today, time_machine, client):
    is_in = signed_in(client, cast.priya)
    acts.end(role=held(cast.priya, "coordinator"), on=today + timedelta(days=3), by=cast.joanne)
    assert (standing(cast.priya), is_in()) == (["Coordinator"], True)
    noon = timezone.now().replace(hour=12)
    time_machine.move_to(noon + timedelta(days=3))
    assert standing(cast.priya) == ["Coordinator"]
    time_machine.move_to(noon + timedelta(days=4))
    assert standing(cast.priya) == []


@pytest.mark.parametrize(
    ("moment", "is_held"),
    [
        ("2026-07-31T23:59:00+01:00", True),
        ("2026-08-01T00:00:00+01:00", False),  # midnight in London, still July in Greenwich
        ("2026-07-31T22:59:00Z", True),
        ("2026-07-31T23:00:00Z", False),
    ],
)
def test_a_role_ends_at_midnight_in_london(cast, time_machine, moment, is_held):
    RoleAssignment.objects.filter(user=cast.priya).update(ends_on=date(2026, 7, 31))
    time_machine.move_to(moment)
    assert standing(cast.priya) == (["Coordinator"] if is_held else [])


def test_a_role_that_has_not_begun_is_withdrawn(cast, today):
    coming = role(cast.priya, "administrator", programme=cast.liverpool, starts_on=today + timedelta(days=9))
    acts.grant(role=coming, by=cast.joanne)
    ended = acts.end(role=coming, on=today, by=cast.joanne)
    assert (ended.was_withdrawn, held(cast.priya, "coordinator").was_withdrawn) == (True, False)
    assert not RoleAssignment.objects.not_over().filter(pk=coming.pk).exists()


def test_end_refuses_other_days(cast, today):
    now = held(cast.priya, "coordinator")
    refused(
        refusals.WrongDayError, "today or on a later", acts.end, role=now, on=today - timedelta(days=1), by=cast.joanne
    )
    coming = role(cast.priya, "administrator", programme=cast.liverpool, starts_on=today + timedelta(days=9))
    acts.grant(role=coming, by=cast.joanne)
    refused(
        refusals.WrongDayError, "before it begins", acts.end, role=coming, on=today + timedelta(days=8), by=cast.joanne
    )
    acts.end(role=now, on=today + timedelta(days=2), by=cast.joanne)
    later = today + timedelta(days=3)
    refused(refusals.RoleOverError, "give it again", acts.end, role=now, on=later, by=cast.joanne)


def test_a_role_that_is_over_cannot_be_ended_or_changed_again(cast, today):
    over = held(cast.priya, "coordinator")
    acts.end(role=over, on=today, by=cast.joanne)
    refused(refusals.RoleOverError, "over already", acts.end, role=over, on=today, by=cast.joanne)
    to = RoleAssignment(role="administrator", programme=cast.liverpool)
    refused(refusals.RoleOverError, "over already", acts.change, role=over, to=to, by=cast.joanne)


def test_nobody_ends_the_role_that_lets_them_keep_people(cast, today):
    for who, name in ((cast.joanne, "manager"), (cast.olu, "operator")):
        refused(refusals.OwnRoleError, "Nobody ends their own", acts.end, role=held(who, name), on=today, by=who)


def test_a_manager_ends_a_role_of_their_own_that_is_no_key(cast, today):
    acts.grant(role=role(cast.joanne, programme=cast.liverpool), by=cast.olu)
    acts.end(role=held(cast.joanne, "coordinator"), on=today, by=cast.joanne)
    assert standing(cast.joanne) == ["Hub manager"]


def test_a_manager_ends_nobody_of_the_hub_next_door(cast, today):
    for who, name in ((cast.omar, "manager"), (cast.nia, "national"), (cast.olu, "operator")):
        refused(refusals.BeyondReachError, "to keep", acts.end, role=held(who, name), on=today, by=cast.joanne)


def test_the_last_operator_cannot_be_ended(cast, today):
    ines = person("Ines Moor", "operator")
    acts.end(role=held(cast.olu, "operator"), on=today + timedelta(days=5), by=ines)
    words = "is the last operator"
    # Olu's is in force still, but not on the day after
    refused(
        refusals.LastOperatorError,
        words,
        acts.end,
        role=held(ines, "operator"),
        on=today + timedelta(days=5),
        by=cast.olu,
    )
    refused(
        refusals.LastOperatorError,
        words,
        acts.end,
        role=held(ines, "operator"),
        on=today + timedelta(days=9),
        by=cast.olu,
    )
    assert acts.end(role=held(ines, "operator"), on=today + timedelta(days=4), by=cast.olu).ends_on


def test_an_operator_who_cannot_sign_in_is_no_operator(cast, today):
    ines = person("Ines Moor", "operator")
    cast.olu.is_active = False
    cast.olu.save()
    refused(refusals.LastOperatorError, "last operator", acts.end, role=held(ines, "operator"), on=today, by=cast.olu)


def test_the_last_manager_of_a_running_hub_is_ended_by_the_operator_alone(cast, today):
    cleo = person("Cleo Vane", "manager", programme=cast.liverpool)
    acts.end(role=held(cast.joanne, "manager"), on=today + timedelta(days=5), by=cleo)
    words = "last manager of Liverpool.*Olu Grant"
    last = {"role": held(cleo, "manager"), "on": today + timedelta(days=6)}
    refused(refusals.LastManagerError, words, acts.end, **last, by=cast.joanne)
    assert acts.end(**last, by=cast.olu).ends_on == today + timedelta(days=6)


def test_the_last_manager_of_a_hub_that_left_is_ended_by_a_manager(cast, today):
    cleo = person("Cleo Vane", "manager", programme=cast.liverpool)
    ProgrammeStatus.objects.filter(programme=cast.liverpool).update(status=ProgrammeStatus.Status.LEFT)
    acts.end(role=held(cast.joanne, "manager"), on=today + timedelta(days=5), by=cleo)
    assert acts.end(role=held(cleo, "manager"), on=today + timedelta(days=6), by=cast.joanne).ends_on


def test_two_managers_who_end_each_other_leave_one(committed_cast, today):
    cast, said = committed_cast, []
    cleo = person("Cleo Vane", "manager", programme=cast.liverpool)

    def press():
        try:
            acts.end(role=held(cast.joanne, "manager"), on=today, by=User.objects.get(pk=cleo.pk))
            said.append("ended")
        except refusals.RoleRefusedError as refusal:
            said.append(type(refusal).__name__)
        finally:
            connection.close()

    other = threading.Thread(target=press)
    with transaction.atomic():
        acts.end(role=held(cleo, "manager"), on=today, by=cast.joanne)
        other.start()
        other.join(0.5)  # it waits for the first, which is not committed yet
    other.join()
    left = RoleAssignment.objects.current().filter(role="manager", programme=cast.liverpool)
    assert (said, left.get().user) == (["LastManagerError"], cast.joanne)


# the first operator


def appoint(email="olu@portal.example", name="Olu Grant"):
    return appoint_first_operator(email=email, name=name, by=None)


def test_appoint_first_operator_makes_an_account_that_may_invite_and_is_in_the_trail(db):
    user = appoint()
    assert user.reach.titles() == ["Operator"]
    event = entry()
    assert (event.act, event.actor_id, event.details) == (
        "person.appointed",
        None,
        {"role": "operator", "user": user.pk},
    )


def test_appoint_first_operator_leads_to_a_password_by_mail(db, client, mailoutbox):
    user = appoint()
    assert not user.has_usable_password()
    client.post(reverse("account_reset_password"), {"email": user.email})
    (letter,) = mailoutbox
    path = "/password/reset/" + letter.body.split("/password/reset/")[1].split()[0]
    page = client.get(path, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "five quiet violas", "password2": "five quiet violas"})
    assert client.login(email=user.email, password="five quiet violas")


def test_appoint_first_operator_refuses_a_second_one(db):
    appoint()
    with pytest.raises(AppointmentRefusedError, match="The portal has an operator"):
        appoint("other@portal.example", "Other")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "refusal", "words"),
    [
        ("PRIYA@hub.example", AppointmentRefusedError, "has an account already"),
        ("no address", ValidationError, "Enter a valid email address"),
    ],
)
def test_appoint_first_operator_refuses_an_address_that_cannot_be_theirs(cast, email, refusal, words):
    cast.olu.role_assignments.all().delete()
    before = (User.objects.count(), len(entries()))
    with pytest.raises(refusal, match=words):
        appoint(email)
    assert (User.objects.count(), len(entries())) == before
