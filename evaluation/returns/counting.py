"""How many words a text has, by one rule for form, page, file and script."""

import re
import unicodedata

# what leaves a gap and is no blank to Unicode: fillers of Hangul, a blank cell of Braille, a note without a head;
# U+200B leaves none, and is there to part words
_GAPS = "\u115f\u1160\u180e\u200b\u2800\u3164\uffa0\U0001d159"
# \s with every control character
_BLANK = rf"\s\x00-\x1f\x7f-\x9f{_GAPS}"
_BETWEEN = re.compile(rf"[{_BLANK}\u2014]+")
_ROUND = re.compile(rf"\A[{_BLANK}]+|[{_BLANK}]+\Z")
_GAP = re.compile(f"[{_BLANK}]")
# a sign alone, with no letter and no digit in it, is no word
_HAS_LETTER = re.compile(r"[^\W_]")
# formats and marks, of which nothing is seen where they stand on nothing
_UNSEEN_ALONE = {"Cf", "Mn", "Me"}
# as long as a word of English or Welsh is, with its blank, and as much again
CHARACTERS_A_WORD = 12


def words_in(text: str) -> int:
    """
    Returns how many words a text has: what stands between blanks or long dashes and holds a letter or a digit.

    So "mother-in-law", "children’s" and "1,200" are one word each, "– & –" is none, and "strings—brass" is two. Word
    processors count a sign that stands alone as a word: by this rule nobody has fewer words left than by theirs.

    A blank is whatever leaves a gap, and every control character. What is not seen and leaves no gap, as a soft hyphen
    or a joiner, parts nothing: a reader sees one word. How much can be run together so is limited by `most_characters`.
    `static/js/words.js` counts alike.
    """
    return sum(1 for part in _BETWEEN.split(text) if _HAS_LETTER.search(part))


def most_characters(limit: int) -> int:
    """Returns how many characters an answer of so many words may have: a word is no way round their number."""
    return limit * CHARACTERS_A_WORD


def trimmed(text: str) -> str:
    """Returns a text without the blanks round it; an empty one where nothing is to be seen in it."""
    text = _ROUND.sub("", text)
    return "" if all(_is_unseen(one) for one in text) else text


def _is_unseen(one: str) -> bool:
    return _GAP.match(one) is not None or unicodedata.category(one) in _UNSEEN_ALONE
