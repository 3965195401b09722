"""Year groups, sex, yes or no, SEN, ethnicity, languages: the department's codes, and the words schools use for them.

What cannot be read is left blank with a warning; nothing here keeps a child out.
"""

import re
from datetime import date
from functools import lru_cache

from inharmony.spreadsheets import Cell
from participants.imports.roster.dates import age_on
from participants.imports.roster.ethnicities import EXTENDED, MAIN, NAMES
from participants.imports.roster.problem import Fault
from participants.imports.roster.text import is_written_date, plain
from participants.imports.roster.upn import looks_like_one

_YEAR_NUMBER = re.compile(r"^(?:nationalcurriculum|nc)?(?:year|yr|y)?(?:group)?0?(1[0-4]|[1-9])$")
_NUMBER_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
)
_YEARS = {
    **dict.fromkeys(("n1", "nursery1"), "N1"),
    **dict.fromkeys(("n", "n2", "nursery", "nursery2", "fs1", "f1", "foundation1", "foundationstage1", "nur"), "N2"),
    **dict.fromkeys(
        (
            *("r", "rec", "reception", "yr", "yearr", "yrr", "yearreception", "fs2", "f2", "foundation2"),
            *("foundationstage2", "0", "00", "y0", "year0", "yr0"),
        ),
        "R",
    ),
    **dict.fromkeys(("x", "curriculumnotfollowed", "notapplicable"), "X"),
}
_BY_AGE = {2: "N1", 3: "N2", 4: "R"}
_BELOW_ZERO = {"-1": "N2", "-2": "N1"}
_SEX = {
    **dict.fromkeys(("m", "male", "boy", "man"), "M"),
    **dict.fromkeys(("f", "female", "girl", "woman"), "F"),
    **dict.fromkeys(("u", "unknown", "notknown", "notspecified", "prefernottosay", "notrecorded"), "U"),
}
_YES = frozenset({"y", "yes", "t", "true", "1", "x", "✓", "✔", "eligible", "recipient"})
_NO = frozenset({"n", "no", "f", "false", "0", "✗", "✘", "noteligible"})
_SEN = {
    **dict.fromkeys(("n", "none", "no", "nosen", "nospecialeducationalneed", "nospecialeducationalneeds"), "N"),
    **dict.fromkeys(("k", "senk", "sensupport", "support"), "K"),
    **dict.fromkeys(("e", "ehcp", "ehc", "ehcplan", "educationhealthandcareplan", "educationhealthcareplan"), "E"),
}
_OLD_SEN = {
    "a": ("K", "School Action"),
    "p": ("K", "School Action Plus"),
    "q": ("K", "School Action Plus and assessment"),
    "s": ("E", "statement"),
}
_LANGUAGES = {
    **dict.fromkeys(("english", "eng", "enb"), "ENG"),
    **dict.fromkeys(("believedtobeenglish",), "ENB"),
    **dict.fromkeys(("other", "otherthanenglish", "notenglish"), "OTH"),
    **dict.fromkeys(("believedtobeotherthanenglish",), "OTB"),
    **dict.fromkeys(("refused", "prefernottosay"), "REF"),
    **dict.fromkeys(("notobtained", "unknown", "notknown", "classificationpending"), "NOT"),
}
NO_SCHOOL = {"888888": "school not known", "999999": "educated at home"}


def _squeezed(cell: Cell) -> str:
    return re.sub(r"[^a-z0-9✓✔✗✘]", "", plain(cell).casefold()) if cell is not None else ""


def read_year_group(cell: Cell) -> tuple[str, Fault | None]:
    """Returns N1, N2, R, 1 to 14 or X for any usual spelling, or an empty text."""
    if isinstance(cell, date) or is_written_date(plain(cell)):
        return "", Fault("has become a date; the year group is left out. Type it as text, for example 3 or Y3.")
    text = _squeezed(cell)
    if not text:
        return "", None
    group = _BELOW_ZERO.get(plain(cell)) or _YEARS.get(text) or _year_number(text)
    if group:
        return group, None
    return "", Fault("is not a year group and is left out. Write N1, N2, R, 1 to 14, or X for none.")


@lru_cache(maxsize=500)
def _year_number(text: str) -> str:
    found = _YEAR_NUMBER.match(text)
    if found:
        return found[1]
    word = re.sub(r"^(?:year|yr)", "", text)
    return str(_NUMBER_WORDS.index(word) + 1) if word in _NUMBER_WORDS else ""


