from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from inharmony.access.dated import DateRange
from inharmony.access.privacy import Privacy
from programmes.models.partnership import Partnership

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# figures, blanks, brackets and hyphens; an extension is written into the role
PHONE = r"^\+?[0-9 ()-]{3,24}$"
NO_SCHOOL, NO_AUTHORITY = models.Value(0), models.Value("")


class SafeguardingContactQuerySet(models.QuerySet["SafeguardingContact"]):
    def visible_to(self, user: "User") -> "SafeguardingContactQuerySet":
        """Returns the contacts of the person's programmes; of a school one leads, its own and those of its hubs."""
        reach = user.reach
        visible = Q(programme_id__in=reach.programmes)
        if reach.schools:
            partnerships = Partnership.objects.on(timezone.localdate()).filter(school_id__in=reach.schools)
            visible |= Q(programme_id__in=partnerships.values("programme")) & (
                Q(school__isnull=True) | Q(school_id__in=reach.schools)
            )
        return self.filter(visible)

    def on(self, day: object) -> "SafeguardingContactQuerySet":
        """Returns the contacts in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class SafeguardingContact(models.Model):
    """Whom to call about a child one is worried about, from when to when: a grown-up with a duty. It names no child."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "Designated safeguarding lead"
        HUB = "hub", "Safeguarding lead of the hub"
        CHILDREN = "children", "Children’s services"
        LADO = "lado", "Designated officer (LADO)"

    privacy: ClassVar = Privacy(
        plain="id programme kind school local_authority starts_on ends_on",
        personal="name role phone email recorded_by",
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="safeguarding_contacts")
    kind = models.CharField(max_length=8, choices=Kind)
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+")
    local_authority = models.ForeignKey("schools.LocalAuthority", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=25)
    email = models.EmailField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SafeguardingContactQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_safeguardingcontact_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind="school", school__isnull=False, local_authority__isnull=True)
                | Q(kind="hub", school__isnull=True, local_authority__isnull=True)
                | Q(kind__in=["children", "lado"], school__isnull=True, local_authority__isnull=False),
                name="programmes_safeguardingcontact_of_its_place",
            ),
            models.CheckConstraint(
                condition=Q(phone__regex=PHONE) & ~Q(name=""),
                name="programmes_safeguardingcontact_can_be_called",
            ),
            ExclusionConstraint(
                name="programmes_safeguardingcontact_one_at_a_time",
                expressions=[
                    (F("programme"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (Coalesce(F("school"), NO_SCHOOL), RangeOperators.EQUAL),
                    (Coalesce(F("local_authority"), NO_AUTHORITY), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "".join(character for character in self.phone if character in "+0123456789")
