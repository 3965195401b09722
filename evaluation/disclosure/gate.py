"""
Rule 9: a solver tries to get every hidden number back, as each reader could, before a release leaves.

A reader is a hub: it holds everything that is out, and its own numbers exactly. What anybody else holds is less, so
what is safe from every hub is safe from them; only a country of one hub is read by nobody but the public. A hidden
number must keep five values, each shown by a whole set of numbers that adds up (`Solver.is_solution`): the solver
proposes, and is not believed. Where one does not, more is hidden: its smallest neighbour that helps, a hub's before the
country's; else a table is withheld, the finer first, so that the coarser stands in its place.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evaluation.disclosure.attempt import Attempt, Cell, Reader
from evaluation.disclosure.draft import Draft
from evaluation.disclosure.neighbours import Neighbours
from evaluation.disclosure.solver import SOLVER
from evaluation.disclosure.system import BOTH, cell_of
from evaluation.disclosure.truth import Spot

# by whom an earlier release of the period differs: nobody; one child more or less, of the reader's own or of others; or
# as few as may be
CHANGES = (("", 0), ("theirs", 1), ("theirs", -1), ("others", 1), ("others", -1), ("others", None))
# where none of these can be true, as after registers of several hubs came in
ANYBODY = ("anybody", None)


class NotProtectedError(Exception):
    """A number of the new release that somebody gets back whatever is hidden beside it: the release must not leave."""


class Gate:
    """Hides in a draft what must be hidden beside what is, and withholds tables; `evidence` counts what was tried."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.neighbours = Neighbours(draft.system.layout, draft.counts)
        self.added: set[Spot] = set()
        self.evidence: dict[str, Any] = {}

    def run(self) -> None:
        """Tries every reader until none gets anything back."""
        attempts = list(self._attempts())
        before = None
        while before != (before := (len(self.draft.hidden), len(self.draft.withheld))):
            for attempt in attempts:
                self._satisfy(attempt, attempts)
        fewest = [attempt.fewest for attempt in attempts if attempt.fewest is not None]
        self.evidence = {
            "solver": SOLVER,
            "readers": len(tried := {attempt.reader.hub for attempt in attempts}),
            # hubs whose own numbers agree with nothing that is taken for granted: nobody was tried for them
            "untried": len(set(self.draft.system.layout.hubs) - tried) if len(self.draft.system.layout.hubs) > 1 else 0,
            "assumptions": len(attempts),
            "solves": sum(attempt.solver.solves for attempt in attempts),
            "solutions": sum(attempt.solutions for attempt in attempts),
            "fewest_values": min(fewest, default=None),
            "given_away_before": len({cell for attempt in attempts for cell in attempt.given}),
        }

    def _attempts(self) -> Iterator[Attempt]:
        hubs = self.draft.system.layout.hubs
        # who counts each child in one hub alone is right, or could be
        overlaps = [False] if not self.draft.is_shown(BOTH) or not self.draft.has_overlap else []
        if self.draft.has_overlap or self._had_overlap():
            overlaps.insert(0, True)
        for hub in hubs if len(hubs) > 1 else [""]:
            for overlap in overlaps:
                yield from self._possible(hub, overlap=overlap)

    def _possible(self, hub: str, *, overlap: bool) -> list[Attempt]:
        """
        The attempts of a reader whose numbers can be true: where what they take for granted of all earlier releases
        cannot be, of the newest; where nothing can, that anybody changed.
        """
        changed = self.draft.system.changed
        readers = [
            [Reader(hub, overlap, whose, by, newest=newest) for newest in (False, True)[: max(1, len(changed))]]
            for whose, by in (CHANGES if changed else CHANGES[:1])
        ]
        possible = list(filter(None, map(self._first_possible, readers)))
        return possible or list(filter(None, [self._first_possible([Reader(hub, overlap, *ANYBODY)])]))

    def _first_possible(self, readers: Iterable[Reader]) -> Attempt | None:
        attempts = (Attempt(self.draft, reader) for reader in readers)
        return next((attempt for attempt in attempts if attempt.is_possible), None)

    def _had_overlap(self) -> bool:
        """Whether children may have come to two hubs by an earlier release: it says so, hides it, or says nothing."""
        said = [sheet.shown.get(BOTH) for sheet in self.draft.sheets]
        return any(shown is None or shown.symbol or shown.value for shown in said)

    def _satisfy(self, attempt: Attempt, attempts: Sequence[Attempt]) -> None:
        while (failing := attempt.failing()) is not None:
            if failing[0] and not attempt.is_enough(failing, self._everything()):
                attempt.given.add(failing)
            elif cure := self._cure(attempt, failing):
                self.draft.hidden.update(cure)
                self.added.update(cure)
                self._tell(attempts, cure)
            elif failing not in attempt.relaxed:
                attempt.relaxed.add(failing)
            elif table := self._table_to_withhold(attempt, failing):
                self.draft.withheld[table] = "earlier release" if self._is_out(failing) else "solver"
                self._tell(attempts, [spot for spot in self.draft.counts if spot[0] == table])
            elif not self._is_out(failing):
                raise NotProtectedError(f"Nothing that could still be hidden protects {'/'.join(failing[1])}.")
            else:
                attempt.given.add(failing)

    def _everything(self) -> list[Spot]:
        return [spot for spot in self.draft.counts if self.draft.is_shown(spot)]

    def _tell(self, attempts: Sequence[Attempt], spots: Iterable[Spot]) -> None:
        for spot in spots:
            for attempt in attempts:
                attempt.learn_less(spot)

    def _is_out(self, failing: Cell) -> bool:
        block, spot = failing
        same = (sheet for sheet in self.draft.sheets if sheet.term == self.draft.term)
        return block > 0 or any(cell_of(spot) in sheet.shown for sheet in same)

    def _cure(self, attempt: Attempt, failing: Cell) -> list[Spot]:
        """What to hide next: the first neighbour that is enough alone, or as few as are enough together."""
        beside = self.neighbours.beside(cell_of(failing[1]))
        # a hidden number is somebody: a zero stays
        shown = (spot for spot in beside if self.draft.is_shown(spot) and self.draft.counts[spot])
        candidates = [spot for spot in shown if attempt.needs(spot)]
        for spot in candidates:
            if attempt.is_enough(failing, [spot]):
                return [spot]
        if failing not in attempt.relaxed or not candidates or not attempt.is_enough(failing, candidates):
            return []
        needed = candidates
        for spot in reversed(candidates):
            fewer = [one for one in needed if one != spot]
            if attempt.is_enough(failing, fewer):
                needed = fewer
        return needed

    def _table_to_withhold(self, attempt: Attempt, failing: Cell) -> str:
        """The first table that is enough alone; else the first of as many as are enough together; or none."""
        block, spot = failing[0], cell_of(failing[1])
        there = [table for table in self.neighbours.tables_of(spot) if table not in self.draft.withheld]
        gone: list[Spot] = []
        for table in there:
            gone += [one for one in self.draft.counts if one[0] == table]
            # what is withheld is hidden no longer, and nobody's to get back
            if (not block and table == spot[0]) or attempt.is_enough(failing, gone):
                return there[0]
        return ""
