"""Who may see rows about a child: written once, used by every table that names one."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from programmes.models import Ensemble

if TYPE_CHECKING:
    from inharmony.accounts.models import User

Row = TypeVar("Row", bound=Model)


def of_children_visible_to(user: "User", child: str = "child") -> Q:
    """
    Returns the condition on rows that name a child by `child` (empty for the child itself).

    People of the whole programme see its children; coordinators those in their own ensembles, past and present (they
    may correct a register of last month); school leads those enrolled at their school today.
    """
    to = f"{child}__" if child else ""
    reach = user.reach
    visible = Q(programme_id__in=reach.whole_programmes)
    if reach.own_ensembles_in:
        visible |= Q(**{f"{to}memberships__ensemble__in": Ensemble.objects.visible_to(user).values("pk")})
    if reach.schools:
        today = timezone.localdate()
        at_school = Q(**{f"{to}enrolments__school_id__in": reach.schools, f"{to}enrolments__starts_on__lte": today})
        visible |= at_school & (
            Q(**{f"{to}enrolments__ends_on__isnull": True}) | Q(**{f"{to}enrolments__ends_on__gte": today})
        )
    return visible


class OfChildQuerySet(QuerySet[Row]):
    """What every table that names a child by `child` reads through."""

    def visible_to(self, user: "User") -> Self:
        """Returns the rows of children the person may see; where reading them starts."""
        ids = self.model._base_manager.filter(of_children_visible_to(user)).values("pk")
        return self.filter(pk__in=ids)


class DatedOfChildQuerySet(OfChildQuerySet[Row]):
    """The same, of rows that last from `starts_on` to `ends_on`."""

    def on(self, day: object) -> Self:
        """Returns the rows in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
