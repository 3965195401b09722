"""Where Year 6 went at the turn of each year: to one invented secondary school a hub, mostly, and how they go on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from psycopg.types.json import Jsonb

from evaluation.demonstration.schools import DemoSchool
from participants.models import Destination, Membership, Placement, Playing, RollForward
from participants.models.enrolment import YearGroup
from schools.actions.staging import next_ids, write_many
from schools.models import School
from schools.models.school import DEMONSTRATION_URNS

STEMS = ("Quayside", "Ridgeway", "Summerhouse", "Thornfield", "Underhill", "Viewpoint")
PLAYS, GOES_TO = Destination.Plays, Destination.GoesTo
# in turn; just under a third of all go on playing, as in the public record of music hubs
WAYS = (
    *((GOES_TO.SCHOOL, PLAYS.STOPS),) * 6,
    *((GOES_TO.SCHOOL, PLAYS.HUB),) * 3,
    (GOES_TO.SCHOOL, PLAYS.WIDER),
    (GOES_TO.SCHOOL, PLAYS.UNKNOWN),
    (GOES_TO.AWAY, PLAYS.UNKNOWN),
    (GOES_TO.UNKNOWN, PLAYS.UNKNOWN),
)
SAID_ON = (9, 3)
# enrolment, child, programme, school that was left, first calendar year of the new year
Leaver = tuple[int, int, int, int | None, int]


def make_high_schools(schools: Sequence[DemoSchool]) -> dict[int, int]:
    """Writes one secondary school for each hub whose schools teach Year 6, and returns their URNs by programme."""
    homes = {school.programme_id: school for school in schools if int(YearGroup.Y6) in school.year_groups}
    free = DEMONSTRATION_URNS[len(schools) :]
    School.objects.bulk_create(
        School(
            urn=free[number],
            name=f"{STEMS[number]} Demonstration High School",
            local_authority_id=home.authority,
            phase=School.Phase.SECONDARY,
            type="Invented for the demonstration",
            low_age=11,
            high_age=16,
            is_demonstration=True,
        )
        for number, home in enumerate(homes.values())
    )
    return {programme: free[number] for number, programme in enumerate(homes)}


def write_leavers(years: range, high: Mapping[int, int], recorders: Mapping[int, int], today: date) -> int:
    """Writes where those went whose Year 6 is over, who wrote it down by programme; returns how many they are."""
    turns = [year for year in years[1:] if date(year, *SAID_ON) <= today]
    found = Placement.objects.filter(
        year_group=YearGroup.Y6, enrolment__ends_on__in=[date(year, 8, 31) for year in turns]
    ).order_by("enrolment_id")
    leavers: list[Leaver] = [
        (enrolment, child, programme, school, year + 1)
        for enrolment, child, programme, school, year, ends_on in found.values_list(
            *("enrolment_id", "child_id", "programme_id", "enrolment__school_id", "academic_year_id"),
            "enrolment__ends_on",
        )
        if ends_on == date(year + 1, 8, 31)
    ]
    acts = _write_acts(leavers, recorders)
    stood = _what_stood([leaver for leaver in leavers if turns and leaver[4] == turns[-1]])
    rows = []
    for enrolment, child, programme, school, year in leavers:
        goes_to, plays = WAYS[child % len(WAYS)]
        to = high[programme] if goes_to == GOES_TO.SCHOOL else None
        act, at = acts[programme, school, year]
        before = {"ends_on": None, "revision": 0, **stood.get(child, {"memberships": [], "playings": []})}
        rows.append((programme, child, enrolment, goes_to, to, plays, date(year, 8, 31), act, at, Jsonb(before)))
    fields = ["programme", "child", "enrolment", "goes_to", "school", "plays", "last_day", "act", "noted_at", "before"]
    return write_many(Destination, fields, rows)


def _write_acts(
    leavers: Sequence[Leaver], recorders: Mapping[int, int]
) -> dict[tuple[int, int | None, int], tuple[int, datetime]]:
    """One act a school and year; returns id and moment of each."""
    many: dict[tuple[int, int | None, int], int] = defaultdict(int)
    for _, _, *key in leavers:
        many[tuple(key)] += 1  # type: ignore[index] # of three
    at = {key: timezone.make_aware(datetime.combine(date(key[2], *SAID_ON), time(10, 30))) for key in many}
    acts = dict(zip(many, next_ids(RollForward, len(many)), strict=True))
    write_many(
        RollForward,
        ["id", "programme", "school", "academic_year", "kind", "children", "at", "by"],
        [
            (acts[key], *key, RollForward.Kind.LEFT, children, at[key], recorders[key[0]])
            for key, children in many.items()
        ],
    )
    return {key: (acts[key], at[key]) for key in many}


def _what_stood(leavers: Sequence[Leaver]) -> dict[int, dict[str, Any]]:
    """What ended with the last ones, so that it can be undone like what was done by hand."""
    stood: dict[int, dict[str, Any]] = defaultdict(lambda: {"memberships": [], "playings": []})
    if leavers:
        last = {"child__in": [child for _, child, *_ in leavers], "ends_on": date(leavers[0][4], 8, 31)}
        for pk, child in Membership.objects.filter(**last).values_list("pk", "child_id"):
            stood[child]["memberships"].append({"id": pk, "ends_on": None, "left_in": None})
        for pk, child in Playing.objects.filter(**last).values_list("pk", "child_id"):
            stood[child]["playings"].append({"id": pk, "ends_on": None})
    return stood
