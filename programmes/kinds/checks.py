"""What must be true of an entry, whoever writes it: a check yields the field and the sentence that says what to do."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from inharmony.pages import dates
from programmes.kinds.kind import Check, Row, Values
from programmes.kinds.lines import lasting
from programmes.models import Organisation, OrganisationName, Place, ProgrammeStatus
from programmes.validators.entry import names_two_sources

Problems = Iterable[tuple[str, str]]


def in_order(first: str, last: str, words: str = "It cannot end before it began.") -> Check:
    """Returns the check that what ends does so after it began."""

    def check(row: Row, _values: Values) -> Problems:
        begins, ends = getattr(row, first), getattr(row, last)
        if begins and ends and ends < begins:
            yield last, words

    return check


def alone(*same: str) -> Check:
    """Returns the check that no other row of the same thing is of the same time; it says which one is in the way."""

    def check(row: Row, _values: Values) -> Problems:
        others = type(row)._default_manager.filter(**{name: getattr(row, name) for name in same}).exclude(pk=row.pk)
        others = others.exclude(ends_on__lt=row.starts_on)
        other = others.exclude(starts_on__gt=row.ends_on or date.max).order_by("starts_on").first()
        if other is not None:
            yield "starts_on", _in_the_way(row, other)

    return check


def _in_the_way(row: Any, other: Any) -> str:
    time = lasting(other.starts_on, other.ends_on)
    if row.starts_on > other.starts_on:
        before = dates.day(row.starts_on - timedelta(days=1))
        return f"“{other}” stands in the way: it is {time}. End that on {before} or earlier, or begin this later."
    after = dates.day(other.starts_on - timedelta(days=1))
    return f"“{other}” stands in the way: it is {time}. End this on {after} or earlier, or change that first."


def two_sources(row: ProgrammeStatus, _values: Values) -> Problems:
    """A status that sources disagree about says what each of them says, and names both."""
    if row.status != ProgrammeStatus.Status.DISPUTED:
        return
    if not row.note.strip():
        yield "note", "Say what each of the two sources says."
    if not names_two_sources(row.source):
        yield "source", "Sources disagree: name both of them, with a semicolon between them."


def one_name(row: OrganisationName, _values: Values) -> Problems:
    """A former name stands once."""
    if OrganisationName.objects.filter(organisation=row.organisation, name=row.name).exclude(pk=row.pk).exists():
        yield "name", f"“{row.name}” is a former name of {row.organisation} already. Change that one instead."


def one_body(row: Organisation, _values: Values) -> Problems:
    """An organisation stands once."""
    if Organisation.objects.filter(name__iexact=row.name).exclude(pk=row.pk).exists():
        yield "name", f"“{row.name}” is in the record already. Choose it there, or write a name that tells them apart."


def one_start(row: Place, _values: Values) -> Problems:
    """A place is served once at a time; coordinates are a pair, within Great Britain and its islands."""
    there = Q(programme=row.programme, local_authority=row.local_authority)
    others = Place.objects.filter(there).exclude(pk=row.pk).exclude(ends_on__lt=row.starts_on)
    other = others.exclude(starts_on__gt=row.ends_on or date.max).first()
    if other is not None:
        yield "starts_on", _in_the_way(row, other)
    if (row.latitude is None) != (row.longitude is None):
        missing = "latitude" if row.latitude is None else "longitude"
        yield missing, "Coordinates are two numbers. Give both, or neither."
    if row.latitude is not None and not 49 <= row.latitude <= 61:
        yield "latitude", "This is not in Great Britain: its latitudes lie between 49 and 61, like 53.4106."
    if row.longitude is not None and not -9 <= row.longitude <= 2:
        yield "longitude", "This is not in Great Britain: its longitudes lie between -9 and 2, like -2.9779."
