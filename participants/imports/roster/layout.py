"""What a person, or the school's last list, says of how a sheet is to be read."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Layout:
    """How to read a sheet, as far as somebody said so; what nobody said is found out from the sheet."""

    # column index from 0: field, or empty for a column that is not read
    columns: dict[int, str] = field(default_factory=dict)
    # flag field: what a blank means, False for no and None for not known
    blanks: dict[str, bool | None] = field(default_factory=dict)
    heading_row: int | None = None
    # heading (folded): field, or empty; from the school's last list
    remembered: dict[str, str] = field(default_factory=dict)
