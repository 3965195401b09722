"""Who keeps hubs. Whoever does keeps all of them; to anybody else they are not there."""

from django.shortcuts import get_object_or_404

from inharmony.accounts.models import User
from programmes.models import Programme


def kept_programme(user: User, slug: str) -> Programme:
    """Returns a hub of that name that the person keeps; raises Http404."""
    return get_object_or_404(Programme.objects.kept_by(user), slug=slug)
