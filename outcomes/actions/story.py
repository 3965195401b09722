"""
Stories of a hub: written, said who is in them, shared, withdrawn, deleted.

Whether a story may be shown is kept by the database (migration 0007); the acts say so in words beforehand. Whoever
writes takes the children's rows first and the lock after, which is that of photos, as the triggers do.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from outcomes.models import Story, StoryChild
from outcomes.models.story import CASE_STUDY, NAME, QUOTATION, TITLE
from outcomes.queries.story import not_ready, said_too_much
from outcomes.queries.year_group import year_group_of
from outcomes.validators.story import hidden_in
from participants.models import Child
from programmes.models import Indicator, Programme
from schools.models import AcademicYear

State = Story.State
MOST = {Story.Kind.QUOTATION: QUOTATION, Story.Kind.CASE_STUDY: CASE_STUDY}


class StoryRefusedError(Exception):
    """What cannot be done with a story; the text says why and what to do."""


class NotShareableError(StoryRefusedError):
    """Somebody in it does not consent, nobody said who is in it, or its words say too much or are missing."""


class StoryGoneError(StoryRefusedError):
    """The story, or the child, is not there any more: somebody deleted it in the meantime."""

    def __init__(self) -> None:
        super().__init__("This is not there any more: somebody deleted it in the meantime.")


class StoryChangedError(StoryRefusedError):
    """Somebody else changed the story after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this story after you opened the page. Nothing of yours has been kept: look at what "
            "stands now."
        )


@dataclass(frozen=True)
class Told:
    """What is written of a story: of which year and indicator, its words, and of an adult quoted who agreed when."""

    kind: Story.Kind
    academic_year: int
    indicator: Indicator
    words: str
    title: str = ""
    said_by: str = ""
    permission: str = ""
    permission_on: date | None = None

    @property
    def fields(self) -> dict[str, object]:
        """The columns of the story, each as it is kept; what the kind has not is empty."""
        is_case_study = self.kind is Story.Kind.CASE_STUDY
        is_of_adult = not is_case_study and self.said_by not in {"", Story.SaidBy.CHILD}
        return {
            "kind": str(self.kind),
            "academic_year_id": self.academic_year,
            "indicator": str(self.indicator),
            "words": _plain(self.words),
            "title": _plain(self.title) if is_case_study else "",
            "said_by": "" if is_case_study else str(self.said_by),
            "permission": self.permission.strip() if is_of_adult else "",
            "permission_on": self.permission_on if is_of_adult else None,
        }


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\t", " ").strip()


def wrong_with(told: Told, today: date) -> dict[str, str]:
    """Returns what cannot be written so, by field, each with what to do; nothing where it can."""
    problems, most = {}, MOST[told.kind]
    if (length := len(_plain(told.words))) > most:
        what = "A quotation" if told.kind is Story.Kind.QUOTATION else "A case study"
        problems["words"] = f"{what} has at most {most:,} characters; this has {length:,}. Write it shorter."
    for field, length in (("title", TITLE), ("permission", NAME)):
        if len(str(told.fields[field])) > length:
            problems[field] = f"It has at most {length} characters. Write it shorter."
    for field in ("words", "title"):
        if hidden_in(str(told.fields[field])):
            problems[field] = "There are characters in it that nobody sees. Type the words here anew."
    if told.permission_on is not None and told.permission_on > today:
        problems["permission_on"] = f"{dates.day(told.permission_on)} is still to come. Write the day they agreed."
    return problems


def version_of(story: Story) -> str:
    """
    Returns what a page was made from: what was changed since is looked at again before it is kept or shared.

    Who is in the story, that nobody can be recognised, and the year group beside it are of it as its words are. Two
    statements or three.
    """
    said = [(name, str(getattr(story, name))) for name in Told.__dataclass_fields__ if name != "academic_year"]
    shown = [sorted(_named(story)), story.is_nobody, year_group_of(story)]
    return hashlib.sha256(repr([*said, story.academic_year_id, *shown]).encode()).hexdigest()[:16]


@transaction.atomic
def write(*, programme: Programme, told: Told, by: User) -> Story:
    """Keeps a story that only the hub's office and who wrote it see, and returns it. Raises StoryRefusedError."""
    _require(told)
    AcademicYear.objects.get_or_create(year=told.academic_year)
    story = Story.objects.create(programme=programme, written_at=timezone.now(), written_by=by, **told.fields)
    _audit("story.written", story, by)
    return story


@transaction.atomic
def describe(*, story: Story, told: Told, seen: str, by: User) -> Story:
    """
    Writes a story anew; one that is shared waits again, until a person has looked at it and shares it.

    `seen` is the version of what the person saw. Raises StoryChangedError, StoryRefusedError.
    """
    _require(told)
    found = _locked(story)
    changed = [name for name, value in told.fields.items() if getattr(found, name) != value]
    if not changed:
        return found
    if version_of(found) != seen:
        raise StoryChangedError
    AcademicYear.objects.get_or_create(year=told.academic_year)
    for name in changed:
        setattr(found, name, told.fields[name])
    if found.is_shared:
        found.state = State.WAITING
    found.year_group = ""
    found.save(update_fields=[*changed, "state", "year_group"])
    _audit("story.described", found, by, fields=[name.removesuffix("_id") for name in changed])
    return found


def _require(told: Told) -> None:
    if problems := wrong_with(told, timezone.localdate()):
        raise StoryRefusedError(" ".join(problems.values()))


