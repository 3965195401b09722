"""Invented words and numbers that stand nowhere else, so that finding one says whose it is."""

from datetime import date, timedelta
from random import Random

from evaluation.demonstration.upn import upn

BEGINNINGS = ("Quav", "Zvor", "Xanth", "Thryb", "Vrell", "Wyxen", "Kloqu", "Ghazz", "Jorvu", "Phyzz", "Dwoxa", "Brixu")
MIDDLES = ("ambo", "elio", "ixta", "ovru", "unde", "yrra", "abzi", "emqu", "izzo", "ophe", "urva", "atto")
ENDINGS = ("lind", "quor", "brek", "vash", "thun", "mirx", "dolp", "garn", "weft", "zane", "holm", "bryx")
# what apostrophes, accents and ligatures become in markup, sheets and sort keys is where searching goes wrong
ADORNED = (str, lambda word: f"O'{word}", lambda word: word.replace("e", "é").replace("o", "ö"), str)


class Words:
    """Gives out each word once; which ones follows from the seed."""

    def __init__(self, rng: Random) -> None:
        stems = [a + b + c for a in BEGINNINGS for b in MIDDLES for c in ENDINGS]
        rng.shuffle(stems)
        self._stems = stems
        self._days = [date(2014, 9, 1) + timedelta(days=day) for day in range(1460)]
        rng.shuffle(self._days)
        self._serial = 100

    def word(self) -> str:
        """Returns a word without ornament: for file names, addresses and the names of ensembles."""
        return self._stems.pop()

    def name(self) -> str:
        """Returns a word as names are: with an apostrophe or an accent now and then."""
        return ADORNED[len(self._stems) % len(ADORNED)](self._stems.pop())

    def birthday(self) -> date:
        """Returns a day on which nobody else is born."""
        return self._days.pop()

    def upn(self) -> str:
        """Returns a number formed like a UPN that belongs to nobody."""
        self._serial += 1
        return upn(900, 2021, self._serial)

    def phone(self) -> str:
        """Returns a number that nobody is called by."""
        self._serial += 1
        return f"01632 9{self._serial:05d}"


def spellings_of(day: date) -> tuple[str, ...]:
    """Returns the ways in which pages, sheets and logs write a day."""
    return (
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        f"{day.day} {day:%B %Y}",
        f"{day:%d %B %Y}",
        f"{day.day} {day:%b %Y}",
        f"{day:%d %b %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"datetime.date({day.year}, {day.month}, {day.day})",
    )
