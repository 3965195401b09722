from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inharmony.spreadsheets import CellError
from participants.imports.roster.text import plain, shown


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  Ada\u00a0 Lark ", "Ada Lark"),
        ("Ada\u200b", "Ada"),
        ("\ufeffAda", "Ada"),
        ("\u202eadA\u202c", "adA"),
        ("Zoe\u0308", "Zoë"),
        ("'0123", "0123"),
        ("''Ada", "Ada"),
        ("'t Hooft", "'t Hooft"),
        ("'s-Gravesande", "'s-Gravesande"),
        ("O'Brien", "O'Brien"),
        ('="00123"', "00123"),
        ("line\r\nbreak", "line break"),
        (7, "7"),
        (2.5, "2.5"),
        (True, "True"),
        (date(2018, 3, 14), "2018-03-14"),
        (datetime(2018, 3, 14, 9), "2018-03-14 09:00:00"),  # noqa: DTZ001 - as in a sheet
        (CellError("#REF!"), ""),
        ("=1+1", "=1+1"),
    ],
)
def test_plain_squeezes_what_no_one_can_see(cell, text):
    assert plain(cell) == text


@given(st.text())
def test_plain_changes_its_own_result_no_more(text):
    assert plain(plain(text)) == plain(text)


def test_shown_quotes_what_was_sent_and_cuts_it_short():
    assert shown("'1967-12-06") == "'1967-12-06"
    assert shown(CellError("#N/A")) == "#N/A"
    assert shown("x" * 100) == "x" * 79 + "…"
