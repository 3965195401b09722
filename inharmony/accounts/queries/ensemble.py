"""What a coordinator leads: a role alone shows no child, an ensemble does."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User


def ensembles_led(person: User, programmes: Iterable[int]) -> dict[int, list[str]]:
    """Returns, by programme, the names of the ensembles the person leads today; nothing where they lead none."""
    led: dict[int, list[str]] = defaultdict(list)
    playing = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    ensembles = apps.get_model("programmes", "Ensemble").objects.filter(playing, tutors__user=person.pk)
    for programme, name in ensembles.filter(programme__in=list(programmes)).values_list("programme", "name"):
        led[programme].append(name)
    return led
