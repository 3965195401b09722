"""What a coordinator leads: a role alone shows no child, an ensemble does."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps

from inharmony.accounts.models import User


def ensembles_led(person: User, programmes: Iterable[int]) -> dict[int, list[str]]:
    """Returns, by programme, the names of the ensembles the person leads today; nothing where they lead none."""
    led: dict[int, list[str]] = defaultdict(list)
    ensembles = apps.get_model("programmes", "Ensemble").objects.playing().filter(tutors__user=person.pk)
    for programme, name in ensembles.filter(programme__in=list(programmes)).values_list("programme", "name"):
        led[programme].append(name)
    return led
