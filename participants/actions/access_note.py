"""The access note of a child: written, changed, ended. What it says is in no entry of the trail."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import AccessNote, Child
from participants.validators.access_note import one_line


@dataclass(frozen=True)
class Note:
    """What a note says, who said so, and on which condition of Article 9 it is kept."""

    words: str
    told_by: AccessNote.ToldBy
    condition: AccessNote.Condition


@transaction.atomic
def keep_note(*, child: Child, note: Note, by: User) -> AccessNote:
    """
    Writes down the access note of a child, or changes the one that stands, and returns it.

    The same again changes nothing. Raises NoteRefusedError for words that are none or too many.
    """
    wanted = {"words": one_line(note.words), "told_by": note.told_by, "condition": note.condition}
    standing = _standing(child)
    if standing is None:
        made = AccessNote.objects.create(
            programme_id=child.programme_id, child=child, noted_at=timezone.now(), noted_by=by, **wanted
        )
        _audit("access_note.written", child, by, [])
        return made
    changed = [name for name, value in wanted.items() if getattr(standing, name) != value]
    if not changed:
        return standing
    for name in changed:
        setattr(standing, name, wanted[name])
    standing.noted_at, standing.noted_by = timezone.now(), by
    standing.save(update_fields=[*changed, "noted_at", "noted_by"])
    _audit("access_note.changed", child, by, changed)
    return standing


@transaction.atomic
def end_note(*, child: Child, by: User) -> AccessNote | None:
    """Ends the access note of a child and returns it; None where none stands, as when a form is sent twice."""
    standing = _standing(child)
    if standing is None:
        return None
    standing.ended_at, standing.ended_by = timezone.now(), by
    standing.save(update_fields=["ended_at", "ended_by"])
    _audit("access_note.ended", child, by, [])
    return standing


def _standing(child: Child) -> AccessNote | None:
    # two who press at once: the second finds what the first wrote
    Child.objects.select_for_update().get(pk=child.pk)
    return AccessNote.objects.standing().filter(child=child).first()


def _audit(act: str, child: Child, by: User, fields: list[str]) -> None:
    details = {"fields": fields} if fields else {}
    audit(act=act, by=by, programme_id=child.programme_id, subject=child, children=[child.pk], details=details)
