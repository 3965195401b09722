"""Who reads what of the trail: the one rule, for each role."""

import pytest

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from inharmony.audit.models import AuditEvent
from inharmony.audit.record import audit
from tests.factories.schools import LONG_AGO
from tests.people import person


@pytest.fixture
def trail(cast):
    """Entries of both hubs, of nobody's hub, and about accounts; each act is named for what it is."""
    kemi = person("Kemi Ojo")
    RoleAssignment.objects.create(
        user=kemi, role="coordinator", programme=cast.liverpool, starts_on=LONG_AGO, ends_on="2021-07-21"
    )
    with scoped(cast.both):
        child, foreign = cast.children[0], cast.leeds_children[0]
        audit(act="saw own child", by=cast.priya, programme_id=cast.liverpool.pk, children=[child.pk])
        audit(act="saw leeds child", by=cast.omar, programme_id=cast.leeds.pk, children=[foreign.pk])
        # she helps out next door: that is next door's to read
        audit(act="priya in leeds", by=cast.priya, programme_id=cast.leeds.pk)
        audit(act="made own report", by=cast.joanne, programme_id=cast.liverpool.pk)
        audit(act="priya signed in", by=cast.priya, subject=cast.priya)
        audit(act="kemi signed in, who left", by=kemi, subject=kemi)
        audit(act="sam signed in, of a partner school", by=cast.sam, subject=cast.sam)
        audit(act="omar signed in", by=cast.omar, subject=cast.omar)
        audit(act="stranger signed in", by=cast.stranger, subject=cast.stranger)
        audit(act="somebody tried priya", by=None, subject=cast.priya)
        audit(act="priya was refused", by=cast.priya)
        role = RoleAssignment.objects.get(user=cast.priya)
        audit(act="priya got a role", by=cast.joanne, programme_id=cast.liverpool.pk, subject=role)
        audit(act="release cut", by=cast.olu)
    return {entry.act for entry in entries_everywhere(cast)}


def entries_everywhere(cast):
    with scoped(cast.both):
        return list(AuditEvent.objects.exclude(act__contains="."))


def read_by(cast, user):
    """With both hubs in the database's reach: the rule alone, without the wall under it."""
    with scoped(cast.both):
        return set(AuditEvent.objects.visible_to(user).exclude(act__contains=".").values_list("act", flat=True))


OF_LIVERPOOL = {
    "saw own child",
    "made own report",
    "priya got a role",
    "priya signed in",
    "kemi signed in, who left",
    "sam signed in, of a partner school",
    "somebody tried priya",
    "priya was refused",
}
OF_NO_HUB = {
    "kemi signed in, who left",
    "omar signed in",
    "priya signed in",
    "sam signed in, of a partner school",
    "stranger signed in",
    "somebody tried priya",
    "priya was refused",
    "release cut",
}


def test_a_manager_reads_their_hub_and_the_comings_and_goings_of_its_people(cast, trail):
    assert read_by(cast, cast.joanne) == OF_LIVERPOOL
    assert read_by(cast, cast.omar) == {"saw leeds child", "priya in leeds", "omar signed in"}


def test_the_operator_reads_accounts_and_the_portal_and_nothing_that_names_a_child(cast, trail):
    assert read_by(cast, cast.olu) == OF_NO_HUB | {"priya got a role"}


@pytest.mark.parametrize(
    ("who", "own"),
    [
        ("ruth", set()),
        ("priya", {"saw own child", "priya in leeds", "priya signed in", "priya was refused"}),
        ("sam", {"sam signed in, of a partner school"}),
        ("stranger", {"stranger signed in"}),
    ],
)
def test_who_answers_for_nothing_reads_what_they_did_themselves(cast, trail, who, own):
    assert read_by(cast, getattr(cast, who)) == own


def test_a_manager_who_also_keeps_the_portal_reads_both(cast, trail):
    RoleAssignment.objects.create(user=cast.joanne, role="operator")
    assert read_by(cast, cast.joanne) == OF_LIVERPOOL | OF_NO_HUB
