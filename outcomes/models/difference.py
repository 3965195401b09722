from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy, Rights
from outcomes.models.comparison import OfComparedHubs


class SchoolDifference(models.Model):
    """
    How much more a published number of whole schools changed in a programme's schools than in its comparison schools.

    Written by the worker (actions/difference.py), read by pages, never of a child. `result` is the analysis' own value
    (outcomes/analysis/difference.py), or empty where it was refused; then `words` say why. `basis` is a hash of the
    schools, years and numbers it is of: where those that stand now have another, it is out of date.
    """

    privacy: ClassVar = Privacy(
        plain="id programme measure first_year last_year basis result words made_at",
        national=National.READ,
        rights=Rights.READ,
        figures_may="SELECT, INSERT, DELETE",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    # the name of a field of `schools.SchoolContext`
    measure = models.CharField(max_length=32)
    first_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    last_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    words = models.TextField()
    made_at = models.DateTimeField()

    objects = OfComparedHubs["SchoolDifference"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "measure"], name="outcomes_schooldifference_once"),
        ]

    def __str__(self) -> str:
        return f"Difference {self.pk}"
