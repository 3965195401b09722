"""What was tried before a release left, in words: counts of cells, tables and attempts, nothing of a child."""

from collections.abc import Mapping
from typing import Any

from evaluation.menu.tables import TABLES

# what is written down of a release, in the order in which it is told
WORDS = {
    "shown": "Counts of children shown",
    "hidden_by": "Hidden by the rules",
    "hidden_by_gate": "Hidden because others would tell them",
    "means_hidden": "Shares and means hidden",
    "withheld": "Tables withheld",
    "earlier": "Earlier releases held beside it",
    "readers": "Readers it was tried as",
    "untried": "Hubs that nobody could be tried as",
    "solves": "Attempts of the solver",
    "fewest_values": "Fewest values a hidden count may still have",
    "given_away_before": "Hidden counts that earlier releases gave away",
    "solver": "Solver",
}


def evidence_in_words(evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Returns what was tried and found, each as its words and what was found; empty where nothing was written down."""
    return [(words, _said(evidence[key])) for key, words in WORDS.items() if evidence.get(key) is not None]


def _said(found: Any) -> str:
    """A count; of counts by rule their sum; of tables their names."""
    if isinstance(found, Mapping):
        if all(isinstance(count, int) for count in found.values()):
            return f"{sum(found.values()):,}" if found else "0"
        return "; ".join(TABLES[key].caption if key in TABLES else str(key) for key in found)
    return f"{found:,}" if isinstance(found, int) else str(found)