@transaction.atomic
def name_child(*, story: Story, child: Child, by: User) -> Story:
    """Says that a story is of or about a child; a shared one comes off if the child does not consent, or is named."""
    _lock_child(story, child)
    found = _locked(story)
    # where nobody was said to be in it, the name alone takes it off
    _, is_new = StoryChild.objects.get_or_create(story=found, child=child, programme_id=found.programme_id)
    Story.objects.filter(pk=found.pk, is_nobody=True).update(is_nobody=False)
    if is_new:
        _settle(found, by)
        _audit("story.child_named", found, by)
    found.refresh_from_db()
    return found


@transaction.atomic
def unname_child(*, story: Story, child: Child, by: User) -> Story:
    """Takes back that a child is in a story; a shared one waits until a person has looked at it again."""
    _lock_child(story, child)
    found = _locked(story)
    gone, _ = StoryChild.objects.filter(story=found, child=child).delete()
    if gone:
        # the database lets a shared one wait
        _audit("story.child_taken_back", found, by, besides=[child.pk])
    found.refresh_from_db()
    return found


def _lock_child(story: Story, child: Child) -> None:
    mine = Child.objects.select_for_update().filter(programme_id=story.programme_id)
    if not mine.filter(pk=child.pk).first():
        raise StoryGoneError


def _settle(story: Story, by: User) -> None:
    """Of other children the year group may be another, and a word in it may be one's name."""
    story.refresh_from_db()
    if story.year_group:
        Story.objects.filter(pk=story.pk).update(year_group="")
    if story.is_shared and said_too_much(story, Child.objects.filter(pk__in=_named(story)), by):
        Story.objects.filter(pk=story.pk).update(state=State.OFF, taken_off_at=timezone.now())


@transaction.atomic
def say_nobody(*, story: Story, is_nobody: bool, by: User) -> Story:
    """
    Says that no child can be recognised in a story, or takes that back.

    Raises StoryRefusedError where a child is named.
    """
    found = _locked(story)
    if is_nobody and _named(found):
        raise StoryRefusedError("Children are named in this story. Take them out of it first.")
    if found.is_nobody != is_nobody:
        found.is_nobody = is_nobody
        fields = ["is_nobody"]
        if found.is_shared:
            # nobody said who is in it any more
            found.state, found.taken_off_at = State.OFF, timezone.now()
            fields += ["state", "taken_off_at"]
        found.save(update_fields=fields)
        _audit("story.described", found, by, fields=["is_nobody"])
    return found


@transaction.atomic
def share(*, story: Story, seen: str, by: User) -> Story:
    """
    Lets pages show a story, from the commit on; one that is shared already is returned as it is.

    `seen` is the version of what the person saw. Raises NotShareableError, StoryChangedError, StoryGoneError.
    """
    # the words are read before the lock, which every writer of answers waits for; what was read is looked at again
    read, named = _there(Story.objects.filter(pk=story.pk)), _children(story)
    why = [] if read.is_shared else said_too_much(read, named, by)
    found = _locked(story)
    if found.is_shared:
        return found
    if not seen == version_of(found) == version_of(read) or _names(named) != _names(_children(story)):
        raise StoryChangedError
    if why := [*not_ready(found), *why]:
        raise NotShareableError(" ".join(why))
    found.state, found.shared_at, found.shared_by = State.SHARED, timezone.now(), by
    found.year_group = year_group_of(found)
    found.save(update_fields=["state", "shared_at", "shared_by", "year_group"])
    _audit("story.shared", found, by)
    return found


@transaction.atomic
def withdraw(*, story: Story, by: User) -> Story:
    """Takes a story off every page, from the next request on; twice is once."""
    found = _locked(story)
    if found.is_shared:
        found.state, found.withdrawn_at, found.withdrawn_by = State.WITHDRAWN, timezone.now(), by
        found.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
        _audit("story.withdrawn", found, by)
    return found


@transaction.atomic
def delete(*, story: Story, by: User) -> None:
    """Destroys a story and who is in it; one that is gone already is no matter."""
    with suppress(StoryGoneError):
        _destroy(_locked(story), by)


@transaction.atomic
def destroy(*, story: Story, due: Q) -> bool:
    """Destroys a story on its date and says so, if it is there and `due` still holds of it."""
    with suppress(StoryGoneError):
        found = _locked(story)
        if Story.objects.filter(due, pk=found.pk).exists():
            _destroy(found, None)
            return True
    return False


def _destroy(found: Story, by: User | None) -> None:
    if by:
        _audit("story.deleted", found, by)
    else:
        # whether it was taken back before its date came: reports ask (`queries.story.taken_back`), and know its key
        _audit("story.destroyed", found, None, more={"key": found.key, "state": found.state})
    StoryChild.objects.filter(story=found, child__in=_named(found)).delete()
    found.delete()


def _locked(story: Story) -> Story:
    """
    The story as it stands, with nobody else writing stories or what decides whether they are shown.

    Raises StoryGoneError.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('participants_photo'))")
    return _there(Story.objects.filter(pk=story.pk))


def _there(stories: QuerySet[Story]) -> Story:
    if (found := stories.select_related("programme", "academic_year").first()) is None:
        raise StoryGoneError
    return found


def _names(children: Iterable[Child]) -> list[tuple[str, str, str]]:
    return [(child.forename, child.surname, child.known_as) for child in children]


def _children(story: Story) -> list[Child]:
    return list(Child.objects.filter(pk__in=_named(story)).order_by("pk"))


def _named(story: Story) -> list[int]:
    return list(StoryChild.objects.filter(story=story).values_list("child_id", flat=True))


def _audit(
    act: str,
    story: Story,
    by: User | None,
    *,
    fields: list[str] | None = None,
    besides: Sequence[int] = (),
    more: Mapping[str, str] | None = None,
) -> None:
    audit(
        act=act,
        by=by,
        programme_id=story.programme_id,
        subject=story,
        children=[*_named(story), *besides],
        details={**({"fields": fields} if fields else {}), **(more or {})},
    )
