from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import FilteredRelation, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy
from inharmony.access.reach import Held, PersonalReach
from inharmony.access.roles import ROLES
from inharmony.accounts.models.role import RoleAssignment


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """Returns the people the person keeps: who holds or held a role that is theirs to keep; the operator all."""
        if user.reach.may_everywhere(Permission.MANAGE_PEOPLE):
            return self
        return self.filter(pk__in=RoleAssignment.objects.visible_to(user).values("user"))


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User") -> UserQuerySet:
        """Returns the people the person keeps; where reading them starts."""
        return self.get_queryset().visible_to(user)

    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> "User":
        """Returns a new account; without a password it can only be entered after a reset."""
        user = self.model(email=email.strip().lower(), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Returns the account of an e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: staff of a hub, a school, the Arts Council or the portal. Never a child."""

    privacy: ClassVar = Privacy(
        plain="id password last_login is_superuser is_active is_staff joined_at session_epoch unused_notice_on",
        personal="email name",
        figures_may="",
    )

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    # stands in the hash that every session carries: one more ends them all
    session_epoch = models.PositiveIntegerField(default=0)
    # when they were last told that their account, not used, is about to be shut
    unused_notice_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_one_per_address",
                violation_error_message="There is an account with this e-mail address.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's hash covers the password alone
        carried = f"{self.session_epoch}:{self.password}"
        salt = "inharmony.accounts.models.User.get_session_auth_hash"
        return str(salted_hmac(salt, carried, secret=secret, algorithm="sha256").hexdigest())

    @cached_property
    def reach(self) -> PersonalReach:
        """The roles held today and what they add up to; read once a request."""
        today = timezone.localdate()
        open_later = Q(programme__closings__reopened_on__isnull=True) | Q(programme__closings__reopened_on__gt=today)
        shut = FilteredRelation(
            "programme__closings", condition=Q(open_later, programme__closings__closed_on__lte=today)
        )
        held = self.role_assignments.current().annotate(shut=shut)
        return PersonalReach(
            Held(ROLES[role], programme, school, hub or school_name or "", closed_on)
            for role, programme, school, hub, school_name, closed_on in held.values_list(
                "role", "programme_id", "school_id", "programme__short_name", "school__name", "shut__closed_on"
            )
        )

    @property
    def initials(self) -> str:
        """Up to two letters for the masthead."""
        return "".join(part[0] for part in self.name.split()[:2]).upper()
