"""
How old a reader must be: Flesch-Kincaid grade plus five years.

The grade is 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid, Fishburne, Rogers and Chissom, Derivation
of New Readability Formulas, Naval Technical Training Command, Research Branch Report 8-75, 1975). It is a grade of schools
in the United States, whose first is that of children of six: five years are added. Syllables are the pieces that pyphen's
British dictionary would hyphenate a word into or the vowels heard in it, whichever are more: a hyphen never leaves a
single letter alone ("ea-sy" is one piece to it), so that the pieces alone would make every text look too easy. A formula
sees length and no meaning: it can find a text too hard and never shows that one is clear.
"""

import re

import pyphen

HYPHENS = pyphen.Pyphen(lang="en_GB")


def syllables(word):
    word = re.sub(r"[’'](s|t|ve|re|ll|d|m)?$", "", word.lower().lstrip("’'"))
    return max(len(HYPHENS.positions(word)) + 1, _vowels_heard(word), 1)


def _vowels_heard(word):
    heard = len(re.findall(r"[aeiouy]+", word))
    silent = re.search(r"[^aeiouy](e|(?<![td])ed|(?<![sxzcgh])es)$", word) and not re.search(r"[^aeiouy]le[ds]?$", word)
    return heard - 1 if silent else heard


def reading_age(texts):
    """The age in years at which these texts can be read; each text ends a sentence."""
    sentences = [sentence for text in texts for sentence in re.split(r"[.!?:;]+", text) if sentence.strip()]
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-z’']+", sentence)]
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5
