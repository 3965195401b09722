"""The breach log as its pages read it."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.models import Breach, BreachVersion

PORTAL = "The whole portal"
# what a version says; the rest is who wrote it and when
SAID = (
    *("what", "happened_at", "noticed_at", "noticed_by", "kinds", "children_about", "done"),
    *("ico", "ico_why", "ico_told_at", "families", "families_why", "families_told_at", "closed_at"),
)


@dataclass(frozen=True)
class Written:
    """One version in the history of a breach: who, when, and the names of the fields that are not as before."""

    number: int
    at: datetime
    by: str
    changed: list[str]


def keepers_hubs(user: User) -> list[tuple[str, str]]:
    """Returns what the person may note a breach of: their hubs by id and name, and the portal ("")."""
    ids = user.reach.programmes_for(Permission.KEEP_BREACHES)
    hubs = apps.get_model("programmes", "Programme").objects.filter(pk__in=ids).order_by("short_name")
    found = [(str(pk), name) for pk, name in hubs.values_list("pk", "short_name")]
    return found + [("", PORTAL)] * user.reach.may_everywhere(Permission.KEEP_BREACHES)


def may_keep(user: User, breach: Breach) -> bool:
    """Returns whether the person amends this breach, rather than only reading it."""
    if breach.programme_id is None:
        return user.reach.may_everywhere(Permission.KEEP_BREACHES)
    return user.reach.may(Permission.KEEP_BREACHES, programme_id=breach.programme_id)


def log_for(user: User) -> list[BreachVersion]:
    """Returns what is known today of each breach the person may read, open ones first, then the last noticed."""
    seen = Breach.objects.visible_to(user)
    last = BreachVersion.objects.filter(breach__in=seen).order_by("breach_id", "-number").distinct("breach_id")
    known = last.select_related("breach", "programme")
    return sorted(known, key=lambda version: (version.closed_at is None, version.noticed_at), reverse=True)


def versions_of(breach: Breach) -> list[BreachVersion]:
    """Returns all versions of a breach, first to last."""
    return list(BreachVersion.objects.filter(breach=breach).select_related("written_by").order_by("number"))


def written(versions: list[BreachVersion]) -> list[Written]:
    """Returns the history of a breach, last to first."""
    before: BreachVersion | None = None
    told = []
    for version in versions:
        told.append(Written(version.number, version.written_at, version.written_by.name, changed(before, version)))
        before = version
    return told[::-1]


def changed(before: BreachVersion | None, after: BreachVersion) -> list[str]:
    """Returns the names of the fields that are not as before; none of the first version."""
    return [name for name in SAID if getattr(before, name) != getattr(after, name)] if before is not None else []
