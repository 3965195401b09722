"""A table of a hub's own figures as a file: exact, and marked not for publication in its name and its first line."""

from dataclasses import dataclass

from django.utils import timezone

from evaluation.exports.table import INVENTED, about, numbers
from evaluation.figures.cells import Source
from evaluation.figures.own import years_of_table
from evaluation.figures.table import Table
from inharmony.pages.dates import moment
from inharmony.spreadsheets.sheet import SheetOut
from inharmony.spreadsheets.writing import CSV, file_name, write
from programmes.models import Programme

NOT_FOR_PUBLICATION = "Not for publication"


@dataclass(frozen=True)
class FileOut:
    """A file that is made: its name and its bytes."""

    name: str
    data: bytes


def hub_table_out(source: Source, programme: Programme, table: Table, kind: str) -> FileOut:
    """Returns a table of a hub as a file; its first line says whose it is, of when, and how complete."""
    when = years_of_table(table)
    whose = f"{programme.short_name} {when or source.period.title}"
    invented = "demonstration " if source.is_demonstration else ""
    period = when or " ".join(filter(None, (source.period.written_year, source.period.term)))
    name = f"{invented}{NOT_FOR_PUBLICATION} {programme.slug} {period} {table.key}"
    marked = _marked(source, programme, table, when)
    sheets = [marked] if kind == CSV else [marked, about(source, table, when)]
    return FileOut(file_name(name, kind), write(kind, sheets, title=f"{NOT_FOR_PUBLICATION}. {whose}"))


def _marked(source: Source, programme: Programme, table: Table, when: str) -> SheetOut:
    at = moment(timezone.localtime(source.as_at))
    whose = f"{programme.short_name}, {when or source.period.title}"
    first = f"{NOT_FOR_PUBLICATION}. {whose}: exact figures of the hub, as at {at}."
    if not when:
        # of several years each row says it
        first += f" {source.completeness().words}."
    plain = numbers(table)
    said = f"{first} {INVENTED}" if source.is_demonstration else first
    return SheetOut(table.caption, [said], [plain.headings, *plain.rows])
