"""Ensembles: who is in them, and a school class joining in one act."""

from django.urls import reverse

from inharmony.access.scope import scoped
from participants.models import Membership


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
