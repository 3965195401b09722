"""What the values of a column look like, where its heading does not say: names, dates of birth, UPNs, telephones."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import accumulate, islice

from inharmony.spreadsheets import Cell
from participants.imports.roster import codes
from participants.imports.roster.dates import SCHOOL_AGES, age_on, read_date
from participants.imports.roster.ethnicities import EXTENDED, MAIN
from participants.imports.roster.text import plain
from participants.imports.roster.upn import read_upn

LOOKED_AT = 300  # different values of a column, to tell what it is
LONG = 300  # characters: a text about a child, whatever it says
_CELLS = 2_000
MOST = 0.8
PRIVATE_SHARE = 0.2  # of a column's cells, from which the whole column is dropped

# each begins with what is quickly looked for; what has to stand before it is looked at afterwards
_PRIVATE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"@(?<=[^@\s\0]@)[^@\s\0]{1,200}\.[a-z]{2,}",  # e-mail
        # telephone, with 0, 44 or 0044
        r"[04](?<![\d/.\-].)(?:(?<=0)(?:044)?|(?<=4)4)[\s()\-.]*(?:\d[\s()\-.]*){8,9}\d(?!\d)",
        # NHS number, and a telephone number that lost its nought
        r"[1-9](?<!\d.)\d\d[ -]?\d{3}[ -]?\d{4}(?![\d-])",
        # postcode
        r"\d(?:(?<=\b[a-z].)|(?<=\b[a-z]{2}.))[a-z\d]?\s?\d[a-z]{2}\b|0aa(?<=\bgir\s...)",
        # National Insurance number
        r"\d(?:(?<=\b[a-z]{2}.)|(?<=\b[a-z]{2}\s.))\d\s?\d\d\s?\d\d\s?[a-d]\b",
        # street and number
        (
            r"\d(?<!\d.)\d{0,3}[a-z]?,?\s+(?:[a-z'’.-]+\s+){1,3}(?:road|rd|street|st|avenue|ave|lane|close|drive|way|court"
            r"|crescent|place|grove|terrace|gardens|walk|mews|square|hill|row)\b"
        ),
    )
)
_ETHNICITIES = MAIN | EXTENDED.keys()
_NAME = re.compile(r"^[^\W\d_][^\d_@:;/\\()<>\[\]{}]{0,50}$")
_YEAR = re.compile(r"^(?:year|yr|y)[\s-]*(?:\d{1,2}|r)$|^reception$|^nursery(?: [12])?$", re.IGNORECASE)

# given names that are common among children in England: enough to tell a column of forenames from one of surnames
_FORENAMES = frozenset(
    (
        *("aaron", "abdullah", "abigail", "ada", "adam", "adrian", "ahmed", "aisha", "aiza", "alex"),
        *("alexander", "alfie", "alice", "amelia", "amina", "amir", "amira", "amy", "anna", "annie"),
        *("archie", "arlo", "arthur", "ava", "ayaan", "ayesha", "beatrice", "bella", "ben", "benjamin"),
        *("beth", "bonnie", "bobby", "caleb", "callum", "charles", "charlie", "charlotte", "chloe"),
        *("clara", "connor", "cy", "daisy", "daniel", "darcey", "david", "dexter", "dylan", "eden"),
        *("edward", "eleanor", "eli", "elijah", "eliza", "elizabeth", "ella", "ellie", "elliot", "elsie"),
        *("emilia", "emily", "emma", "erin", "esme", "ethan", "eva", "eve", "evelyn", "evie", "ezra"),
        *("fatima", "faye", "felix", "filip", "finley", "florence", "francesca", "frankie", "fraser"),
        *("frederick", "freddie", "freya", "gabriel", "george", "georgia", "grace", "grayson", "gus"),
        *("hal", "hallie", "hannah", "harley", "harper", "harriet", "harrison", "harry", "harvey"),
        *("hassan", "hashim", "heidi", "henry", "hope", "hugo", "hunter", "ibrahim", "imogen", "iris"),
        *("isaac", "isabel", "isabella", "isabelle", "isla", "ivy", "jack", "jackson", "jacob", "jaden"),
        *("jake", "james", "jamie", "jasmine", "jaxon", "jayden", "jessica", "joe", "joseph", "joshua"),
        *("jude", "julia", "kai", "khadija", "kian", "lacey", "lara", "layla", "leo", "leon", "lewis"),
        *("liam", "lily", "logan", "lola", "lottie", "louie", "louis", "luca", "lucas", "lucy", "luke"),
        *("luna", "lyla", "lyra", "maisie", "margot", "maria", "mariam", "marcel", "martha", "maryam"),
        *("mason", "matilda", "matthew", "max", "maya", "mia", "michael", "mila", "millie", "mohamed"),
        *("mohammad", "mohammed", "molly", "muhammad", "musa", "myla", "nancy", "natalia", "nathan"),
        *("niamh", "nia", "noah", "nusrat", "olive", "oliver", "olivia", "ollie", "omar", "orla", "oscar"),
        *("otis", "ottilie", "owen", "penelope", "penny", "phoebe", "poppy", "quinn", "ralph", "reggie"),
        *("reuben", "riley", "robert", "robin", "robyn", "roman", "ronnie", "rory", "rosa", "rose"),
        *("rosie", "rowan", "ruby", "rupert", "ryan", "sadie", "safa", "samuel", "sam", "sara", "sarah"),
        *("scarlett", "sebastian", "seth", "sienna", "sofia", "sofija", "sonny", "sophia", "sophie"),
        *("stanley", "summer", "tallulah", "teddy", "theo", "theodore", "thea", "thomas", "tobias"),
        *("toby", "tom", "tommy", "victoria", "vincent", "violet", "wilfred", "william", "willow"),
        *("winnie", "yahya", "yusuf", "yasmin", "zac", "zachary", "zainab", "zara", "zayn", "zoe"),
        *("zofia", "zoya"),
    )
)


def is_private(cell: Cell) -> bool:
    """Whether a cell looks like an address, an e-mail, a telephone, NHS or NI number, or is a long text."""
    if isinstance(cell, str):
        return len(cell) > LONG or any(pattern.search(cell) for pattern in _PRIVATE)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return False
    return 10**9 <= cell < 10**12 and any(pattern.search(plain(cell)) for pattern in _PRIVATE)


def private_among(cells: Sequence[Cell]) -> set[Cell]:
    """Returns the different values of a column that look private."""
    different = set(cells)
    texts = [cell for cell in different if isinstance(cell, str)]
    found: set[Cell] = {cell for cell in different if not isinstance(cell, str) and is_private(cell)}
    found.update(text for text in texts if len(text) > LONG)
    # all texts are looked through at once: a sheet may have a million of them
    whole = "\0".join(text[:LONG].replace("\0", " ") for text in texts)
    ends = list(accumulate(min(len(text), LONG) + 1 for text in texts))
    for pattern in _PRIVATE:
        found.update(texts[bisect_right(ends, match.start())] for match in pattern.finditer(whole))
    return found


def characters(cells: Sequence[Cell]) -> int:
    """Returns how many characters the different texts of a column have."""
    return sum(len(cell) for cell in set(cells) if isinstance(cell, str))


class Shape:
    """What a column's values look like. Only some hundred different ones are looked at."""

    def __init__(self, cells: Sequence[Cell], today: date) -> None:
        filled = [cell for cell in islice(cells, _CELLS) if cell is not None]
        self.filled = len(filled)
        self.different = list(dict.fromkeys(map(plain, filled)))[:LOOKED_AT]
        self._some = [cell for cell in dict.fromkeys(filled) if cell is not None][:LOOKED_AT]
        self.today = today

    def is_mostly(self, fits: Callable[[Cell], bool]) -> bool:
        """Whether nearly all values fit."""
        return bool(self._some) and sum(map(fits, self._some)) >= MOST * len(self._some)

    @property
    def is_births(self) -> bool:
        """Whether these are dates on which children of school age were born."""
        return self.is_mostly(self._is_birth)

    def _is_birth(self, cell: Cell) -> bool:
        if isinstance(cell, (int, float)):
            return False  # numbers in tens of thousands may be anything
        if isinstance(cell, str) and not any(mark in cell for mark in "/-. "):
            return False
        read = read_date(cell, today=self.today)
        return read.day is not None and age_on(read.day, self.today) in SCHOOL_AGES

    @property
    def is_upns(self) -> bool:
        """Whether these are UPNs whose check letters are right."""
        return self.is_mostly(lambda cell: bool(read_upn(cell)[0]))

    @property
    def is_sexes(self) -> bool:
        """Whether nothing but M and F (or words for them) stands here, and both do."""
        return {codes.read_sex(text)[0] for text in self.different} - {"U"} == {"M", "F"}

    @property
    def is_year_groups(self) -> bool:
        """Whether these say Year 3, Y4, Reception; bare numbers may be anything."""
        return bool(self.different) and all(_YEAR.match(text) for text in self.different)

    @property
    def is_ethnicities(self) -> bool:
        """Whether these are the department's four-letter codes."""
        return len(self.different) > 1 and all(
            text.upper() in MAIN or text.upper() in EXTENDED for text in self.different
        )

    @property
    def is_names(self) -> bool:
        """Whether these are words that differ from row to row."""
        varied = len(self.different) >= max(2, min(self.filled, LOOKED_AT) * 0.3)
        return varied and self.is_mostly(lambda cell: isinstance(cell, str) and bool(_NAME.match(plain(cell))))

    @property
    def is_full_names(self) -> bool:
        """Whether these are written “Surname, Forename”."""
        return self.is_names and self.is_mostly(lambda cell: plain(cell).count(",") == 1)

    @property
    def forenames(self) -> float:
        """The share of values whose first word is a common forename."""
        words = [text.split()[0].casefold().strip(",") for text in self.different if text]
        return sum(word in _FORENAMES for word in words) / len(words) if words else 0.0


def is_data(cells: Sequence[Cell], today: date) -> bool:
    """Whether a row holds what only a child's row does: a date of a child's birth or a right UPN."""
    for cell in cells:
        if isinstance(cell, (date, datetime)) and age_on(cell, today) in SCHOOL_AGES:
            return True
        if isinstance(cell, str) and 6 <= len(cell) <= 40 and any(letter.isdigit() for letter in cell):
            read = read_date(cell, today=today) if any(mark in cell for mark in "/-.") else None
            if (read and read.day and age_on(read.day, today) in SCHOOL_AGES) or read_upn(cell)[0]:
                return True
    return False
