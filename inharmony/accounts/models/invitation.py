from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy
from inharmony.access.roles import BEYOND_HUBS, ROLES
from inharmony.accounts.queries.school import partner_schools

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: "User") -> "InvitationQuerySet":
        """Returns the invitations into the person's hubs and partner schools; the operator sees all."""
        if user.reach.may_everywhere(Permission.MANAGE_PEOPLE):
            return self
        hubs = user.reach.programmes_for(Permission.MANAGE_PEOPLE)
        return self.filter(Q(programme__in=hubs) | Q(school__in=partner_schools(hubs))) if hubs else self.none()

    def waiting(self) -> "InvitationQuerySet":
        """Returns the invitations nobody has taken up."""
        return self.filter(accepted_at__isnull=True)


class Invitation(models.Model):
    """An address asked to join, and the role waiting for it. The link's secret is kept as a hash only."""

    privacy: ClassVar = Privacy(
        plain="id role programme school secret_hash sent_at expires_at accepted_at",
        personal="email name invited_by accepted_by",
        figures_may="",
    )

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(r.name, r.title) for r in ROLES.values()])
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {ROLES[self.role].title}"

    @property
    def place(self) -> str:
        """The hub or school of the role that waits, or the body."""
        if self.programme is not None:
            return self.programme.short_name
        return self.school.name if self.school is not None else BEYOND_HUBS[ROLES[self.role].reach]
