"""Where a person begins: their work of today, not a menu."""

from typing import TYPE_CHECKING

from django.urls import reverse

from inharmony.access.permissions import Permission
from inharmony.pages.navigation import address

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# The first that a person may do is where they begin. Hub staff come before the day's sessions: an administrator may
# take registers too, but what is missing in the hub is what they came for.
BEGINNINGS = (
    (Permission.SEE_HUB_FIGURES, "evaluation:hub"),
    (Permission.SEE_OWN_DAY, "programmes:today"),
    (Permission.SEE_NATIONAL_FIGURES, "evaluation:national"),
    (Permission.SEE_CHILDREN, "participants:children"),
    (Permission.MANAGE_PEOPLE, "accounts:people"),
)


def landing_url(user: "User") -> str:
    """Returns the address of the person's work of today; of their account page when they hold no role now."""
    for permission, page in BEGINNINGS:
        if user.reach.may(permission) and (href := address(page)):
            return href
    return reverse("pages:account")
