"""Reads of stories: those that may be shown now, and those of a hub's office with who is in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.models import AuditEvent
from outcomes.models import Story, StoryChild
from outcomes.queries.names import names_of
from outcomes.queries.year_group import year_group_of
from outcomes.validators.story import (
    Named,
    adults_in,
    birthdays_in,
    first_names_in,
    full_names_in,
    names_in,
    schools_in,
    traces_in,
)
from participants.models import Child, Consent, Enrolment
from participants.models.enrolment import YearGroup
from participants.queries.naming import children_like
from programmes.models import Closing, Indicator, Programme, SharedStory
from schools.models import School

GIVEN = Consent.Answer.GIVEN


@dataclass(frozen=True)
class ShownStory:
    """A story as a page shows it: nothing in it says who, but what they said or did."""

    key: str
    indicator: Indicator
    is_case_study: bool
    title: str
    words: str
    said_by: str
    programme: str
    slug: str = ""
    # none of one that is not shared
    shared_at: datetime | None = None

    @property
    def mark(self) -> str:
        """Which story, as it was shared then with these words: shared again it is another. Empty of one not shared."""
        return _mark(self.key, self.shared_at) if self.shared_at else ""

    @property
    def anchor(self) -> str:
        """What it is found by on its page."""
        return f"story-{self.key}"

    @property
    def paragraphs(self) -> list[str]:
        """Its words as they were parted by empty lines."""
        return [part for part in map(str.strip, self.words.replace("\r\n", "\n").split("\n\n")) if part]


def shared_stories(
    *, year: int, programme: Programme | None = None, indicator: Indicator | None = None
) -> list[ShownStory]:
    """
    Returns the stories that may be shown at this moment, of an academic year, by programme; one statement.

    Whoever prints them asks again as they are printed: a story is gone once a family takes its consent back. Of a
    closed hub there is none, for nobody can write down there that a family does.
    """
    shown = _may_be_shown().filter(academic_year_id=year).select_related("programme")
    if programme is not None:
        shown = shown.filter(programme=programme)
    if indicator is not None:
        shown = shown.filter(indicator=indicator)
    return [_shown(story) for story in shown.order_by("programme__short_name", "-shared_at", "key")]


def _shown(story: SharedStory) -> ShownStory:
    return ShownStory(
        key=story.key,
        indicator=Indicator(story.indicator),
        is_case_study=story.kind == Story.Kind.CASE_STUDY,
        title=story.title,
        words=story.words,
        said_by=said_by(story.said_by, story.year_group),
        programme=story.programme.short_name,
        slug=story.programme.slug,
        shared_at=story.shared_at,
    )


def _mark(key: str, shared_at: datetime) -> str:
    return f"{key} {shared_at.isoformat()}"


def not_shown(marks: Iterable[str]) -> set[str]:
    """
    Returns those marks of stories (`ShownStory.mark`) that are not shared as they were; one statement.

    In a closed hub stories are shown by no page, and yet nobody took them back: they are not among these.
    """
    asked = set(marks)
    if not asked:
        return asked
    rows = SharedStory.objects.filter(key__in=_keys(asked))
    return asked - {_mark(*row) for row in rows.values_list("key", "shared_at")}


def taken_back(marks: Iterable[str]) -> set[str]:
    """
    Returns those marks of stories that somebody took back, in a scope of their hub; at most two statements.

    Not those that the portal destroyed on their date (`actions.story_keeping`): what went out with them was agreed to.
    """
    gone = not_shown(marks)
    if not gone:
        return gone
    # one that was off by then had been taken back before
    ended = AuditEvent.objects.filter(
        act="story.destroyed",
        subject=Story._meta.label_lower,
        details__key__in=_keys(gone),
        details__state=Story.State.SHARED,
    )
    on_their_date = set(ended.values_list("details__key", flat=True))
    return {mark for mark in gone if mark.split(" ", 1)[0] not in on_their_date}


def hubs_of(marks: Iterable[str]) -> set[int]:
    """
    Returns the ids of the programmes whose shared stories have these marks; one statement.

    Of stories that are kept no longer there is none: nobody can take one of them back.
    """
    return set(SharedStory.objects.filter(key__in=_keys(marks)).values_list("programme", flat=True))


def _keys(marks: Iterable[str]) -> set[str]:
    return {mark.split(" ", 1)[0] for mark in marks}


def _may_be_shown() -> QuerySet[SharedStory]:
    return SharedStory.objects.exclude(programme__in=Closing.objects.on(timezone.localdate()).values("programme"))


def as_shown(story: Story) -> ShownStory:
    """Returns a story as its pages show it; of one that is not shared, as they would."""
    return ShownStory(
        key=story.key,
        indicator=Indicator(story.indicator),
        is_case_study=story.kind == Story.Kind.CASE_STUDY,
        title=story.title,
        words=story.words,
        said_by=said_by(story.said_by, story.year_group if story.is_shared else year_group_of(story)),
        programme=story.programme.short_name,
        slug=story.programme.slug,
    )


def said_by(who: str, year_group: str) -> str:
    """Returns who said a quotation, without a name: "A child in Year 5", "A tutor"; empty of a case study."""
    if not who:
        return ""
    label = str(Story.SaidBy(who).label)
    is_told = who == Story.SaidBy.CHILD and year_group
    return f"{label} in {YearGroup(year_group).label}" if is_told else label


def by_indicator(stories: Iterable[ShownStory]) -> dict[str, list[ShownStory]]:
    """Returns stories by the indicator they speak on, quotations before case studies."""
    found: dict[str, list[ShownStory]] = {}
    for story in sorted(stories, key=lambda one: one.is_case_study):
        found.setdefault(story.indicator.value, []).append(story)
    return found


@dataclass(frozen=True)
class InStory:
    """A child in a story, whether it may not be shown because of the child, and whether the child has left."""

    child: Child
    is_blocking: bool
    has_left: bool


def children_in(story: Story, user: User) -> list[InStory]:
    """Returns the children in a story that the person sees, by name; two statements."""
    named = StoryChild.objects.filter(story=story).values("child")
    found = list(_answered(Child.objects.visible_to(user), named))
    here = _here(child.pk for child in found)
    return [InStory(child, _is_blocking(child), child.pk not in here) for child in found]


def _here(children: Iterable[int]) -> set[int]:
    today = timezone.localdate()
    lasting = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), child__in=list(children))
    return set(lasting.values_list("child", flat=True))


def unseen_in(story: Story, user: User) -> int:
    """Returns how many children are in a story whom the person does not see."""
    named = StoryChild.objects.filter(story=story).exclude(child__in=Child.objects.visible_to(user).values("pk"))
    return named.count()


def blocking(story: Story, user: User) -> list[str]:
    """
    Returns why a story cannot be shared now, a sentence each; nothing where it can.

    Of children who may not be shown only how many, and never why: one who is protected is among them. A name of any
    other child of the hub is found where the person sees that child: to nobody else is it told that there is one.
    """
    named = list(_named(story))
    return [*not_ready(story), *said_too_much(story, named, user)]


def not_ready(story: Story) -> list[str]:
    """Returns why a story cannot be shared whatever its words are, a sentence each."""
    return [*_missing(story), *_of_children(story, list(_named(story)))]


def _named(story: Story) -> QuerySet[Child]:
    return _answered(Child.objects.all(), StoryChild.objects.filter(story=story).values("child"))


def _missing(story: Story) -> list[str]:
    why = []
    if not any(map(str.isalpha, story.words)):
        why.append("Write its words.")
    if story.kind == Story.Kind.CASE_STUDY and not story.title:
        why.append("Give it a title.")
    if story.kind == Story.Kind.QUOTATION and not story.said_by:
        why.append("Say who said it.")
    if story.is_of_adult and not (story.permission and story.permission_on):
        why.append("Write down who agreed that their words are shown, and on which day.")
    return why


def _of_children(story: Story, named: list[Child]) -> list[str]:
    why = []
    if refusing := sum(map(_is_blocking, named)):
        why.append(f"{'1 child' if refusing == 1 else f'{refusing} children'} in it may not be shown.")
    if not named and story.is_of_child:
        why.append("Say which child it is of: the family’s consent is needed.")
    elif not named and not story.is_nobody:
        why.append("Say which children are in it, or that no child can be recognised.")
    return why


def said_too_much(story: Story, named: Iterable[Child], user: User) -> list[str]:
    """
    Returns what in a story's words says who somebody is, a sentence each with what to do.

    Looked for are all names of the children in it, names of other children with their surnames, of an adult who agreed
    and of the hub's schools, and numbers, days and addresses that lead to a person. Where no child is in it, no first
    name of a child of the hub stands there either: nobody could take a consent back.
    """
    text, named = f"{story.title}\n{story.words}", list(named)
    known = names_of(Child.objects.visible_to(user).filter(programme_id=story.programme_id))
    found = [*names_in(text, map(_names, named)), *full_names_in(text, known)]
    found += [] if named else first_names_in(text, known)
    why = [f"“{name}” in its words is the name of a child. Write it without." for name in dict.fromkeys(found)]
    why += [f"“{name}” in its words is of who agreed. Write it without." for name in adults_in(text, story.permission)]
    schools = dict(School.objects.filter(partnerships__programme_id=story.programme_id).values_list("name", "town"))
    towns = [story.programme.name, story.programme.short_name, *schools.values()]
    why += [f"“{name}” in its words is a school. Write it without." for name in schools_in(text, schools, towns)]
    if birthdays_in(text, [child.date_of_birth for child in named]):
        why.append("Its words hold the birthday of a child in it. Take it out.")
    return why + [f"Its words hold {trace}. Take it out." for trace in traces_in(text)]


def _names(child: Child) -> Named:
    return Named(child.forename, child.surname, child.known_as)


def _answered(children: QuerySet[Child], named: "QuerySet[Any, Any]") -> QuerySet[Child]:
    answers = Consent.objects.filter(child=OuterRef("pk"), purpose=Consent.Purpose.QUOTATION)
    latest = answers.order_by("-answered_on", "-id").values("answer")[:1]
    return children.filter(pk__in=named).annotate(quotation=Subquery(latest))


def _is_blocking(child: Child) -> bool:
    return child.is_at_risk or child.quotation != GIVEN  # type: ignore[attr-defined]  # annotated in _answered


def children_to_name(story: Story, user: User, search: str) -> list[InStory]:
    """Returns the first few children of the story's hub whose names the words stand in and who are not named in it."""
    if not search.strip():
        return []
    named = StoryChild.objects.filter(story=story).values("child")
    children = Child.objects.visible_to(user).filter(programme_id=story.programme_id).exclude(pk__in=named)
    ids = children_like(children, search)
    found = {child.pk: child for child in _answered(children, Child.objects.filter(pk__in=ids).values("pk"))}
    here = _here(ids)
    return [InStory(found[pk], _is_blocking(found[pk]), pk not in here) for pk in ids]


def hub_stories(user: User, programme: Programme, *, state: str = "", year: int | None = None) -> QuerySet[Story]:
    """Returns the stories of a hub that the person sees, the last written first; of a state and a year, or all."""
    found = Story.objects.visible_to(user).filter(programme=programme).select_related("academic_year")
    if state in Story.State.values:
        found = found.filter(state=state)
    return found if year is None else found.filter(academic_year_id=year)


def is_closed(programme: Programme) -> bool:
    """Returns whether a hub is closed today: no story is written or shared there, and none of it is shown."""
    return Closing.objects.on(timezone.localdate()).filter(programme=programme).exists()


def named_in(stories: Iterable[Story]) -> dict[int, list[int]]:
    """Returns the ids of the children in each of some stories, by the story's id; one statement."""
    found: dict[int, list[int]] = {}
    for story, child in StoryChild.objects.filter(story__in=list(stories)).values_list("story_id", "child_id"):
        found.setdefault(story, []).append(child)
    return found
