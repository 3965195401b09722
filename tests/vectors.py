"""Answers to measures and what they come to by hand, as plain tables: a reader can add up each line."""

from fractions import Fraction


def number(cell):
    """A number as it stands in a table: 9, or 21/2; "-" is an answer that was not given."""
    if cell == "-":
        return None
    value = Fraction(cell)
    return value.numerator if value.denominator == 1 else value


def table(words, left, right):
    """
    The lines of a table, each as (answers by key, results by key).

    A line holds the answers in the order of the keys in `left`, then "=", then the results in the order of `right`;
    bars and spaces are for the eye, and "refused PART" stands for the results where nothing is scored.
    """
    lines = []
    for line in words.strip().splitlines():
        answers, results = line.replace("|", " ").split("=")
        given = dict(zip(left, map(number, answers.split()), strict=True))
        cells = results.split()
        if cells[0] == "refused":
            lines.append((given, ("refused", cells[1])))
        else:
            lines.append((given, dict(zip(right, cells, strict=True))))
    return lines
