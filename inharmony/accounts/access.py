"""The people and roles one keeps. Outside one's reach is 404, whether there or not."""

from django.shortcuts import get_object_or_404

from inharmony.accounts.models import RoleAssignment, User


def person_for(user: User, pk: int) -> User:
    """Returns somebody the person keeps; raises Http404."""
    return get_object_or_404(User.objects.visible_to(user), pk=pk)


def role_for(user: User, pk: int) -> RoleAssignment:
    """Returns a role, now or to come, that the person keeps; raises Http404."""
    roles = RoleAssignment.objects.visible_to(user).not_over()
    return get_object_or_404(roles.select_related("user", "programme", "school"), pk=pk)