def year_group_of(born: date, year: int) -> str:
    """Returns the year group of a child's age in the academic year that begins in September of `year`.

    Five on 31 August is Year 1; N1 to 14, and an empty text for anybody younger or older.
    """
    age = age_on(born, date(year, 8, 31))
    return _BY_AGE.get(age) or (str(age - 4) if 5 <= age <= 18 else "")


def read_sex(cell: Cell) -> tuple[str, Fault | None]:
    """Returns M, F or U; an empty text for a blank cell and, with a warning, for anything else."""
    text = _squeezed(cell)
    if not text:
        return "", None
    if text in _SEX:
        return _SEX[text], None
    return "", Fault("is left out. Write M, F, or U for not known.")


def read_flag(cell: Cell) -> tuple[bool | None, Fault | None]:
    """Returns True, False, or None for a blank cell (not known) and, with a warning, for anything else."""
    if cell is None or isinstance(cell, bool):
        return cell, None
    text = _squeezed(cell)
    if text in _YES:
        return True, None
    if text in _NO:
        return False, None
    if not text or text in {"unknown", "notknown"}:
        return None, None
    return None, Fault("is neither yes nor no and is left as not known. Write Y or N.")


def read_sen(cell: Cell) -> tuple[str, Fault | None]:
    """Returns N, K or E; the codes that ended in 2014 are turned into today's with a warning."""
    text = _squeezed(cell)
    if not text:
        return "", None
    if text in _SEN:
        return _SEN[text], None
    if text in _OLD_SEN:
        code, meant = _OLD_SEN[text]
        return code, Fault(f"is a code that ended in 2014 ({meant}); read as {code}. Ask the school for today’s code.")
    return "", Fault("is not an SEN code and is left out. Write N (none), K (SEN support) or E (EHC plan).")


def read_ethnicity(cell: Cell) -> tuple[str, Fault | None]:
    """Returns the department's main code; extended codes and the names of the main ones become theirs."""
    code = plain(cell).upper().replace(" ", "")
    if code in MAIN:
        return code, None
    if code in EXTENDED:
        return EXTENDED[code], None
    text = re.sub(r"[^a-z]", "", plain(cell).casefold().replace("&", "and"))
    if text in NAMES:
        return NAMES[text], None
    if not text:
        return "", None
    return "", Fault("is not an ethnicity code and is left out. Write a code such as WBRI, or REFU or NOBT.")


def read_language(cell: Cell) -> tuple[str, Fault | None]:
    """Returns a first-language code of the school census; an unknown word counts as other than English, warned of."""
    text = re.sub(r"[^a-z]", "", plain(cell).casefold())
    if not text:
        return "", None
    if text == "enb":
        return "ENB", None
    if text in _LANGUAGES:
        return _LANGUAGES[text], None
    if re.fullmatch(r"[A-Z]{3,4}", plain(cell)):
        return plain(cell), None
    return "OTH", Fault("is kept as “other than English” (OTH). Write the census code, for example ENG or POL.")


def is_eal(language: str) -> bool | None:
    """Whether English is an additional language, by the first language: ENG and ENB no, NOT and REF not known."""
    if not language or language in {"NOT", "REF", "ZZZ", "CWD"}:
        return None
    return language not in {"ENG", "ENB"}


def read_school_class(cell: Cell) -> tuple[str, Fault | None]:
    """Returns the school's own name of the class or form, at most 40 characters."""
    text = plain(cell)
    if isinstance(cell, date) or is_written_date(text):
        return "", Fault("has become a date; the class is left out. Format the column as text and type it again.")
    if text == "-":
        return "", None
    if looks_like_one(text):
        return "", Fault("is a UPN and no class, and is left out.")
    if len(text) > 40:
        return "", Fault("is longer than 40 characters and is left out. Shorten the name of the class.")
    return text, None


def read_urn(cell: Cell) -> tuple[str, Fault | None]:
    """Returns a URN as six figures, 888888 and 999999 included; anything else is refused."""
    text = plain(cell).replace(" ", "")
    if not text:
        return "", None
    if re.fullmatch(r"[1-9]\d{5}", text):
        return text, None
    return "", Fault("is not a URN. Write the school’s six figures, or leave the cell blank.", refused=True)
