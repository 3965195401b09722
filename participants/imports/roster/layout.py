"""What a person said of a sheet's columns, and what is remembered of that school's last list."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Layout:
    """How a sheet is to be read, as far as somebody said so.

    `columns` says what a column is (index from 0: field, or "" for one that is not to be read). `blanks` says what a
    blank cell of a yes-or-no field means (False for no, None for not known). `heading_row` is the row of the headings
    as the spreadsheet program numbers it, 0 for a list without headings. `remembered` says what a heading meant in the
    last list of the same school (`aliases.key` of the heading: field, or "" for one that was not read).
    """

    columns: dict[int, str] = field(default_factory=dict)
    blanks: dict[str, bool | None] = field(default_factory=dict)
    heading_row: int | None = None
    remembered: dict[str, str] = field(default_factory=dict)
