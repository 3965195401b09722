"""Ensembles: who is in them, and a school class joining in one act."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from participants.models import Membership
from tests.factories import programmes
from tests.trail import entry


def members_of(cast, ensemble):
    with scoped(cast.both):
        return sorted(Membership.objects.filter(ensemble=ensemble).values_list("child_id", flat=True))


def join(client, cast, ensemble, key):
    return client.post(reverse("participants:ensemble-join", args=[ensemble.pk]), {"school_class": key}, follow=True)


def test_a_school_class_joins_in_one_act(client, cast):
    client.force_login(cast.ruth)
    response = join(client, cast, cast.brass, f"{cast.saltwharf.pk}|4B")
    assert "3 children joined Year 5 Brass." in response.content.decode()
    assert members_of(cast, cast.brass) == sorted(c.pk for c in [*cast.children, *cast.others])


def test_who_is_in_it_already_stays_once(client, cast):
    client.force_login(cast.ruth)
    response = join(client, cast, cast.strings, f"{cast.saltwharf.pk}|4B")
    assert "0 children joined Year 4 Strings. 3 were in it already." in response.content.decode()
    assert len(members_of(cast, cast.strings)) == 3


def test_a_class_of_the_hub_next_door_joins_nothing(client, cast):
    client.force_login(cast.ruth)
    for key in (f"{cast.kirkfold.pk}|4B", "", "x|y", "1|"):
        assert "No school class was chosen" in join(client, cast, cast.brass, key).content.decode()
    assert members_of(cast, cast.brass) == sorted(c.pk for c in cast.others)


def test_an_ensemble_next_door_is_not_found(client, cast):
    client.force_login(cast.ruth)
    assert client.get(reverse("participants:ensemble", args=[cast.leeds_strings.pk])).status_code == 404
    assert join(client, cast, cast.leeds_strings, f"{cast.saltwharf.pk}|4B").status_code == 404


def test_a_coordinator_sees_an_ensemble_but_cannot_change_it(client, cast):
    client.force_login(cast.priya)
    page = client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    assert "Take in a school class" not in page
    assert join(client, cast, cast.strings, f"{cast.saltwharf.pk}|4B").status_code == 403


def test_keeping_ensembles_in_one_hub_gives_no_right_to_them_in_another(client, cast):
    """Ruth keeps Liverpool's ensembles; in Leeds she only takes registers."""
    RoleAssignment.objects.create(user=cast.ruth, role="coordinator", programme=cast.leeds)
    ruth = programmes.tutor(cast.leeds, "Ruth Bell", cast.ruth)
    cast.leeds_strings.tutors.add(ruth)
    choir = programmes.ensemble(cast.leeds, "Kirkfold Choir", school=cast.kirkfold, led_by=[ruth])
    client.force_login(cast.ruth)
    assert join(client, cast, choir, f"{cast.kirkfold.pk}|4B").status_code == 403
    assert members_of(cast, choir) == []


@pytest.mark.parametrize("key", ["{urn}|4B\0", "{urn}|\0", "\0", "{urn}9999999999999999999999|4B", "٣|4B"])
def test_what_no_list_offers_joins_nothing(client, cast, key):
    client.force_login(cast.ruth)
    page = join(client, cast, cast.brass, key.format(urn=cast.saltwharf.pk))
    assert (page.status_code, "No school class was chosen" in page.content.decode()) == (200, True)


def test_nobody_joins_an_ensemble_that_has_ended(client, cast):
    cast.brass.ends_on = timezone.localdate() - timedelta(days=1)
    cast.brass.save()
    client.force_login(cast.ruth)
    page = join(client, cast, cast.brass, f"{cast.saltwharf.pk}|4B").content.decode()
    assert "nobody can join it any more. Choose another ensemble." in page
    assert members_of(cast, cast.brass) == sorted(c.pk for c in cast.others)


def test_who_looked_at_the_names_is_in_the_trail(client, cast):
    client.force_login(cast.priya)
    client.get(reverse("participants:ensemble", args=[cast.strings.pk]))
    event = entry(act="ensemble.viewed")
    assert (event.actor_id, event.programme_id, event.subject_id) == (
        cast.priya.pk,
        cast.liverpool.pk,
        cast.strings.pk,
    )
    assert len(event.children) == 3
