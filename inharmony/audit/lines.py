"""Entries of the trail as lines to read. Children and what was done to them go by numbers: no line holds a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from inharmony.access.permissions import Permission
from inharmony.access.roles import ROLES
from inharmony.accounts.models import User
from inharmony.audit.models import AuditEvent
from inharmony.audit.words import SUBJECTS, act_words, field_words

# up to so many children are named one by one
FEW = 3
CHILD_PAGE = "participants:child-trail"
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


def lines(entries: Sequence[AuditEvent], reader: User) -> list[Line]:
    """Returns the entries as the reader sees them: pages are linked where they are of a hub of theirs."""
    people = {entry.actor_id for entry in entries if entry.actor_id}
    people |= {entry.subject_id for entry in entries if entry.subject == "accounts.user" and entry.subject_id}
    names = names_of(people)
    hubs = reader.reach.programmes_for(Permission.SEE_TRAIL)
    return [_line(entry, names, is_linked=entry.programme_id in hubs) for entry in entries]


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Returns the names of staff by id."""
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "name"))


def _line(entry: AuditEvent, names: Mapping[int, str], *, is_linked: bool) -> Line:
    about = [*_subject(entry, names, is_linked=is_linked), *_children(entry, is_linked=is_linked), *_details(entry)]
    return Line(
        at=entry.at,
        who=who(entry.actor_id, names),
        words=act_words(entry.act),
        about=about,
        fields=field_words(entry.details.get("fields", [])),
    )


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
    noun, page = SUBJECTS.get(entry.subject, (entry.subject, ""))
    href = reverse(page, args=[entry.subject_id]) if page and is_linked else ""
    yield About(f"{noun} {entry.subject_id}", href)


def _children(entry: AuditEvent, *, is_linked: bool) -> Iterable[About]:
    children = [c for c in entry.children if (entry.subject, entry.subject_id) != ("participants.child", c)]
    if len(children) > FEW:
        yield About(f"{len(children):,} children")
        return
    for child in children:
        yield About(f"child {child}", reverse(CHILD_PAGE, args=[child]) if is_linked else "")


def _details(entry: AuditEvent) -> Iterable[About]:
    role = ROLES.get(str(entry.details.get("role", "")))
    if role is not None:
        yield About(role.title)
    if page := entry.details.get("page"):
        yield About(f"page “{page}”")
