from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy


class LocalAuthority(models.Model):
    """A local authority by the Department for Education's three-digit number."""

    privacy: ClassVar = Privacy(plain="code name region", national=National.READ)

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=80)
    region = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^\d{3}$"),
                name="schools_localauthority_three_digits",
                violation_error_message="A local authority number has three digits.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
