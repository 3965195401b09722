"""Ensembles, venues, tutors and partner schools by what people call them, of the hubs whose ensembles one keeps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.backoffice.resource import RowRefusedError
from programmes.models import Ensemble, Partnership, Programme, Tutor, Venue

HUB = "Hub"
Found = TypeVar("Found", bound=models.Model)


def _by_name(rows: Iterable[Found], programme: str = "programme_id") -> dict[int, dict[str, list[Found]]]:
    found: dict[int, dict[str, list[Found]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[getattr(row, programme)][str(row).casefold()].append(row)
    return found


class KeptHubs:
    """What a person who keeps ensembles may name in a sheet; each kind of row is read once."""

    def __init__(self, user: User) -> None:
        self._user = user

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """The hubs by the name they go by."""
        kept = self._user.reach.programmes_for(Permission.KEEP_ENSEMBLES)
        found = Programme.objects.visible_to(self._user).filter(pk__in=kept)
        return {one.short_name.casefold(): one for one in found}

    @cached_property
    def _ids(self) -> list[int]:
        return [one.pk for one in self.programmes.values()]

    def programme_of(self, row: Any) -> Programme:
        """Returns the hub of a row; it need not be named where there is one only. Raises RowRefusedError."""
        named = row.get(HUB, "").casefold()
        if not named and len(self.programmes) == 1:
            return next(iter(self.programmes.values()))
        found = self.programmes.get(named)
        if found is None:
            hubs = ", ".join(one.short_name for one in self.programmes.values())
            raise RowRefusedError(f"“{row.get(HUB, '')}” is no hub whose ensembles you keep. You keep: {hubs}.")
        return found

    @cached_property
    def ensembles(self) -> Mapping[int, Mapping[str, list[Ensemble]]]:
        """The ensembles by hub and name, those that have ended too."""
        seen = Ensemble.objects.visible_to(self._user).filter(programme__in=self._ids)
        return _by_name(seen.select_related("programme", "school").prefetch_related("tutors"))

    @cached_property
    def _venues(self) -> Mapping[int, Mapping[str, list[Venue]]]:
        seen = Venue.objects.visible_to(self._user).filter(programme__in=self._ids)
        return _by_name(seen.select_related("school"))

    @cached_property
    def _tutors(self) -> Mapping[int, Mapping[str, list[Tutor]]]:
        return _by_name(Tutor.objects.visible_to(self._user).filter(programme__in=self._ids))

    @cached_property
    def _schools(self) -> Mapping[int, Mapping[str, list[models.Model]]]:
        partners = Partnership.objects.visible_to(self._user).on(timezone.localdate()).filter(programme__in=self._ids)
        found: dict[int, dict[str, list[models.Model]]] = defaultdict(dict)
        for one in partners.select_related("school"):
            found[one.programme_id][str(one.school_id)] = [one.school]
        return found

    def venues_of(self, row: Any) -> Mapping[str, list[Any]]:
        """Returns the venues of a row's hub by name."""
        return self._venues.get(self.programme_of(row).pk, {})

    def tutors_of(self, row: Any) -> Mapping[str, list[Any]]:
        """Returns those who may cover in a row's hub by name."""
        return self._tutors.get(self.programme_of(row).pk, {})

    def schools_of(self, row: Any) -> Mapping[str, list[Any]]:
        """Returns the partner schools of a row's hub by URN."""
        return self._schools.get(self.programme_of(row).pk, {})
