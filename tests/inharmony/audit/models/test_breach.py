"""Who reads which breach, with the database's own wall out of the way."""

import pytest

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment, User
from inharmony.audit.actions import breach
from inharmony.audit.models import Breach
from tests.inharmony.audit.breaches import known


@pytest.fixture
def reads(cast):
    """Returns what somebody reads of a breach of each hub and one of the portal, both hubs being in reach."""
    with scoped(cast.both):
        of = {
            breach.note(version=known(), programme_id=programme, by=cast.olu).pk: name
            for name, programme in (("liverpool", cast.liverpool.pk), ("leeds", cast.leeds.pk), ("portal", None))
        }

    def by(user):
        with scoped(cast.both):
            return {of[pk] for pk in Breach.objects.visible_to(user).values_list("pk", flat=True)}

    return by


def test_a_hub_reads_its_own_and_the_portals_and_the_operator_the_portals(cast, reads):
    assert (reads(cast.joanne), reads(cast.omar), reads(cast.olu)) == (
        {"liverpool", "portal"},
        {"leeds", "portal"},
        {"portal"},
    )


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "nia", "stranger"])
def test_who_answers_for_nothing_reads_none(cast, reads, who):
    assert reads(getattr(cast, who)) == set()


def test_working_in_a_hub_is_not_answering_for_it(cast, reads):
    RoleAssignment.objects.create(user=cast.joanne, role="administrator", programme=cast.leeds)
    assert reads(User.objects.get(pk=cast.joanne.pk)) == {"liverpool", "portal"}
