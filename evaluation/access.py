"""Who may see a hub’s figures or have a report made. Outside one’s reach is 404, inside without permission 403."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from evaluation.models import ReportJob
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Programme


def hubs_of(user: User) -> list[Programme]:
    """Returns the programmes whose figures the person may see, by name."""
    return list(Programme.objects.filter(pk__in=user.reach.programmes_for(Permission.SEE_HUB_FIGURES)))


def hub_for(user: User, slug: str = "", *, hubs: Sequence[Programme]) -> Programme:
    """
    Returns the hub of that name, or the person's first; raises Http404 or PermissionDenied.

    `hubs` are those whose figures the person may see (`hubs_of`).
    """
    found = next((hub for hub in hubs if slug in ("", hub.slug)), None)
    if found is not None:
        return found
    if slug and Programme.objects.visible_to(user).filter(slug=slug).exists():
        raise PermissionDenied
    raise Http404


def report_job_for(user: User, pk: int) -> ReportJob:
    """Returns the report asked for, if the person may see it; raises Http404."""
    jobs = ReportJob.objects.visible_to(user).select_related(
        "programme", "school", "academic_year", "issued__academic_year"
    )
    return get_object_or_404(jobs, pk=pk)


def require_may_make(user: User, permission: Permission, programme: Programme | None) -> None:
    """Raises PermissionDenied unless the person may have such a report made, of that programme or of the country."""
    if not user.reach.may(permission, programme_id=programme.pk if programme else None):
        raise PermissionDenied
