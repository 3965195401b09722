"""Measures as they can be asked: those of the portal, with the words that an operator loaded in their places."""

from outcomes.measures.shipped import BY_KEY, NEWEST
from outcomes.measures.structure import Measure
from outcomes.measures.wording import worded
from outcomes.models import LoadedWording, Wave


def measure_of(key: str, version: str) -> Measure:
    """
    Returns a measure in one version, with its loaded words where an operator loads them and has; one statement.

    Without them it is returned as it is declared, and awaits its wording. Raises KeyError where there is no such
    version of a measure.
    """
    measure = BY_KEY[key, version]
    if not measure.awaits_wording:
        return measure
    loaded = LoadedWording.objects.filter(measure=key, version=version).first()
    return worded(measure, loaded.wording) if loaded else measure


def asked(wave: Wave) -> Measure:
    """Returns what a wave asks, in the version that was given out, with its words; one statement, or none."""
    return measure_of(wave.measure, wave.version)


def newest() -> list[Measure]:
    """Returns every measure in its newest version, with its loaded words where there are some; one statement."""
    loaded = {(one.measure, one.version): one.wording for one in LoadedWording.objects.all()}
    found = ((measure, loaded.get((measure.key, measure.version))) for measure in NEWEST.values())
    return [worded(measure, words) if words else measure for measure, words in found]


def askable() -> list[Measure]:
    """Returns the measures that can be asked now, on a screen or on its publisher's paper: none awaits its words."""
    return [measure for measure in newest() if not measure.awaits_wording]


def loaded_wording(measure: Measure) -> LoadedWording | None:
    """Returns where the loaded words of a measure are from and who agreed to the licence; None where none are."""
    return LoadedWording.objects.filter(measure=measure.key, version=measure.version).first()
