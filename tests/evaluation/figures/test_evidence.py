"""What was tried before a release left, in words anybody can read."""

from evaluation.figures.evidence import evidence_in_words


def test_counts_are_told_and_tables_by_their_names():
    told = dict(
        evidence_in_words(
            {
                "solves": 1200,
                "hidden_by": {"small": 3, "insider": 4},
                "withheld": {"children_by_sex": "too small"},
                "fewest_values": None,
                "seconds": 1.5,
            }
        )
    )
    assert told == {
        "Hidden by the rules": "7",
        "Tables withheld": "Children taking part, by sex",
        "Attempts of the solver": "1,200",
    }
    assert evidence_in_words({}) == []
