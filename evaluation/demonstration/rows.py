"""Writes the invented children: each table is filled by one COPY and one INSERT inside the scope."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from evaluation.demonstration.children import DemoChild, parent_name, school_class, stays_of
from participants.models import Child, Consent, Enrolment, Identity, Placement
from participants.validators.identity import person_hash, seal, upn_hash
from participants.validators.names import sort_key
from participants.wordings import wording_on
from schools.actions.staging import next_ids, write_many

# one child in so many must not be found by somebody
AT_RISK = 100
# share of families that say yes
GIVEN = {
    Consent.Purpose.PHOTO_INSIDE: 0.93,
    Consent.Purpose.PHOTO_PUBLIC: 0.74,
    Consent.Purpose.SURVEY: 0.88,
    Consent.Purpose.RESEARCH: 0.7,
}
# asked for the first time in the autumn of 2026
QUOTED = 0.8
# the demonstration asks as if the question were as old as the others of its year
ASKED_SINCE = date(2026, 9, 1)


def write_children(children: list[DemoChild]) -> dict[int, int]:
    """Writes children and identities; returns the id of each child by its number."""
    ids = dict(zip((child.number for child in children), next_ids(Child, len(children)), strict=True))
    now = timezone.now()
    write_many(
        Child,
        [
            "id",
            "programme",
            "forename",
            "surname",
            "known_as",
            "sort_key",
            "date_of_birth",
            "sex",
            "upn_hash",
            "upn_sealed",
            "ethnicity",
            "first_language",
            "is_eal",
            "sen",
            "is_pupil_premium",
            "is_fsm",
            "is_fsm6",
            "home_decile",
            "revision",
            "created_at",
        ],
        (_child_row(child, ids[child.number], now) for child in children),
    )
    write_many(
        Identity,
        ["child", "programme", "upn_hash", "person_hash"],
        (
            (
                ids[child.number],
                child.programme_id,
                upn_hash(child.upn),
                person_hash(child.forename, child.surname, child.born),
            )
            for child in children
        ),
    )
    return ids


def _child_row(child: DemoChild, child_id: int, now: Any) -> tuple[Any, ...]:
    return (
        child_id,
        child.programme_id,
        child.forename,
        child.surname,
        child.known_as,
        sort_key(child.surname, child.forename),
        child.born,
        child.sex,
        upn_hash(child.upn),
        seal(child.upn),
        child.ethnicity,
        child.language,
        child.is_eal,
        child.sen,
        child.is_pupil_premium,
        child.is_fsm,
        child.is_pupil_premium,
        home_decile(child),
        1,
        now,
    )


def home_decile(child: DemoChild) -> int | None:
    """Returns how deprived the area of the child's home is: most are in the two most deprived fifths, as in print."""
    # its own chance: the children of a seed stay the same
    random = Random(child.number)  # noqa: S311 - invents numbers
    if random.random() < 0.06:  # no postcode on the school's list
        return None
    return random.choices(range(1, 11), (26, 20, 14, 10, 8, 6, 5, 4, 4, 3))[0]


def write_enrolments(children: list[DemoChild], ids: Mapping[int, int]) -> None:
    """Writes enrolments and the placement of each academic year."""
    stays = list(stays_of(children))
    numbered = list(zip(next_ids(Enrolment, len(stays)), stays, strict=True))
    write_many(
        Enrolment,
        ["id", "programme", "child", "school", "starts_on", "ends_on", "revision"],
        (
            (number, child.programme_id, ids[child.number], stay.school.urn, stay.starts_on, stay.ends_on, 1)
            for number, (child, stay) in numbered
        ),
    )
    write_many(
        Placement,
        ["programme", "enrolment", "child", "academic_year", "year_group", "school_class", "revision"],
        (
            (child.programme_id, number, ids[child.number], year, str(group), school_class(stay.school, year, group), 1)
            for number, (child, stay) in numbered
            for year, group in stay.groups.items()
            if stay.ends_on is None or stay.ends_on >= date(year, 9, 1)
        ),
    )


def protect_some(children: Iterable[DemoChild], ids: Mapping[int, int]) -> int:
    """Flags one child in a hundred as at risk; returns how many. Their enrolments follow by themselves."""
    chosen = [ids[child.number] for child in children if child.number % AT_RISK == AT_RISK // 2]
    return Child.objects.filter(pk__in=chosen).update(is_at_risk=True)


def write_consents(
    children: Iterable[DemoChild], ids: Mapping[int, int], recorders: Mapping[int, int], random: Random, today: date
) -> int:
    """Writes one answer a purpose and child, and withdrawals; `recorders` is who wrote them down, by programme."""
    fields = ["programme", "child", "purpose", "answer", "given_by", "answered_on", "wording_version", "recorded_by"]
    return write_many(Consent, fields, _consent_rows(children, ids, recorders, random, today))


def _consent_rows(
    children: Iterable[DemoChild], ids: Mapping[int, int], recorders: Mapping[int, int], random: Random, today: date
) -> Iterator[tuple[Any, ...]]:
    for child in children:
        parent, recorder = parent_name(child, random), recorders[child.programme_id]
        answered = min(today, child.stays[0].starts_on + timedelta(days=random.randint(0, 12)))
        if random.random() < 0.04:  # the form has not come back
            continue
        for purpose, share in GIVEN.items():
            is_given = random.random() < share
            row = (child.programme_id, ids[child.number], purpose)
            asked = (parent, answered, wording_on(purpose, answered).version, recorder)
            yield (*row, Consent.Answer.GIVEN if is_given else Consent.Answer.REFUSED, *asked)
            later = answered + timedelta(days=random.randint(60, 200))
            if is_given and random.random() < 0.015 and later <= today:
                yield (*row, Consent.Answer.WITHDRAWN, parent, later, *asked[2:])
        yield from _on_quotations(child, ids, parent, recorder, max(answered, ASKED_SINCE), today)


def _on_quotations(
    child: DemoChild, ids: Mapping[int, int], parent: str, recorder: int, first: date, today: date
) -> Iterator[tuple[Any, ...]]:
    # its own chance: the other answers of a seed stay the same
    random = Random(child.number)  # noqa: S311 - invents answers
    answered = first + timedelta(days=random.randint(0, 20))
    left = child.stays[-1].ends_on
    if answered <= today and (left is None or answered <= left):
        purpose = Consent.Purpose.QUOTATION
        said = Consent.Answer.GIVEN if random.random() < QUOTED else Consent.Answer.REFUSED
        wording = wording_on(purpose, answered).version
        yield child.programme_id, ids[child.number], purpose, said, parent, answered, wording, recorder
