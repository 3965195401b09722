"""Who plays in which ensemble: taken in, taken out, and either undone."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Attendance, Child, Membership, MembershipAct
from programmes.actions import ensemble as ensembles
from programmes.models import Ensemble, Session


class MembershipRefusedError(Exception):
    """What cannot be done to an ensemble's children; the text says why and what to do."""


class EnsembleEndedError(MembershipRefusedError):
    """The ensemble does not play any more on the day children would join."""


class MarkedAfterError(MembershipRefusedError):
    """A register of the ensemble has a mark of a child for whom there would be no membership."""


class JoinedSinceError(MembershipRefusedError):
    """A child who was taken out has been taken in again since."""


class LeavesLaterError(MembershipRefusedError):
    """A child is in the ensemble after the day it would end on."""


class EndedSinceError(MembershipRefusedError):
    """The ensemble has ended since children were taken out of it."""


@transaction.atomic
def join(*, ensemble: Ensemble, children: Sequence[Child], starts_on: date, by: User) -> list[Membership]:
    """
    Takes children into an ensemble from a day on; returns the memberships made.

    Who is in it already, or will be from a later day, stays so; where it ends on a day, they leave on that day. Raises
    EnsembleEndedError.
    """
    locked = _locked(ensemble)
    if locked.ends_on is not None and locked.ends_on < starts_on:
        raise EnsembleEndedError(
            f"{locked.name} ended on {locked.ends_on:%-d %B %Y}: nobody can join it any more. Choose another ensemble."
        )
    in_it = set(
        Membership.objects.filter(ensemble=ensemble, child__in=children)
        .exclude(ends_on__lt=starts_on)
        .values_list("child_id", flat=True)
    )
    joining = [child for child in children if child.pk not in in_it]
    if not joining:
        return []
    act = _act(locked, MembershipAct.Kind.JOINED, starts_on, len(joining), by)
    ending = _ending(locked) if locked.ends_on is not None else None
    made = Membership.objects.bulk_create(
        [
            Membership(
                programme_id=locked.programme_id,
                ensemble=locked,
                child=child,
                starts_on=starts_on,
                ends_on=locked.ends_on,
                joined_in=act,
                left_in=ending,
            )
            for child in joining
        ]
    )
    _audit("ensemble.joined", act, [child.pk for child in joining], by)
    return made


@transaction.atomic
def leave(*, ensemble: Ensemble, children: Sequence[Child], last_day: date, by: User) -> list[int]:
    """
    Takes children out of an ensemble after a last day in it; returns the ids of those taken out.

    Who is not in it on that day, or has a last day already, is left alone. Raises MarkedAfterError where a register of
    a later day has a mark of one of them.
    """
    locked = _locked(ensemble)
    staying = Membership.objects.filter(
        ensemble=locked, child__in=children, starts_on__lte=last_day, ends_on__isnull=True
    )
    leaving = sorted(staying.values_list("child_id", flat=True))
    if not leaving:
        return []
    _require_unmarked(locked, leaving, after=last_day)
    act = _act(locked, MembershipAct.Kind.LEFT, last_day, len(leaving), by)
    staying.update(ends_on=last_day, left_in=act)
    _audit("ensemble.left", act, leaving, by)
    return leaving


@transaction.atomic
def end_ensemble(*, ensemble: Ensemble, last_day: date, by: User) -> MembershipAct:
    """
    Ends an ensemble and takes all its children out after its last day; returns the act, which is undone in one press.

    Raises EnsembleRefusedError for its own days and its sessions, LeavesLaterError for children in it after that day.
    """
    locked = ensembles.end(ensemble=ensemble, on=last_day, by=by)
    inside = Membership.objects.filter(ensemble=locked)
    later = inside.filter(ends_on__gt=last_day) | inside.filter(starts_on__gt=last_day)
    if many := later.values("child_id").distinct().count():
        last = later.aggregate(last=Max(Coalesce("ends_on", "starts_on")))["last"]
        raise LeavesLaterError(
            f"{_children(many)} joined {locked.name} to be in it until {last:%-d %B %Y} or later. "
            "End it on that or a later day, or take them out first."
        )
    staying = inside.filter(ends_on__isnull=True)
    leaving = sorted(staying.values_list("child_id", flat=True))
    act = _act(locked, MembershipAct.Kind.ENDED, last_day, len(leaving), by)
    staying.update(ends_on=last_day, left_in=act)
    _audit("ensemble.left", act, leaving, by)
    return act


