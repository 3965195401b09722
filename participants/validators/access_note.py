"""What an access note may say: one short line."""

# a line that is read at a glance; more is a report, and belongs to the school
LONGEST = 200


class NoteRefusedError(Exception):
    """A note that cannot be kept as it is; the text says why and what to do."""


def one_line(words: str) -> str:
    """Returns the words of a note in one line; raises NoteRefusedError for none, and where they are too long."""
    line = " ".join(words.replace("\0", "").split())
    if not line:
        raise NoteRefusedError("Write what helps the child, or end the note below it.")
    if len(line) > LONGEST:
        raise NoteRefusedError(
            f"The note has {len(line)} characters, and {LONGEST} are the most. Keep what helps, and leave out why."
        )
    return line
