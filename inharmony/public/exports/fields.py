"""What each field of the JSON files is: the page of figures shows it, and a test holds the files to it."""

from typing import NamedTuple


class Field(NamedTuple):
    """A field of a file: its name, its JSON type, what it means."""

    name: str
    type: str
    meaning: str


RELEASE = (
    Field("title", "text", "The release by name"),
    Field("is_demonstration", "true or false", "Whether every number is invented"),
    Field("notice", "text", "What must be known before the numbers are used; empty where nothing is"),
    Field("licence", "object", "name and address of the licence"),
    Field("academic_year", "text", "Like 2025-26: 1 September to 31 August"),
    Field("period", "text", "year, or the term: autumn, spring, summer"),
    Field("number", "number", "Of the release within its period; a correction is the next"),
    Field("superseded_by", "number or null", "The number that came after it, if one has"),
    Field("cut_at", "text", "When it was frozen, with its time zone"),
    Field("rule", "text", "The rule that protects it"),
    Field("address", "text", "Where this file stays"),
    Field("symbols", "object", "What stands in place of a number, and why"),
    Field("definitions", "list", "key, name, unit, counts, population and denominator of each figure"),
    Field("tables", "list", "key, caption, note, rows; a row has key, heading, is_total and cells"),
    Field("cells", "list of a row", "column, value (a number, of a mean with one place, or null), unit and symbol"),
    Field("changes_from", "number or null", "The number before, if there is one"),
    Field("changes", "list", "table, row, before and after of each number that differs from it"),
)
PRINTED = (
    Field("title", "text", "What the file holds"),
    Field("notice", "text", "What must be known before the numbers are used"),
    Field("figures", "list", "One object a figure, with the fields below"),
    Field("hub", "text or null", "The hub’s name in addresses; null of In Harmony as a whole"),
    Field("hub_name", "text", "The hub’s name"),
    Field("measure", "text", "The kind of number, as in the filter’s address"),
    Field("label", "text", "What exactly is counted, as printed"),
    Field("qualifier", "text", "over, about, almost, up to, at least; empty where none is printed"),
    Field("value", "number", "The number"),
    Field("unit", "text", "Of what"),
    Field("as_at", "text or null", "2024, 2024-03 or 2024-03-08: no more exact than in print"),
    Field("until", "text or null", "The end of a time, in the same way"),
    Field("when", "text", "The time as printed"),
    Field("note", "text", "What else is said of it"),
    Field("source", "text", "Who printed it"),
)
