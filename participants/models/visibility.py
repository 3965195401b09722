"""
Who may see rows about a child: written once, used by every table that names one.

A child at risk is seen by people of the whole programme. To everybody else no list, search or page of a child shows
one; a coordinator meets them in the register and on the page of an ensemble of their own that the child is in, and
nowhere else. Those two say so by naming the ensemble (`inside`); a page that says nothing shows none.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from programmes.models.ensemble import own_ensembles

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
    to, key = (f"{child}__", f"{child}__in") if child else ("", "pk__in")
    reach = user.reach
    visible = Q(programme_id__in=reach.whole_programmes)
    not_at_risk = Q(**{f"{to}is_at_risk": False})
    if reach.own_ensembles_in:
        # ids first, then one plain lookup: joins would name a child once an ensemble, and cost ten times as much
        members = _rows("Membership").filter(ensemble_id__in=own_ensembles(user))
        needed = not_at_risk
        if inside is not None:
            needed |= Q(**{key: members.filter(ensemble_id__in=inside).values("child")})
        visible |= Q(**{key: members.values("child")}) & needed
    if reach.schools:
        today = timezone.localdate()
        at_school = _rows("Enrolment").filter(school_id__in=reach.schools, starts_on__lte=today)
        at_school = at_school.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        visible |= Q(**{key: at_school.values("child")}) & not_at_risk
    return visible


def _rows(name: str) -> QuerySet[Any]:
    """Returns all rows of a model that is declared with the help of this one."""
    rows: QuerySet[Any] = apps.get_model("participants", name)._base_manager.all()
    return rows


class OfChildQuerySet(QuerySet[Row]):
    """What every table that names a child by `child` reads through."""

    def visible_to(self, user: "User", *, inside: Ids = None) -> Self:
        """Returns the rows of children the person may see; where reading them starts."""
        return self.filter(of_children_visible_to(user, inside=inside))


class DatedOfChildQuerySet(OfChildQuerySet[Row]):
    """The same, of rows that last from `starts_on` to `ends_on`."""

    def on(self, day: object) -> Self:
        """Returns the rows in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
