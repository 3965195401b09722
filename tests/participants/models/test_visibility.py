"""Who sees a child at risk, in every table that names one."""

import pytest

from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import RoleAssignment
from participants.actions import at_risk, attendance
from participants.models import Attendance, Child, Consent, Enrolment, Membership, Placement
from participants.models.attendance import Mark
from tests.factories import participants, programmes

TABLES = [Child, Enrolment, Placement, Membership, Consent, Attendance]


def of_child(rows, child):
    named = "pk" if rows.model is Child else "child"
    return rows.filter(**{named: child.pk})


@pytest.fixture
def hidden(cast):
    """The first child of Year 4 Strings, at risk, with a row in every table."""
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        participants.answer(child, Consent.Purpose.SURVEY, by=cast.ruth)
        marks = {one.pk: Mark.PRESENT for one in cast.children}
        attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.priya)
        at_risk.flag_at_risk(child=child, by=cast.ruth)
    return child


def sees(user, model, child, **inside):
    with scoped(scope_of(user)):
        return of_child(model.objects.visible_to(user, **inside), child).exists()


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
@pytest.mark.parametrize(
    ("who", "seen"), [("ruth", True), ("joanne", True), ("priya", False), ("sam", False), ("omar", False)]
)
def test_only_people_of_the_whole_programme_see_a_child_at_risk(cast, hidden, model, who, seen):
    assert sees(getattr(cast, who), model, hidden) is seen


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
def test_naming_their_own_ensemble_shows_a_coordinator_who_is_in_it(cast, hidden, model):
    assert sees(cast.priya, model, hidden, inside=[cast.strings.pk])


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
def test_naming_another_ensemble_shows_nobody_more(cast, hidden, model):
    """Priya leads both, the child plays in one; and an ensemble that she does not lead opens nothing."""
    choir = programmes.ensemble(cast.liverpool, "Choir", led_by=cast.strings.tutors.all())
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, [hidden], by=cast.ruth)
    assert not sees(cast.priya, model, hidden, inside=[choir.pk])
    assert not sees(cast.priya, model, hidden, inside=[cast.brass.pk])


@pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)
def test_naming_an_ensemble_opens_nothing_to_a_school_or_to_the_hub_next_door(cast, hidden, model):
    for user in (cast.sam, cast.omar):
        assert not sees(user, model, hidden, inside=[cast.strings.pk])


def test_the_other_children_are_seen_as_before(cast, hidden):
    for user in (cast.priya, cast.sam):
        with scoped(scope_of(user)):
            seen = set(Child.objects.visible_to(user).values_list("pk", flat=True))
        assert seen == {child.pk for child in cast.children} - {hidden.pk}


def test_who_also_leads_the_childs_school_sees_no_more_for_it(cast, hidden):
    RoleAssignment.objects.create(user=cast.priya, role="school_lead", school=cast.saltwharf)
    assert not sees(cast.priya, Child, hidden)


def test_clearing_the_flag_shows_the_child_again(cast, hidden):
    with scoped(cast.liverpool_scope):
        at_risk.clear_at_risk(child=hidden, by=cast.ruth)
    assert all(sees(user, Child, hidden) for user in (cast.priya, cast.sam))


def test_naming_a_session_shows_a_coordinator_who_is_in_its_register_and_nobody_elsewhere(cast, hidden):
    """Who has a mark there, or is in an ensemble that plays there; of sessions of their own only."""
    joint = programmes.session(cast.strings, starts_at="13:00", ends_at="14:00", joined_by=[cast.brass])
    foreign = programmes.session(cast.brass)
    everyone = {child.pk for child in (*cast.children, *cast.others)}
    with scoped(scope_of(cast.priya)):
        seen = {
            name: set(Child.objects.visible_to(cast.priya, at=at).values_list("pk", flat=True))
            for name, at in {"own": [cast.session], "joint": [joint], "foreign": [foreign], "none": []}.items()
        }
    own = {child.pk for child in cast.children}
    assert seen == {"own": own, "joint": everyone, "foreign": own - {hidden.pk}, "none": own - {hidden.pk}}


def test_naming_a_session_opens_nothing_to_a_school_or_to_the_hub_next_door(cast, hidden):
    for user in (cast.sam, cast.omar):
        assert not sees(user, Child, hidden, at=[cast.session])
