"""
Change by group of respondents (sex, Pupil Premium, needs, language, year group), as far as groups may be told apart.

A group is shown from ten matched respondents and two schools on, and only where those not in it are nobody, or as
many. What is hidden is never one group alone, nor under ten respondents together, nor of one school: for the whole
less what is shown would give it (rules 3 and 6 of IH-SDC 1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from outcomes.analysis.change import MatchedChange, Pair, matched_change
from outcomes.analysis.evidence import FEWEST, FEWEST_SCHOOLS, schools_of

HIDDEN_GROUPS = 2
HIDDEN = "Hidden, because it, or what is left without it, is of few respondents or of one school."
NOBODY = "Nobody of this group answered both times."
FEW_SAID = "No group is shown: the groups are too small to be told apart."


@dataclass(frozen=True)
class GroupLine:
    """One group: its change, or None and why."""

    group: str
    change: MatchedChange | None
    why_hidden: str = ""


@dataclass(frozen=True)
class SubgroupTable:
    """The whole and its groups by one characteristic, in the order of their names."""

    characteristic: str
    whole: MatchedChange
    lines: tuple[GroupLine, ...]
    assumptions: tuple[str, ...]
    words: str


def subgroup_changes(
    pairs: Iterable[tuple[str, Pair]], *, characteristic: str, what: str, whom: str = "children"
) -> SubgroupTable:
    """
    Returns the change of all and of each group; each pair comes with the name of its group, "Not known" among them.

    Raises AnalysisRefusedError where the whole is refused, as `matched_change` does.
    """
    groups: dict[str, list[Pair]] = {}
    for group, pair in pairs:
        groups.setdefault(group, []).append(pair)
    everybody = [pair for own in groups.values() for pair in own]
    whole = matched_change(everybody, what=what, whom=whom, is_discreet=True)
    matched = {group: [pair for pair in own if _is_matched(pair)] for group, own in groups.items()}
    hidden = _hidden(matched)
    lines = tuple(_line(group, groups[group], hidden, matched, what, whom) for group in sorted(groups))
    shown = [line.change for line in lines if line.change]
    return SubgroupTable(characteristic, whole, lines, _assumptions(lines), _words(what, characteristic, shown, whole))


def _is_matched(pair: Pair) -> bool:
    return pair.before is not None and pair.after is not None


def _hidden(matched: Mapping[str, Sequence[Pair]]) -> set[str]:
    """Returns which groups are hidden: those that are too small, and the smallest others until none comes out."""
    some = {group: pairs for group, pairs in matched.items() if pairs}
    hidden = {group for group, pairs in some.items() if not (_is_enough(pairs) and _leaves_enough(group, some))}
    # of two of a size the one whose name comes first, so that the same answers always hide the same
    rest = sorted(some.keys() - hidden, key=lambda group: (len(some[group]), group))
    while hidden and rest and not (len(hidden) >= HIDDEN_GROUPS and _is_enough(_together(hidden, some))):
        hidden.add(rest.pop(0))
    return hidden


def _leaves_enough(group: str, matched: Mapping[str, Sequence[Pair]]) -> bool:
    others = matched.keys() - {group}
    return not others or _is_enough(_together(others, matched))


def _together(groups: Iterable[str], matched: Mapping[str, Sequence[Pair]]) -> list[Pair]:
    return [pair for group in groups for pair in matched[group]]


def _is_enough(pairs: Sequence[Pair]) -> bool:
    return len(pairs) >= FEWEST and schools_of(pair.school for pair in pairs) >= FEWEST_SCHOOLS


def _line(
    group: str,
    pairs: Sequence[Pair],
    hidden: set[str],
    matched: Mapping[str, Sequence[Pair]],
    what: str,
    whom: str,
) -> GroupLine:
    if not matched[group]:
        return GroupLine(group, None, NOBODY)
    if group in hidden:
        return GroupLine(group, None, HIDDEN)
    return GroupLine(group, matched_change(pairs, what=what, whom=whom, is_discreet=True))


def _assumptions(lines: Sequence[GroupLine]) -> tuple[str, ...]:
    shown = sum(line.change is not None for line in lines)
    said = [
        "Whether groups differ from each other is not tested here: intervals that overlap do not say that they do not."
    ]
    if shown > 1:
        said.append(
            f"Of {shown} groups one may seem to have changed by chance alone: each interval errs once in 20 by itself."
        )
    if any(line.why_hidden == HIDDEN for line in lines):
        said.append("Groups are hidden until none can be found out from the whole and those that are shown.")
    return tuple(said)


def _words(what: str, characteristic: str, shown: Sequence[MatchedChange], whole: MatchedChange) -> str:
    if not shown:
        return f"{what} by {characteristic}: {FEW_SAID[0].lower()}{FEW_SAID[1:]}"
    clear = [one for one in shown if one.direction == whole.direction]
    alike = "all" if len(clear) == len(shown) else f"{len(clear)} of {len(shown)}"
    return (
        f"{what} by {characteristic}: over all {whole.matched:,} it {_verb(whole)}, and so it did in {alike} of the "
        "groups that can be shown."
    )


def _verb(change: MatchedChange) -> str:
    return {"no clear change": "showed no clear change"}.get(change.direction.value, change.direction.value)
