from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from inharmony.access.privacy import Privacy
from inharmony.access.reach import Held, PersonalReach
from inharmony.access.roles import ROLES


class UserManager(BaseUserManager["User"]):
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
        plain="id password last_login is_superuser is_active is_staff joined_at",
        personal="email name",
        figures_may="",
    )

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

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

    @cached_property
    def reach(self) -> PersonalReach:
        """The roles held today and what they add up to; read once a request."""
        held = self.role_assignments.current().values_list(
            "role", "programme_id", "school_id", "programme__short_name", "school__name"
        )
        return PersonalReach(
            Held(ROLES[role], programme, school, hub or school_name or "")
            for role, programme, school, hub, school_name in held
        )

    @property
    def initials(self) -> str:
        """Up to two letters for the masthead."""
        return "".join(part[0] for part in self.name.split()[:2]).upper()
