"""
Who may see rows about a child: written once, used by every table that names one.

A child at risk is seen by people of the whole programme. To everybody else no list, search or page of a child shows
one; a coordinator meets them in the register and on the page of an ensemble of their own that the child is in, and
nowhere else. Those two say so by naming the ensemble (`inside`); a page that says nothing shows none.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from programmes.models import Ensemble

if TYPE_CHECKING:
    from inharmony.accounts.models import User

Row = TypeVar("Row", bound=Model)
# ids of ensembles, as a list or as a query for them
Ids = Iterable[int] | QuerySet[Any, Any] | None


def of_children_visible_to(user: "User", child: str = "child", *, inside: Ids = None) -> Q:
    """
    Returns the condition on rows that name a child by `child` (empty for the child itself).

    People of the whole programme see its children; coordinators those in their own ensembles, past and present (they
    may correct a register of last month); school leads those enrolled at their school today. Children at risk are left
    out for the latter two; of those, `inside` lets a coordinator see who is in one of these ensembles and it is theirs.
    """
    to = f"{child}__" if child else ""
    reach = user.reach
    visible = Q(programme_id__in=reach.whole_programmes)
    not_at_risk = Q(**{f"{to}is_at_risk": False})
    if reach.own_ensembles_in:
        ensemble = f"{to}memberships__ensemble__in"
        needed = not_at_risk if inside is None else not_at_risk | Q(**{ensemble: inside})
        visible |= Q(**{ensemble: Ensemble.objects.visible_to(user).values("pk")}) & needed
    if reach.schools:
        today = timezone.localdate()
        at_school = Q(**{f"{to}enrolments__school_id__in": reach.schools, f"{to}enrolments__starts_on__lte": today})
        at_school &= Q(**{f"{to}enrolments__ends_on__isnull": True}) | Q(**{f"{to}enrolments__ends_on__gte": today})
        visible |= at_school & not_at_risk
    return visible


class OfChildQuerySet(QuerySet[Row]):
    """What every table that names a child by `child` reads through."""

    def visible_to(self, user: "User", *, inside: Ids = None) -> Self:
        """Returns the rows of children the person may see; where reading them starts."""
        ids = self.model._base_manager.filter(of_children_visible_to(user, inside=inside)).values("pk")
        return self.filter(pk__in=ids)


class DatedOfChildQuerySet(OfChildQuerySet[Row]):
    """The same, of rows that last from `starts_on` to `ends_on`."""

    def on(self, day: object) -> Self:
        """Returns the rows in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
