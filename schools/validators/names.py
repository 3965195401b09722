"""Names of places as they are compared: nobody should have to know how the other one writes them."""

import re
import unicodedata

_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_WITHIN = re.compile(r"['’`.]")
# ways to write the same, whole words only
_SHORT = {"st": "saint"}


def key(name: str) -> str:
    """
    Returns a name in small letters, without accents, apostrophes and hyphens, its words one blank apart.

    "St. Helen's", "Saint Helens" and "st-helens" have one key.
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    words = _NOT_WORDS.sub(" ", _WITHIN.sub("", plain)).split()
    return " ".join(_SHORT.get(word, word) for word in words)
