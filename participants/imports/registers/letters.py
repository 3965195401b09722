"""What the letters of a register mean: the hub's own, and those of school attendance (DfE, from August 2024).

What a letter means is proposed here and said by a person, once for a sheet; what they said is proposed for the next.
In a school's own register somebody on an educational visit, or away with leave to perform, is not absent: of our
session they are excused, for they could not have come. A letter that is known to mean one thing here and another
there is not guessed.
"""

from collections.abc import Collection, Mapping

from participants.models.attendance import Mark

# of a letter that says that there was no session, or that the child was not expected
NO_MARK = "-"
MEANINGS: tuple[tuple[str, str], ...] = (*((mark.value, str(mark.label)) for mark in Mark), (NO_MARK, "No mark"))
_WORDS: dict[str, str] = {
    Mark.PRESENT: "/ \\ P Y 1 ✓ ✔ ☑ √ Ü TRUE T PRESENT HERE YES CAME ATTENDED ATT X",
    Mark.LATE: "L LATE",
    Mark.REASON_KNOWN: "I M E C C2 R J J1 S T1 G H F ILL SICK ILLNESS MEDICAL AUTH AUTHORISED EXCLUDED HOLIDAY HOL",
    Mark.NO_REASON: "A N 0 O U ✗ ✘ ☒ × Û FALSE ABSENT ABS NO NONE MISSING UNAUTH UNAUTHORISED DNA",
    Mark.EXCUSED: "V C1 B W K Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 EXC EXCUSED TRIP VISIT PERFORMANCE CONCERT ASSEMBLY SATS",
    NO_MARK: "# Z D - – — N/A NA CLOSED INSET CANCELLED CANC LEFT",
}
KNOWN: dict[str, str] = {word: mark for mark, words in _WORDS.items() for word in words.split()}
# a cross is a tick in one hub and a nought in the next: where another letter says present, it is asked
_CROSS = "X"
_SAYS_PRESENT = frozenset(["/", "\\", "P", "Y", "1", "✓", "✔", "☑", "√", "Ü"])


def key_of(written: str) -> str:
    """Returns a mark as marks are told apart: without blanks around it, in capitals."""
    return " ".join(written.upper().split())


def proposed(letters: Collection[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Returns what each letter is taken to mean until somebody says; empty for what nobody can know.

    `remembered` is what the hub said of its last sheet.
    """
    found = {letter: remembered.get(letter) or KNOWN.get(letter, "") for letter in letters}
    if _CROSS in found and _CROSS not in remembered and _SAYS_PRESENT & set(letters):
        found[_CROSS] = ""
    return found
