"""Every row that hangs on a child, as the database writes it down: what a merge is reckoned from and undone to."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.models import Child, Merge
from participants.models.merge import UNDONE_WITHIN
from participants.queries.roster import KnownChild, known_children
from programmes.instruments import Instrument
from programmes.models import Programme
from schools.models import School

Image = dict[str, Any]
# rows by table and key
Images = dict[str, dict[str, Image]]

# what a merge does with the rows of a table; every table that points at a child stands here
# - stays, memberships, playings, marks, notes: see actions/merge.py
# - carried: they are the other record's from now on
# - shown: who is on a photo or in a story; carried too, in one statement with the answers that decide whether it may be
#   seen
# - written: the link by hashes, written anew from what stands in the record
# - counted: the database keeps them by the marks
SHOWN = "shown"
RULES = {
    "AccessNote": "notes",
    "Attendance": "marks",
    "Award": "carried",
    "ChildMonth": "counted",
    "Consent": "carried",
    "Destination": "stays",
    "Enrolment": "stays",
    "HubMove": "carried",
    "Identity": "written",
    "KnownAbsence": "carried",
    "ListProposal": "carried",
    "Membership": "memberships",
    "Merge": "carried",
    "PhotoChild": SHOWN,
    "Placement": "stays",
    "Playing": "playings",
    "RosterRow": "carried",
    "Slip": "carried",
    "StoryChild": SHOWN,
}
# of rows that are shown: by which column it is the same photo, or the same story
SHOWN_BY = {"PhotoChild": "photo_id", "StoryChild": "story_id"}
_WITHOUT_IMAGE = {"counted", "written"}


class UnknownTableError(LookupError):
    """A table points at a child, and nobody has said what a merge does with its rows."""


def tables() -> dict[str, type[models.Model]]:
    """Returns the models of all rows that hang on a child and of which a merge keeps images, by table."""
    found = {relation.related_model for relation in relations()}
    return {
        model._meta.db_table: model
        for model in sorted(found, key=lambda model: model.__name__)
        if rule_of(model) not in _WITHOUT_IMAGE
    }


def relations() -> list[Any]:
    """Returns every relation from a row to a child, from whatever app."""
    fields = Child._meta.get_fields(include_hidden=True)
    return [relation for relation in fields if isinstance(relation, ForeignObjectRel)]


def rule_of(model: type[models.Model]) -> str:
    """Returns what a merge does with the rows of a model; raises UnknownTableError."""
    if model.__name__ not in RULES:
        raise UnknownTableError(f"{model._meta.label} points at a child: say in RULES what merging does with its rows.")
    return RULES[model.__name__]


CHILD = Child._meta.db_table


def images_of(children: Iterable[int]) -> Images:
    """Returns all rows of some children, their own among them, by table and key; one statement."""
    ids = sorted(children)
    parts = [f"SELECT '{CHILD}', to_jsonb(t) FROM {CHILD} t WHERE t.id = ANY(%s)"]  # noqa: S608 - names of tables
    parts += [f"SELECT '{table}', to_jsonb(t) FROM {table} t WHERE t.child_id = ANY(%s)" for table in tables()]  # noqa: S608
    found: Images = {CHILD: {}, **{table: {} for table in tables()}}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [ids] * len(parts))
        for table, row in cursor.fetchall():
            image = json.loads(row) if isinstance(row, str) else row
            found[table][key_of(image)] = image
    return found


def images_by_key(keys: Mapping[str, Iterable[str]]) -> Images:
    """Returns the rows of some keys that are there, whosever they are by now; one statement."""
    parts: list[str] = []
    parameters: list[Any] = []
    for table, wanted in keys.items():
        if table == "participants_attendance":
            condition = "(t.session_id || ':' || t.child_id) = ANY(%s) AND t.session_id = ANY(%s)"
            parameters += [list(wanted), sorted({int(key.partition(":")[0]) for key in wanted})]
        else:
            condition = "t.id = ANY(%s)"
            parameters.append(sorted(map(int, wanted)))
        parts.append(f"SELECT '{table}', to_jsonb(t) FROM {table} t WHERE {condition}")  # noqa: S608 - names of tables
    found: Images = {table: {} for table in keys}
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for table, row in cursor.fetchall():
                image = json.loads(row) if isinstance(row, str) else row
                found[table][key_of(image)] = image
    return found


def key_of(image: Image) -> str:
    """Returns what a row is known by within its table: its number, or of a mark session and child."""
    return str(image["id"]) if "id" in image else f"{image['session_id']}:{image['child_id']}"


def children_to_compare(programme: Programme, user: User, year: int, like: Child | None = None) -> list[KnownChild]:
    """Returns the hub's children as a list is compared with them; `like` one, those born or named like it only."""
    mine = Child.objects.visible_to(user).filter(programme=programme)
    born = [like.date_of_birth] if like else mine.order_by().values_list("date_of_birth", flat=True).distinct()
    named = [like.sort_key] if like else []
    return known_children(user, programme.pk, upn_hashes=[], born_on=born, sort_keys=named, year=year)


