"""What each model declares of its fields and its wall; walls, exports, erasure and a test over all models read it."""

from dataclasses import dataclass
from enum import StrEnum


class Wall(StrEnum):
    """How the database keeps a table's rows apart."""

    NONE = "none"  # holds no child and no family
    PROGRAMME = "programme"  # about children; only people of the programme
    CHILD = "child"  # about one child; people of the programme, and leads of a school the child is enrolled at
    HUB = "hub"  # of one hub, or of the portal; only people of the programme, and what is of none everybody
    TRAIL = "trail"  # added to by anyone; what names children is read by people of the programme, and by who added it
    MESSAGE = "message"  # by anyone, shown to them by its number; people of the programme, of none the operator
    LINK = "link"  # told by a school through a link; people of the programme, and who holds that link while it lives
    SLIP = "slip"  # asked by a hub; people of the programme, and who holds a slip while its wave is open
    SEALED = "sealed"  # written by anyone inside the programme, read only by the `figures` role


class National(StrEnum):
    """What the `national` role may do with a table. Never more than nothing where a wall stands."""

    NOTHING = ""
    READ = "SELECT"
    ADD = "SELECT, INSERT"
    WORK = "SELECT, INSERT, UPDATE"
    TRAIL = "INSERT, SELECT (id)"  # what adding a row through the ORM takes


class Rights(StrEnum):
    """What the logins `web`, `worker` and `loader` may do with a table."""

    KEEP = "SELECT, INSERT, UPDATE, DELETE"
    END = "SELECT, INSERT, UPDATE"  # ended, never deleted
    APPEND = "SELECT, INSERT"
    CARRY = "SELECT, INSERT, UPDATE (child_id)"  # added, never changed, but carried over to another record of the child
    READ = "SELECT"
    SEALED = "INSERT, UPDATE, SELECT (child_id)"
    ALONE = "SELECT (programme_id)"  # written and read by the `figures` role


@dataclass(frozen=True)
class Privacy:
    """
    A model's declaration: every concrete field, by name, in exactly one class.

    `plain` says nothing about a person; `personal` identifies or describes one; `special` is special category data or
    treated like it (UK GDPR Art. 9; ethnicity, SEN, Pupil Premium, first language).
    """

    plain: str
    personal: str = ""
    special: str = ""
    wall: Wall = Wall.NONE
    national: National = National.NOTHING
    rights: Rights = Rights.KEEP
    figures_may: str = "SELECT"
    # whether rows can be written no more once their hub is closed; unless told, those behind a wall round children
    closes_with_hub: bool | None = None

    @property
    def is_closed_with_hub(self) -> bool:
        """Whether the table's rows can be written no more once their hub is closed."""
        if self.closes_with_hub is not None:
            return self.closes_with_hub
        return self.wall in (Wall.PROGRAMME, Wall.CHILD, Wall.SEALED)

    def fields(self) -> list[str]:
        """Returns all declared field names, with repeats where one was declared twice."""
        return [*self.plain.split(), *self.personal.split(), *self.special.split()]
