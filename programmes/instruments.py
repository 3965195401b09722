"""
The instruments that ensembles teach and children play, by family: a short list of our own.

The families are those of the yearly return of music education hubs to Arts Council England, which the kinds of
ensembles follow too. The instruments are those that In Harmony programmes name in print (Opera North, In Harmony Leeds,
2013 to 2017: first violin, viola, cello, bass, flute, clarinet, trumpet, trombone), with those that such groups are
made of besides. A longer list would not be filled in alike.
"""

from collections.abc import Iterable, Sequence

from django.db import models


class Instrument(models.TextChoices):
    """An instrument, or the voice."""

    VIOLIN = "violin", "Violin"
    VIOLA = "viola", "Viola"
    CELLO = "cello", "Cello"
    DOUBLE_BASS = "double_bass", "Double bass"
    HARP = "harp", "Harp"
    GUITAR = "guitar", "Guitar"
    UKULELE = "ukulele", "Ukulele"
    RECORDER = "recorder", "Recorder"
    FLUTE = "flute", "Flute"
    OBOE = "oboe", "Oboe"
    CLARINET = "clarinet", "Clarinet"
    BASSOON = "bassoon", "Bassoon"
    SAXOPHONE = "saxophone", "Saxophone"
    CORNET = "cornet", "Cornet"
    TRUMPET = "trumpet", "Trumpet"
    HORN = "horn", "Horn"
    TROMBONE = "trombone", "Trombone"
    BARITONE = "baritone", "Baritone or euphonium"
    TUBA = "tuba", "Tuba"
    PERCUSSION = "percussion", "Percussion"
    STEEL_PANS = "steel_pans", "Steel pans"
    KEYBOARD = "keyboard", "Piano or keyboard"
    VOICE = "voice", "Voice"
    OTHER = "other", "Another instrument"


I = Instrument  # noqa: E741 - the table below is read by its families
FAMILIES: dict[str, Sequence[Instrument]] = {
    "Strings": (I.VIOLIN, I.VIOLA, I.CELLO, I.DOUBLE_BASS, I.HARP),
    "Guitar": (I.GUITAR, I.UKULELE),
    "Woodwind": (I.RECORDER, I.FLUTE, I.OBOE, I.CLARINET, I.BASSOON, I.SAXOPHONE),
    "Brass": (I.CORNET, I.TRUMPET, I.HORN, I.TROMBONE, I.BARITONE, I.TUBA),
    "Percussion": (I.PERCUSSION, I.STEEL_PANS),
    "Keyboard": (I.KEYBOARD,),
    "Voice and others": (I.VOICE, I.OTHER),
}


def by_family() -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns all instruments as grouped choices of a form."""
    return [(family, [(one.value, str(one.label)) for one in members]) for family, members in FAMILIES.items()]


def words_of(instruments: Iterable[str]) -> str:
    """Returns "violin, viola and cello", in the order of the list; an empty text for none."""
    chosen = set(instruments)
    names = [str(one.label).lower() for one in Instrument if one in chosen]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
