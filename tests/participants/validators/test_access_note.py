"""What an access note may say."""

import pytest

from participants.validators.access_note import NoteRefusedError, one_line


def test_one_line_is_made_of_what_was_typed():
    assert one_line("  Sits near\r\n the\tdoor\0 ") == "Sits near the door"
    assert one_line("é" * 200) == "é" * 200


@pytest.mark.parametrize(("words", "said"), [(" \n", "Write what helps"), ("a" * 201, "has 201 characters, and 200")])
def test_nothing_and_too_much_are_refused_in_words(words, said):
    with pytest.raises(NoteRefusedError, match=said):
        one_line(words)
