"""How many words a text has, by one rule for form, page, file and script."""

import re

# what stands between blanks or long dashes; a sign alone, with no letter and no digit in it, is no word
_BETWEEN = re.compile(r"[\s\u2014\u200b]+")
_HAS_LETTER = re.compile(r"[^\W_]")


def words_in(text: str) -> int:
    """
    Returns how many words a text has: what stands between blanks or long dashes and holds a letter or a digit.

    So "mother-in-law", "children’s" and "1,200" are one word each, "– & –" is none, and "strings—brass" is two. Word
    processors count a sign that stands alone as a word: by this rule nobody has fewer words left than by theirs.
    `static/js/words.js` counts alike.
    """
    return sum(1 for part in _BETWEEN.split(text) if _HAS_LETTER.search(part))
