"""Two records of one child, with whatever can hang on them."""

from datetime import date, timedelta

from django.utils import timezone

from participants.actions import attendance, enrolment
from participants.actions.access_note import Note, keep_note
from participants.actions.enrolment import NewChild
from participants.actions.known_absence import note_absences
from participants.models import AccessNote, Child, Enrolment, KnownAbsence, Membership, Placement, Playing
from participants.models.attendance import Mark
from participants.queries.merge import images_of
from tests.factories import participants, programmes
from tests.factories.schools import LONG_AGO, this_year
from tests.participants.lists import UPNS

DAY = timedelta(days=1)
TODAY = timezone.localdate()
NOTE = Note("Sits near the door", AccessNote.ToldBy.FAMILY, AccessNote.Condition.CONSENT)


def record(cast, *, school=None, starts_on=LONG_AGO, **fields) -> Child:
    """Returns one more record of a child of Liverpool's."""
    given = {"forename": "Wren", "surname": "Lark", "date_of_birth": date(2018, 3, 14)} | fields
    place = (school or cast.saltwharf).pk
    new = NewChild(school_id=place, year_group=given.pop("year_group", "4"), school_class="4B", **given)
    (child,) = enrolment.enrol_many(
        programme=cast.liverpool, children=[new], academic_year=this_year(), starts_on=starts_on, by=cast.ruth
    )
    return child


def twice(cast) -> tuple[Child, Child]:
    """Returns two records of one child, the later one of another school and with the number."""
    one = record(cast, sen="K", sex="F", is_fsm=True)
    other = record(cast, school=cast.marigold, forename="Wrenna", starts_on=TODAY - 60 * DAY, upn=UPNS[0], is_eal=True)
    return one, other


def mark(cast, session, marks) -> None:
    """Takes a register in which some children have the marks told, and everybody else is present."""
    session.refresh_from_db()
    found = dict.fromkeys(attendance.expected_ids(session), Mark.PRESENT) | {
        child.pk: Mark(letter) for child, letter in marks.items()
    }
    attendance.take_register(session=session, marks=found, version=session.register_version, by=cast.joanne)


def furnish(cast, one, other, *, day=TODAY) -> None:
    """Gives both records something in every table."""
    participants.join(cast.strings, [one], by=cast.ruth)
    participants.join(cast.strings, [other], by=cast.ruth, starts_on=TODAY - 30 * DAY)
    participants.join(cast.brass, [other], by=cast.ruth)
    mark(cast, cast.session, {one: "a", other: "l"})
    mark(cast, programmes.session(cast.brass, day=day), {other: "p"})
    for child in (one, other):
        participants.answer(child, "survey", "given", by=cast.ruth)
        keep_note(child=child, note=NOTE, by=cast.ruth)
        note_absences(children=[child], starts_on=TODAY, ends_on=TODAY, reason=KnownAbsence.Reason.TRIP, by=cast.ruth)
        participants.may_have_moved(child)
    plays(cast, one, "violin", TODAY - 300 * DAY)
    plays(cast, other, "cello", TODAY - 20 * DAY)


def plays(cast, child, instrument, starts_on, ends_on=None) -> Playing:
    """Returns what a child plays."""
    return Playing.objects.create(
        programme=cast.liverpool, child=child, instrument=instrument, starts_on=starts_on, ends_on=ends_on
    )


def stays_of(child) -> list[tuple]:
    """Returns the enrolments of a child."""
    return list(
        Enrolment.objects.filter(child=child).order_by("starts_on").values_list("school_id", "starts_on", "ends_on")
    )


def everything(*children) -> dict:
    """Returns every row of the records, by table and key."""
    return images_of([child.pk for child in children])


def rows_of(model, child) -> list:
    """Returns the rows of a child."""
    return list(model.objects.filter(child=child).order_by("pk"))


__all__ = [
    "Membership",
    "Placement",
    "everything",
    "furnish",
    "mark",
    "plays",
    "record",
    "rows_of",
    "stays_of",
    "twice",
]
