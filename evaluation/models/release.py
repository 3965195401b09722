from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy, Rights


class Release(models.Model):
    """
    A frozen, numbered, disclosure-controlled set of figures of a period. Added, never changed: a correction is the
    next number.
    """

    privacy: ClassVar = Privacy(
        plain="id academic_year term number cut_at rule is_demonstration evidence notes",
        personal="cut_by",
        rights=Rights.READ,
        national=National.READ,
        figures_may="SELECT, INSERT",
    )

    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="releases")
    # empty for the whole year
    term = models.CharField(max_length=6, blank=True)
    number = models.PositiveSmallIntegerField()
    cut_at = models.DateTimeField(auto_now_add=True)
    cut_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=20, default="IH-SDC 1")
    is_demonstration = models.BooleanField(default=False)
    # what the gate tried and found, in counts: nothing in it is of a child or of one hub alone
    evidence = models.JSONField(default=dict)
    # what a reader must know of this release: what is new, what was corrected and why
    notes = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-academic_year", "-cut_at", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academic_year", "term", "number"], name="evaluation_release_numbered"),
        ]

    def __str__(self) -> str:
        return f"Release {self.academic_year}{' ' + self.term if self.term else ''}.{self.number}"

    @property
    def period_title(self) -> str:
        """Returns "2025-26" or "autumn term 2025-26": the period its figures are of."""
        return f"{self.term} term {self.academic_year}" if self.term else str(self.academic_year)


class ReleaseCell(models.Model):
    """One protected number of a release, or the symbol that stands in its place."""

    class Symbol(models.TextChoices):
        SHOWN = "", "shown"
        HIDDEN = "c", "hidden small number"
        NOT_APPLICABLE = "z", "not applicable"
        NOT_AVAILABLE = "x", "not available"

    privacy: ClassVar = Privacy(
        plain="id release table row column value symbol",
        rights=Rights.READ,
        national=National.READ,
        figures_may="SELECT, INSERT",
    )

    release = models.ForeignKey(Release, models.PROTECT, related_name="cells")
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    symbol = models.CharField(max_length=1, choices=Symbol, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "table", "row", "column"], name="evaluation_releasecell_once"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, symbol="")
                | (models.Q(value__isnull=True) & ~models.Q(symbol="")),
                name="evaluation_releasecell_value_or_symbol",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}/{self.row}"


class ReleaseChart(models.Model):
    """A chart of a release, drawn once from its protected cells when it was cut."""

    privacy: ClassVar = Privacy(
        plain="id release key title words svg png",
        rights=Rights.READ,
        national=National.READ,
        figures_may="SELECT, INSERT",
    )

    release = models.ForeignKey(Release, models.PROTECT, related_name="charts")
    # of the table it is drawn from
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    # one sentence that says what to see
    words = models.TextField()
    svg = models.TextField()
    png = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "key"], name="evaluation_releasechart_once"),
        ]

    def __str__(self) -> str:
        return self.key
