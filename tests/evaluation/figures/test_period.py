from datetime import date

from evaluation.figures.period import SEASONS, term_of_year, whole_year


def test_a_year_lasts_from_september_to_august():
    period = whole_year(2026)
    assert (period.starts_on, period.ends_on, period.title) == (date(2026, 9, 1), date(2027, 8, 31), "2026-27")


def test_three_terms_share_out_the_year_without_a_gap():
    terms = [term_of_year(2023, term, date(2024, 1, 8), date(2024, 4, 15)) for term in SEASONS]
    assert [(t.starts_on, t.ends_on) for t in terms] == [
        (date(2023, 9, 1), date(2024, 1, 7)),
        (date(2024, 1, 8), date(2024, 4, 14)),
        (date(2024, 4, 15), date(2024, 8, 31)),
    ]
    assert terms[0].title == "autumn term 2023-24"
