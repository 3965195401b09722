"""What families are asked: every version stays, to the letter."""

import hashlib
from datetime import date

import pytest

from participants.models import Consent
from participants.wordings import WORDINGS, UnknownWordingError, wording, wording_on

# of the words of each version that a family may have answered to. A new version is a new line here; a line that stands
# is never changed: what was asked is what was asked.
ASKED = {
    ("photo_inside", "2024-09"): "282491a87af3f130",
    ("photo_inside", "2026-09"): "20b5874f160f8a8c",
    ("photo_public", "2024-09"): "a1e73989c016cde7",
    ("photo_public", "2026-09"): "7f1dc4f322f24b29",
    ("survey", "2024-09"): "e795f6c5654262bf",
    ("survey", "2026-09"): "80d87ac920400766",
    ("research", "2024-09"): "7fb2a47b163c48c4",
    ("research", "2026-09"): "1036c9eabd9b6aee",
    ("quotation", "2026-11"): "998b49a7d5a860c8",
}


def test_every_purpose_says_what_is_asked():
    assert set(WORDINGS) == set(Consent.Purpose)


def test_no_wording_was_changed_after_families_could_answer_it():
    said = {
        (purpose.value, one.version): hashlib.sha256(one.words.encode()).hexdigest()[:16]
        for purpose, versions in WORDINGS.items()
        for one in versions
    }
    assert said == ASKED


@pytest.mark.parametrize("purpose", Consent.Purpose)
def test_versions_follow_one_another_and_are_named_for_the_month_they_begin(purpose):
    versions = WORDINGS[purpose]
    assert [one.version for one in versions] == [f"{one.starts_on:%Y-%m}" for one in versions]
    starts = [one.starts_on for one in versions]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2019, 9, 1), "2024-09"),
        (date(2026, 8, 31), "2024-09"),
        (date(2026, 9, 1), "2026-09"),
        (date(2030, 1, 1), "2026-09"),
    ],
)
def test_the_wording_of_a_day_is_the_last_one_begun(day, version):
    assert wording_on(Consent.Purpose.SURVEY, day).version == version


def test_a_version_nobody_wrote_is_unknown():
    with pytest.raises(UnknownWordingError, match="“2025-01” is no wording about surveys"):
        wording(Consent.Purpose.SURVEY, "2025-01")