@transaction.atomic
def undo(*, act: MembershipAct, by: User) -> MembershipAct:
    """
    Undoes what one press did to an ensemble's children, and returns it; undone already, it changes nothing.

    Raises MarkedAfterError for children taken in whom a register has met since, JoinedSinceError for children taken
    out who joined again, EndedSinceError for children taken out of an ensemble that has ended since.
    """
    ensemble = _locked(act.ensemble)
    # two who press at once: the second finds it undone
    found = MembershipAct.objects.get(pk=act.pk)
    if found.undone_at is not None:
        return found
    if found.kind == MembershipAct.Kind.JOINED:
        begun = Membership.objects.filter(joined_in=found)
        children = sorted(begun.values_list("child_id", flat=True))
        _require_unmarked(ensemble, children, since=found.day)
        begun.delete()
    else:
        ended = Membership.objects.filter(left_in=found)
        children = sorted(ended.values_list("child_id", flat=True))
        if found.kind == MembershipAct.Kind.ENDED:
            ensembles.reopen(ensemble=ensemble, by=by)
        else:
            _require_playing(ensemble)
        _require_not_back(ensemble, children, found.day)
        ended.update(ends_on=None, left_in=None)
    found.undone_at, found.undone_by = timezone.now(), by
    found.save(update_fields=["undone_at", "undone_by"])
    _audit("ensemble.undone", found, children, by)
    return found


@transaction.atomic
def take_back(*, acts: Sequence[int], by: User, besides: Collection[int] = ()) -> set[int]:
    """
    Takes children out again whom acts (by id) took in, as part of undoing what these came with.

    Returns the children who stay in an ensemble, because a register has met them since, or because they are `besides`.
    """
    staying: set[int] = set()
    for act in MembershipAct.objects.standing().filter(pk__in=acts).select_related("ensemble").order_by("ensemble"):
        ensemble = _locked(act.ensemble)
        begun = Membership.objects.filter(joined_in=act)
        kept = met_since(ensemble, begun.values("child"), act.day)
        kept |= set(begun.filter(child__in=besides).values_list("child_id", flat=True))
        leaving = begun.exclude(child__in=kept)
        children = sorted(leaving.values_list("child_id", flat=True))
        leaving.delete()
        if not kept:
            act.undone_at, act.undone_by = timezone.now(), by
            act.save(update_fields=["undone_at", "undone_by"])
        staying |= kept
        _audit("ensemble.undone", act, children, by)
    return staying


def met_since(ensemble: Ensemble, children: object, day: date) -> set[int]:
    """Returns the children, of those given, of whom a register of the ensemble has a mark since a day."""
    sessions = Session.objects.played_by([ensemble.pk]).filter(day__gte=day).values("pk")
    return set(Attendance.objects.filter(session__in=sessions, child__in=children).values_list("child_id", flat=True))


def _locked(ensemble: Ensemble) -> Ensemble:
    """Two people who press at once wait for each other here."""
    return Ensemble.objects.select_for_update().get(pk=ensemble.pk)


def _ending(ensemble: Ensemble) -> MembershipAct | None:
    """The act that ended an ensemble: undone, it gives back who joined since as well."""
    return MembershipAct.objects.standing().filter(ensemble=ensemble, kind=MembershipAct.Kind.ENDED).first()


def _require_playing(ensemble: Ensemble) -> None:
    if ensemble.ends_on is not None:
        raise EndedSinceError(
            f"{ensemble.name} ended on {ensemble.ends_on:%-d %B %Y}. Undo that first; it stands above this."
        )


def _act(ensemble: Ensemble, kind: MembershipAct.Kind, day: date, children: int, by: User) -> MembershipAct:
    return MembershipAct.objects.create(
        programme_id=ensemble.programme_id, ensemble=ensemble, kind=kind, day=day, children=children, by=by
    )


def _require_unmarked(
    ensemble: Ensemble, children: list[int], *, after: date | None = None, since: date | None = None
) -> None:
    # in a session of several ensembles too, though the child may be in another of them
    marked = Attendance.objects.filter(
        session__in=Session.objects.played_by([ensemble.pk]).values("pk"), child__in=children
    )
    marked = marked.filter(session__day__gt=after) if after else marked.filter(session__day__gte=since)
    last = marked.aggregate(last=Max("session__day"))["last"]
    if last is None:
        return
    many = marked.values("child_id").distinct().count()
    who = "One of them has a mark" if many == 1 else f"{many} of them have marks"
    raise MarkedAfterError(
        f"{who} in the registers of {ensemble.name}, the last on {last:%-d %B %Y}. "
        "Take them out with that or a later day as their last."
    )


def _require_not_back(ensemble: Ensemble, children: list[int], day: date) -> None:
    back = Membership.objects.filter(ensemble=ensemble, child__in=children, starts_on__gt=day)
    if many := back.values("child_id").distinct().count():
        raise JoinedSinceError(
            f"{many} of the children joined {ensemble.name} again since. Undo that first; it stands above this."
        )


def _children(many: int) -> str:
    return "1 child" if many == 1 else f"{many} children"


def _audit(name: str, act: MembershipAct, children: list[int], by: User) -> None:
    audit(
        act=name,
        by=by,
        programme_id=act.programme_id,
        subject=act.ensemble,
        children=children,
        details={"starts_on" if act.kind == MembershipAct.Kind.JOINED else "ends_on": act.day.isoformat()},
    )
