"""
What of a hub's own numbers may stand in a paper that leaves it: no count of 1 to 9 children, and none that tells one.

A release guards many tables against everybody who knows a part. Here one hub hands over its own tables, whose totals
its funder knows exactly: so nothing is rounded, and no hidden number is the only one of its table.
"""

from collections.abc import Sequence

from evaluation.disclosure.rules import SMALLEST_SHOWN, is_small


def hidden_among(counts: Sequence[int], fewest: int = SMALLEST_SHOWN) -> frozenset[int]:
    """
    Returns the places of the counts that are hidden, of groups of children that add up to a known whole.

    Those are the small ones, and the smallest others until at least two are hidden that hold so many children
    together: whoever takes what is shown from the whole is left with a sum that tells none of them.
    """
    hidden = {place for place, count in enumerate(counts) if is_small(count, fewest)}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= fewest)
    while hidden and others and (len(hidden) < 2 or sum(counts[place] for place in hidden) < fewest):
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)