def merges_of(programme: Programme, user: User) -> list[Merge]:
    """Returns the merges of a hub that stand and can still be undone, the newest first."""
    since = timezone.now() - UNDONE_WITHIN - timedelta(days=1)
    standing = Merge.objects.visible_to(user).standing().filter(programme=programme, at__gte=since)
    today = timezone.localdate()
    return [act for act in standing.select_related("child", "by").defer("images") if today <= act.undo_until]


@dataclass(frozen=True)
class Record:
    """One of two records: the child, where they are and were, what they play, and how much hangs on it."""

    child: Child
    stays: list[str]
    plays: list[str]
    hanging: list[str]


_COUNTED = {
    "participants_attendance": ("mark", "marks"),
    "participants_membership": ("ensemble", "ensembles"),
    "participants_consent": ("answer about consent", "answers about consent"),
    "participants_knownabsence": ("known absence", "known absences"),
    "participants_accessnote": ("access note", "access notes"),
    "participants_photochild": ("photo", "photos"),
    "outcomes_storychild": ("story", "stories"),
}


def records_of(one: Child, other: Child) -> list[Record]:
    """Returns two records side by side; three statements. Whoever asks has been shown both children by then."""
    children, images = (one, other), images_of([one.pk, other.pk])
    enrolments = images["participants_enrolment"].values()
    schools = School.objects.in_bulk({row["school_id"] for row in enrolments} - {None})
    classes = {
        row["enrolment_id"]: row["school_class"]
        for row in sorted(images["participants_placement"].values(), key=lambda row: row["academic_year_id"])
    }
    instruments = dict(Instrument.choices)

    def rows(table: str, child: Child) -> list[Image]:
        mine = [row for row in images[table].values() if row["child_id"] == child.pk]
        return sorted(mine, key=lambda row: str(row.get("starts_on", "")))

    return [
        Record(
            child,
            [_stay(row, schools, classes) for row in rows("participants_enrolment", child)],
            [f"{instruments[row['instrument']]}, {_span(row)}" for row in rows("participants_playing", child)],
            [f"{many} {words[many != 1]}" for table, words in _COUNTED.items() if (many := len(rows(table, child)))],
        )
        for child in children
    ]


def _stay(row: Image, schools: Mapping[int, School], classes: Mapping[int, str]) -> str:
    school = schools[row["school_id"]].name if row["school_id"] else "No school"
    return ", ".join(filter(None, [school, classes.get(row["id"], ""), _span(row)]))


def _span(row: Image) -> str:
    begins = dates.day(date.fromisoformat(row["starts_on"]))
    return f"{begins} to {dates.day(date.fromisoformat(row['ends_on']))}" if row["ends_on"] else f"from {begins}"
