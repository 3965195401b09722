"""Who leads which ensembles: what a coordinator sees follows from it."""

from collections.abc import Iterable

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from programmes.models import Ensemble, Programme, Tutor


class LeadRefusedError(Exception):
    """Ensembles that cannot be given to somebody; the text says why and what to do."""


class TutorTakenError(LeadRefusedError):
    """The tutor has an account, or is of another programme."""


class ForeignEnsembleError(LeadRefusedError):
    """An ensemble of another programme."""


@transaction.atomic
def lead(
    *, person: User, programme: Programme, ensembles: Iterable[Ensemble], tutor: Tutor | None = None, by: User
) -> Tutor:
    """
    Makes these the ensembles that the person leads now in a programme, and returns who they are among its tutors.

    `tutor` says that the person is a tutor the programme knows without an account: what that tutor leads is theirs
    too. Ensembles that ended stay as they were. Raises TutorTakenError or ForeignEnsembleError.
    """
    wanted = {ensemble.pk: ensemble for ensemble in ensembles}
    if any(ensemble.programme_id != programme.pk for ensemble in wanted.values()):
        raise ForeignEnsembleError(f"One of these ensembles is not of {programme.short_name}. Nothing was changed.")
    # two who press at once: the second finds the first one's tutor
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    known = Tutor.objects.filter(programme=programme, user=person).first()
    found = known or _linked(person, programme, tutor)
    before = set(found.ensembles.playing().values_list("pk", flat=True))
    after = set(wanted) if known is not None else set(wanted) | before
    found.ensembles.remove(*(before - after))
    found.ensembles.add(*(after - before))
    audit(
        act="tutor.leads",
        by=by,
        programme_id=programme.pk,
        subject=found,
        details={"user": person.pk, "added": sorted(after - before), "removed": sorted(before - after)},
    )
    return found


def _linked(person: User, programme: Programme, tutor: Tutor | None) -> Tutor:
    if tutor is None:
        return Tutor.objects.create(programme=programme, user=person, name=person.name)
    found = Tutor.objects.filter(pk=tutor.pk, programme=programme, user__isnull=True).first()
    if found is None:
        raise TutorTakenError(f"{tutor.name} has an account of their own by now. Choose again.")
    found.user = person
    found.save(update_fields=["user"])
    return found
