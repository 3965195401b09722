"""Entries of the trail as lines to read. Children and what was done to them go by numbers: no line holds a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.access.roles import ROLES
from inharmony.accounts.models import User
from inharmony.audit.models import AuditEvent
from inharmony.audit.words import SUBJECTS, act_words, field_words

# up to so many children are named one by one
FEW = 3
NOBODY = "Nobody signed in"


@dataclass(frozen=True)
class About:
    """What an act was about, and where it is to be seen, if anywhere."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Line:
    """One act: when, who, what, about what, and the names of the fields it changed."""

    at: datetime
    who: str
    words: str
    about: list[About] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day in London."""
        return timezone.localdate(self.at)


def lines(entries: Sequence[AuditEvent], reader: User, *, child: int | None = None) -> list[Line]:
    """
    Returns the entries as the reader sees them: pages are linked where they are of a hub of theirs.

    On the page of one child its own number is left out.
    """
    people = {entry.actor_id for entry in entries if entry.actor_id}
    people |= {entry.subject_id for entry in entries if entry.subject == "accounts.user" and entry.subject_id}
    names = names_of(people)
    hubs = reader.reach.programmes_for(Permission.SEE_TRAIL)
    told = []
    for entry in entries:
        is_linked = entry.programme_id in hubs
        about = [*_subject(entry, names, is_linked=is_linked), *_children(entry, is_linked=is_linked), *_details(entry)]
        own = of_child(child, is_linked=is_linked) if child is not None else None
        told.append(
            Line(
                at=entry.at,
                who=who(entry.actor_id, names),
                words=act_words(entry.act),
                about=[each for each in about if each != own],
                fields=field_words(entry.details.get("fields", [])),
            )
        )
    return told


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Returns the names of staff by id."""
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "name"))


def who(person: int | None, names: Mapping[int, str]) -> str:
    """Returns a person's name; of an account that is gone, its number."""
    return NOBODY if person is None else names.get(person, f"Account {person}")


def _subject(entry: AuditEvent, names: Mapping[int, str], *, is_linked: bool) -> Iterable[About]:
    if not entry.subject_id:
        return
    if entry.subject == "accounts.user":
        # of oneself there is nothing to add
        if entry.subject_id != entry.actor_id:
            yield About(who(entry.subject_id, names))
        return
    yield subject(entry.subject, entry.subject_id, is_linked=is_linked)


def subject(label: str, key: int, *, is_linked: bool) -> About:
    """Returns what a model's label and a key stand for, with the page that shows it."""
    noun, page = SUBJECTS.get(label, (label, ""))
    return About(f"{noun} {key}", reverse(page, args=[key]) if page and is_linked else "")


def of_child(child: int, *, is_linked: bool) -> About:
    """Returns a child by number, with the page of who saw it."""
    return subject("participants.child", child, is_linked=is_linked)


def _children(entry: AuditEvent, *, is_linked: bool) -> Iterable[About]:
    children = [c for c in entry.children if (entry.subject, entry.subject_id) != ("participants.child", c)]
    if len(children) > FEW:
        yield About(f"{len(children):,} children")
        return
    for child in children:
        yield of_child(child, is_linked=is_linked)


def _details(entry: AuditEvent) -> Iterable[About]:
    role = ROLES.get(str(entry.details.get("role", "")))
    if role is not None:
        yield About(role.title)
    if page := entry.details.get("page"):
        yield About(f"page “{page}”")
