"""Who saw one child or did something to it, and which fields of its rows were changed by whom."""

from datetime import date

from django.db.models import CharField, Value

from inharmony.access.scope import child_trail, scoped
from inharmony.accounts.models import User
from inharmony.audit.history import histories
from inharmony.audit.lines import Line, lines, names_of, subject, who
from inharmony.audit.models import AuditEvent
from inharmony.audit.period import moments
from inharmony.audit.words import field_words
from participants.models import Child, Merge

MOST = 1_000
SESSION = "programmes.session"
ROWS = {
    "AccessNote": "the access note",
    "Attendance": "the mark",
    "Child": "the child’s record",
    "Consent": "an answer about consent",
    "Destination": "where the child went",
    "Enrolment": "an enrolment",
    "KnownAbsence": "an absence known beforehand",
    "Membership": "a membership of an ensemble",
    "Playing": "what the child plays",
    "Placement": "a year group or class",
}


def trail_of(child: Child, reader: User, *, since: date, until: date) -> list[Line]:
    """
    Returns the newest lines about a child that the reader sees, one more than MOST when there are more.

    Entries that name the child come from the trail, through the index over children (`inharmony.access.scope`); changed
    and deleted rows from the history of the tables about children.
    """
    told: list[Line] = []
    # what was seen and done while the child had another record too stands under that one's number
    records = [
        child.pk,
        *Merge.objects.visible_to(reader).standing().filter(child=child).values_list("gone", flat=True),
    ]
    known: set[int] = set()
    for record in records:
        with scoped(child_trail(record, child.programme_id)):
            entries = list(AuditEvent.objects.between(since, until)[: MOST + 1])
        told += lines([entry for entry in entries if entry.pk not in known], reader, child=record)
        known |= {entry.pk for entry in entries}
    told += _changes(records, since=since, until=until)
    return sorted(told, key=lambda line: line.at, reverse=True)[: MOST + 1]


def _changes(records: list[int], *, since: date, until: date) -> list[Line]:
    kept = [
        history.objects.filter(child_id__in=records, pgh_created_at__range=moments(since, until))
        .annotate(table=Value(history.pgh_tracked_model.__name__, output_field=CharField()))
        .values_list("pgh_created_at", "pgh_label", "pgh_context__person", "changed", "row_id", "table")
        for history in histories(of_children=True)
    ]
    found = list(kept[0].union(*kept[1:], all=True).order_by("-pgh_created_at")[: MOST + 1])
    names = names_of(person for _, _, person, *_ in found if person)
    return [
        Line(
            at=at,
            who=who(person, names),
            words=f"{'changed' if label == 'update' else 'deleted'} {ROWS[table]}",
            # of a mark only the mark can change; what matters is at which session
            about=[subject(SESSION, row, is_linked=True)] if table == "Attendance" else [],
            fields=field_words(changed) if table != "Attendance" else [],
        )
        for at, label, person, changed, row, table in found
    ]
