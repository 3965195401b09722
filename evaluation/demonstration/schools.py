"""Invented schools near the places of real programmes, and their rooms."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.utils import timezone

from evaluation.demonstration.scale import Scale
from programmes.models import Partnership, Place, Programme, Venue
from schools.actions.staging import next_ids, write_many
from schools.models import School
from schools.models.school import DEMONSTRATION_URNS

SOURCE = "Invented for the demonstration."
STEMS = [
    "Faith",
    "Saltwharf",
    "Ropewalk",
    "Marigold",
    "Lanternfield",
    "Copperbeck",
    "Larkmoor",
    "Millrace",
    "Kitehill",
    "Foxglove",
    "Brackenside",
    "Tollgate",
    "Candlewick",
    "Silverbirch",
    "Owlwood",
    "Harbourlight",
    "Rowanbank",
    "Swiftgate",
    "Thistledown",
    "Bellweather",
    "Cloverfold",
    "Ferrygate",
    "Hollybrook",
    "Inkwell",
    "Juniper",
    "Kestrelgate",
    "Limetree",
    "Mossbank",
    "Nightingale",
    "Oakapple",
    "Pennywell",
    "Quillmoor",
    "Redpoll",
    "Starlingfold",
    "Teasel",
    "Underhill",
    "Violetfield",
    "Wagtail",
    "Yarrow",
    "Zephyr",
    "Ashlark",
    "Barleymow",
    "Chestnutfold",
    "Dewberry",
    "Elderflower",
    "Finchgate",
    "Gooseberry",
    "Heronsgate",
    "Ironbell",
    "Jackdaw",
    "Kingcup",
    "Lavenderlane",
    "Meadowsweet",
    "Nettlebed",
    "Orchardgate",
]


@dataclass(frozen=True)
class DemoSchool:
    """A demonstration school as the other parts need it; `number` counts from 0 and is the last digits of its URN."""

    number: int
    urn: int
    stem: str
    programme_id: int
    programme: str
    authority: str
    year_groups: tuple[int, ...]
    sessions_a_week: int
    hall_id: int
    music_room_id: int


def make_schools(
    scale: Scale, programmes: dict[str, Programme], since: dict[str, date], random: Random
) -> list[DemoSchool]:
    """Writes schools, rooms and partnerships, and returns the schools in the order of the programmes of the scale."""
    planned = [(slug, plan) for slug, plan in scale.programmes.items() for _ in range(plan.schools)]
    rooms = next_ids(Venue, 2 * len(planned))
    places = {
        slug: list(Place.objects.filter(programme=programme).order_by("id")) for slug, programme in programmes.items()
    }
    made, rows = list[DemoSchool](), list[tuple[object, ...]]()
    for number, (slug, plan) in enumerate(planned):
        near = places[slug][number % len(places[slug])] if slug != "leeds" else places[slug][0]
        school = DemoSchool(
            number=number,
            urn=DEMONSTRATION_URNS[number],
            stem=STEMS[number],
            programme_id=programmes[slug].pk,
            programme=slug,
            authority=near.local_authority_id,
            year_groups=plan.year_groups,
            sessions_a_week=plan.sessions_a_week,
            hall_id=rooms[2 * number],
            music_room_id=rooms[2 * number + 1],
        )
        made.append(school)
        rows.append(_row(school, near, random))
    _write(made, rows, since)
    return made


def _row(school: DemoSchool, near: Place, random: Random) -> tuple[object, ...]:
    assert near.latitude is not None
    assert near.longitude is not None
    return (
        school.urn,
        f"{school.stem} Demonstration Primary School",
        school.authority,
        near.name,
        School.Phase.PRIMARY,
        "Invented for the demonstration",
        School.Status.OPEN,
        4,
        11,
        random.randint(190, 430),
        round(random.uniform(28, 62), 1),
        round(near.latitude + random.uniform(-0.03, 0.03), 5),
        round(near.longitude + random.uniform(-0.05, 0.05), 5),
        random.choice((1, 1, 1, 2, 2, 3)),
        random.choice((1, 1, 1, 2, 2, 3)),
        "",
        True,
        timezone.now(),
    )


def _write(made: list[DemoSchool], rows: list[tuple[object, ...]], since: dict[str, date]) -> None:
    write_many(
        School,
        [
            "urn",
            "name",
            "local_authority",
            "town",
            "phase",
            "type",
            "status",
            "low_age",
            "high_age",
            "pupils",
            "fsm_percent",
            "latitude",
            "longitude",
            "imd_decile",
            "idaci_decile",
            "postcode",
            "is_demonstration",
            "updated_at",
        ],
        rows,
    )
    write_many(
        Venue,
        ["id", "programme", "school", "name", "postcode"],
        [
            (room, school.programme_id, school.urn, name, "")
            for school in made
            for room, name in ((school.hall_id, "Hall"), (school.music_room_id, "Music room"))
        ],
    )
    write_many(
        Partnership,
        ["programme", "school", "starts_on", "source"],
        [(school.programme_id, school.urn, since[school.programme], SOURCE) for school in made],
    )
