"""The lists of questions that the portal brings, every version of each."""

from evaluation.returns.data_return import DATA_RETURN
from evaluation.returns.report_words import REPORT_WORDS
from evaluation.returns.structure import Part, Return
from evaluation.returns.year_end import YEAR_END

SHIPPED = (DATA_RETURN, YEAR_END, REPORT_WORDS)


def of_year(key: str, year: int) -> Return:
    """
    Returns the version of a list that is good for an academic year, named by the year it begins in.

    Raises KeyError for a key that is of no list, and for a year before the first version.
    """
    versions = [one for one in SHIPPED if one.key == key and one.first_year <= year]
    if not versions:
        raise KeyError(key)
    return max(versions, key=lambda one: one.first_year)


def part_of_year(key: str, part: Part, year: int) -> Part:
    """Returns a part of a list as it is asked in an academic year; itself where that version has no such part."""
    return next((one for one in of_year(key, year).parts if one.key == part.key), part)
