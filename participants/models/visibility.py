"""
Who may see rows about a child: written once, used by every table that names one.

A child at risk is seen by people of the whole programme. To everybody else no list, search or page of a child shows
one; a coordinator meets them in the register and on the page of an ensemble of their own that the child is in, and
nowhere else. Those two say so by naming the ensemble (`inside`); a page that says nothing shows none.

Who came to a session without being in its ensemble, or with another ensemble that joins it, is seen in its register
alone, which names the session (`at`).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from programmes.models.ensemble import own_ensembles
from programmes.models.session import Session

if TYPE_CHECKING:
    from inharmony.accounts.models import User

Row = TypeVar("Row", bound=Model)
# ids of ensembles, as a list or as a query for them
Ids = Iterable[int] | QuerySet[Any, Any] | None
# read already: what is theirs is known without another nested statement, which would be planned anew every time
Sessions = Iterable[Session] | None


def of_children_visible_to(user: "User", child: str = "child", *, inside: Ids = None, at: Sessions = None) -> Q:
    """
    Returns the condition on rows that name a child by `child` (empty for the child itself).

    People of the whole programme see its children; coordinators those in their own ensembles, past and present (they
    may correct a register of last month); school leads those enrolled at their school today. Children at risk are left
    out for the latter two; of those, `inside` lets a coordinator see who is in one of these ensembles and it is theirs.
    With sessions named by `at` that an ensemble of theirs plays in, a coordinator sees whoever has a mark at one of
    them or is, or was, in an ensemble that plays in it.
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
        if at is not None:
            theirs = [session for session in at if session.is_of_own_ensembles(user)]
            playing = {ensemble for session in theirs for ensemble in session.player_ids}
            visible |= Q(**{key: _rows("Membership").filter(ensemble_id__in=playing).values("child")})
            marked = _rows("Attendance").filter(session_id__in=[session.pk for session in theirs])
            visible |= Q(**{key: marked.values("child")})
    if reach.schools:
        today = timezone.localdate()
        at_school = _rows("Enrolment").filter(school_id__in=reach.schools, starts_on__lte=today)
        at_school = at_school.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        visible |= Q(**{key: at_school.values("child")}) & not_at_risk
    return visible


def of_children_to_add(user: "User", session: Session) -> Q:
    """
    Returns the condition on children whom a person who sees a session may add to its register: enrolled on its day.

    For people of the whole programme that is any child of it. Others are bound to the schools of the ensembles playing
    in it, unless one has none; and they are shown a child only for the whole name (`queries/walk_in.py`): they
    have no business with the rest. A child at risk is not among them for anybody: no search finds one.
    """
    reach = user.reach
    if session.programme_id not in reach.programmes:
        return Q(pk__in=[])
    enrolled = _rows("Enrolment").filter(programme_id=session.programme_id, starts_on__lte=session.day)
    enrolled = enrolled.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=session.day))
    schools = {player.school for player in session.players}
    if session.programme_id not in reach.whole_programmes and None not in schools:
        enrolled = enrolled.filter(school_id__in=schools)
    return Q(programme_id=session.programme_id, is_at_risk=False, pk__in=enrolled.values("child"))


def _rows(name: str) -> QuerySet[Any]:
    """Returns all rows of a model that is declared with the help of this one."""
    rows: QuerySet[Any] = apps.get_model("participants", name)._base_manager.all()
    return rows


class OfChildQuerySet(QuerySet[Row]):
    """What every table that names a child by `child` reads through."""

    def visible_to(self, user: "User", *, inside: Ids = None, at: Sessions = None) -> Self:
        """Returns the rows of children the person may see; where reading them starts."""
        return self.filter(of_children_visible_to(user, inside=inside, at=at))


class DatedOfChildQuerySet(OfChildQuerySet[Row]):
    """The same, of rows that last from `starts_on` to `ends_on`."""

    def on(self, day: object) -> Self:
        """Returns the rows in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
