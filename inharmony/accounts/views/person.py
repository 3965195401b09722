from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.access.roles import COORDINATOR
from inharmony.accounts.access import person_for
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.queries.ensemble import ensembles_led
from inharmony.accounts.queries.person import roles_of
from inharmony.accounts.queries.role import is_own_key, may_deactivate


@needs(Permission.MANAGE_PEOPLE)
def person(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Somebody one keeps: their account, and of their roles those one sees."""
    found = person_for(request.user, pk)
    roles = roles_of(found, request.user)
    coordinates = {role.programme_id for role in roles.now if role.role == COORDINATOR.name and role.programme_id}
    led = ensembles_led(found, coordinates)
    sees_all = request.user.reach.may_everywhere(Permission.MANAGE_PEOPLE)
    context = {
        "person": found,
        "now": [_row(role, "Since", request.user, led) for role in roles.now],
        "to_come": [_row(role, "From", request.user, led) for role in roles.to_come],
        "past": roles.past,
        "shut": found.deactivations.select_related("deactivated_by").filter(reactivated_at__isnull=True).first(),
        "may_deactivate": may_deactivate(found, request.user),
        "may_reactivate": not found.is_active and sees_all,
        "may_grant": found.is_active and found != request.user,
        # when somebody who has left last signed in is the concern of where they are now
        "shows_sign_in": bool(roles.now or roles.to_come) or sees_all,
    }
    return render(request, "accounts/people/person.html", context)


def _row(role: RoleAssignment, since: str, user: User, led: Mapping[int, list[str]]) -> dict[str, object]:
    leads = role.role == COORDINATOR.name and role.programme_id is not None
    return {
        "role": role,
        "since": since,
        "leads": leads,
        "ensembles": led.get(role.programme_id or 0, []),
        "may_choose": leads and user.reach.may(Permission.MANAGE_PEOPLE, programme_id=role.programme_id),
        # nobody gives themselves another role, nor ends the one that lets them keep people
        "may_change": role.user_id != user.pk,
        "may_end": not is_own_key(role, user),
    }
