"""What a kind of entry of the record declares of itself; pages, forms and acts read it, and know no kind by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from inharmony.access.permissions import Permission
from programmes.models.entry import Entry

if TYPE_CHECKING:
    from inharmony.accounts.models import User

Row = Any
Values = dict[str, Any]
Check = Callable[[Row, Values], Iterable[tuple[str, str]]]
# what the record itself keeps of an entry, beside what the entry says
OWN = frozenset({"id", "key", "is_by_hand", "withdrawn_on"})
# names that the form of every entry needs for itself
TAKEN = frozenset({"why", "version", "press"})


class IncompleteKindError(Exception):
    """A kind that leaves something undeclared: found when it is imported, not when somebody opens its page."""


@dataclass(frozen=True)
class Asked:
    """A field as a person is asked for it. A date that may be of a month or a year alone names its `precision`."""

    name: str
    label: str
    hint: str = ""
    is_needed: bool = False
    precision: str = ""
    # of a choice among rows: whether only those that the person keeps are offered
    is_own: bool = True


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading."""

    title: str
    fields: tuple[Asked, ...]


@dataclass(frozen=True)
class Shown:
    """A public page that shows an entry: its name, and the name and arguments of its address."""

    title: str
    page: str
    args: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """The address, or "" while the portal has no such page."""
        try:
            return reverse(self.page, args=self.args)
        except NoReverseMatch:
            return ""


def of_programme(path: str) -> Callable[[frozenset[int]], Q]:
    """Returns whose an entry is that names its programme at the end of a path: of none is the operator's alone."""
    return lambda programmes: Q(**{f"{path}__in": programmes})


@dataclass(frozen=True)
class Kind:
    """
    A kind of entry: `key` stands in its address, `noun` and `plural` in sentences, `about` says what it is for.

    `kept` says which rows the managers of some programmes keep; the operator keeps all. `path` leads from a row to its
    programme, "" where it has none. `line` and `when` are how a row reads in a list, `pages` the public pages that
    show it, `checks` what must be true of it (field, sentence). `search` are the columns that are looked through,
    `sorts` what a list can be sorted by. `leaves` are columns that are kept elsewhere, `preview` names the template.
    """

    key: str
    noun: str
    plural: str
    about: str
    model: type[models.Model]
    groups: tuple[Group, ...]
    kept: Callable[[frozenset[int]], Q]
    line: Callable[[Row], str]
    pages: Callable[[Row], Sequence[Shown]]
    search: tuple[str, ...]
    sorts: tuple[tuple[str, str], ...]
    preview: str
    path: str = ""
    when: Callable[[Row], str] = field(default=lambda _row: "")
    checks: tuple[Check, ...] = ()
    leaves: frozenset[str] = frozenset()
    related: tuple[str, ...] = ()
    can_begin: bool = True
    has_source: bool = True
    is_public: Callable[[Row], bool] = field(default=lambda _row: True)
    # what a new row needs that nobody is asked for
    prepare: Callable[[Row], None] = field(default=lambda _row: None)

    def __post_init__(self) -> None:
        """Raises IncompleteKindError naming all that is missing."""
        if wrong := [*self._unsaid(), *self._mismatched()]:
            raise IncompleteKindError(f"{self.key or self.model.__name__}: {'; '.join(wrong)}")

    @property
    def one(self) -> str:
        """The noun with its article."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    @property
    def asked(self) -> dict[str, Asked]:
        """Every field by name, in the order in which it is asked for."""
        return {one.name: one for group in self.groups for one in group.fields}

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of which versions are kept: every field, and how much of a date is in print."""
        precise = (one.precision for one in self.asked.values() if one.precision)
        return (*self.asked, *precise)

    @property
    def many(self) -> tuple[str, ...]:
        """The fields that name several rows."""
        return tuple(name for name in self.names if self.model._meta.get_field(name).many_to_many)

    @property
    def can_withdraw(self) -> bool:
        """Whether a row can be taken off; of the others, the end is written down."""
        return issubclass(self.model, Entry)

    def kept_by(self, user: "User") -> QuerySet[Any]:
        """Returns the entries that the person keeps: all of them for the operator, of a manager the own programmes'."""
        rows = self.model._default_manager.all()
        if user.reach.may_everywhere(Permission.KEEP_RECORD):
            return rows
        return rows.filter(self.kept(user.reach.programmes_for(Permission.KEEP_RECORD)))

    def hubs_of(self, row: Row) -> list[Any]:
        """Returns the programmes an entry is of; none is In Harmony as a whole."""
        if self.path == "pk":
            return [row]
        *way, last = self.path.split("__")
        for step in way:
            row = getattr(row, step)
        found = getattr(row, last) if last else None
        if isinstance(found, models.Manager):
            return list(found.all())
        return [found] if found is not None else []

    def _unsaid(self) -> Iterable[str]:
        for name in ("key", "noun", "plural", "about", "search", "sorts", "preview", "groups"):
            if not getattr(self, name):
                yield f"has no {name}"
        for one in self.asked.values():
            if not one.label:
                yield f"{one.name} has no label"
        if self.has_source and "source" not in self.asked:
            yield "does not ask for its source"

    def _mismatched(self) -> Iterable[str]:
        meta = self.model._meta
        columns = {one.name for one in (*meta.concrete_fields, *meta.many_to_many)}
        said = set(self.names)
        if missing := columns - said - OWN - self.leaves:
            yield f"says nothing of {', '.join(sorted(missing))}"
        if unknown := said - columns:
            yield f"asks for {', '.join(sorted(unknown))}, which it has not"
        if taken := said & TAKEN:
            yield f"calls a field {', '.join(sorted(taken))}"
        for name, one in self.asked.items():
            column = meta.get_field(name) if name in columns else None
            if isinstance(column, models.Field) and not one.is_needed and _cannot_be_empty(column):
                yield f"{name} cannot be empty, and is not asked for as needed"


def _cannot_be_empty(column: Any) -> bool:
    if column.null or column.blank or column.has_default() or isinstance(column, models.BooleanField):
        return False
    return not column.many_to_many
