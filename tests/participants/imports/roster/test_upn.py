import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn as published_rule

from participants.imports.roster.upn import check_letter, is_sound, is_temporary, looks_like_one, masked, read_upn
from tests.published import published


@pytest.mark.parametrize(
    ("cell", "upn"),
    [
        ("F999999925001", "F999999925001"),
        (" v999 9999 25002 ", "V999999925002"),
        ("E99999992501A", "E99999992501A"),
        ("'B801200005001", "B801200005001"),
        ("", ""),
        (None, ""),
        *((f"UN{n}", "") for n in range(1, 6)),
    ],
)
def test_read_upn_takes_upns_and_placeholders(cell, upn):
    assert read_upn(cell) == (upn, None)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("F999999925002", "its first letter does not fit its figures"),
        ("I999999925001", "is not a UPN and is left out"),
        ("999 000 0026", "is not a UPN and is left out"),
        (9990000018, "is not a UPN and is left out"),
        ("G80120000101S", "is not a UPN and is left out"),
        ("UN6", "is not a UPN and is left out"),
    ],
)
def test_read_upn_leaves_a_wrong_one_out_and_never_the_child(cell, words):
    upn, fault = read_upn(cell)
    assert (upn, words in fault.message, fault.refused) == ("", True, False)


def test_read_upn_warns_of_an_authority_no_list_has_and_keeps_the_number():
    upn, fault = read_upn("R662332011222")
    assert (upn, fault.refused) == ("R662332011222", False)
    assert "authority code (662)" in fault.message


def test_is_temporary_goes_by_the_last_character():
    assert (is_temporary("E99999992501A"), is_temporary("F999999925001")) == (True, False)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("F999999925001", "•••••••••5001"), ("F9999 99925001", "••••••••••5001"), ("UN6", "UN6"), ("", "")],
)
def test_masked_leaves_the_last_four_characters(written, shown):
    assert masked(written) == shown


@pytest.mark.parametrize(
    ("written", "is_one"), [("f9999 99925001", True), ("F999999925001", True), ("4 Kestrel", False), ("", False)]
)
def test_looks_like_one_goes_by_the_form(written, is_one):
    assert looks_like_one(written) is is_one


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_check_letter_notices_any_single_wrong_figure(figures):
    upn = f"X999{figures}"
    right = check_letter(upn)
    for place in range(4, 13):
        other = upn[:place] + str((int(upn[place]) + 1) % 10) + upn[place + 1 :]
        assert check_letter(other) != right


@given(st.text())
def test_read_upn_never_stumbles(text):
    upn, _ = read_upn(text)
    assert upn == "" or read_upn(upn)[0] == upn


def test_read_upn_agrees_with_all_published_vectors():
    with published("upn/upn_test_vectors.csv").open(encoding="ascii", newline="") as lines:
        vectors = list(csv.DictReader(lines))
    assert len(vectors) == 47
    assert [v["upn"] for v in vectors if not _agrees(v)] == []


def _agrees(vector: dict[str, str]) -> bool:
    upn, fault = read_upn(vector["upn"])
    if (
        vector["check_letter_computed"]
        and check_letter(vector["upn"].strip().upper()) != vector["check_letter_computed"]
    ):
        return False
    if vector["expected"] == "valid":
        return upn == vector["upn"].strip().upper() and fault is None
    if vector["expected"] == "invalid":
        only_authority = vector["check_letter_ok"] == "yes" and vector["la_code_in_2011_list"] == "no"
        return fault is not None and bool(upn) == only_authority
    return (upn, fault) == ("", None)


@given(st.text(alphabet="0123456789", min_size=11, max_size=11), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUVWXYZ"))
def test_check_letter_agrees_with_the_library_of_standard_numbers(figures, last):
    assert check_letter(f"X{figures}{last}") == published_rule.calc_check_digit(f"{figures}{last}")


@pytest.mark.parametrize("cell", ["9.99999E+11", "8.01E+14", "F9.9E+11", 9.99999925001e30])
def test_read_upn_knows_a_number_that_a_program_rounded(cell):
    upn, fault = read_upn(cell)
    assert (upn, fault.refused, "has rounded" in fault.message) == ("", False, True)


def test_read_upn_takes_no_figures_of_other_scripts():
    assert read_upn("F99999992500\u0661")[0] == ""


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        ("F999999925001", True),
        ("f999999925001", False),
        ("F999999925002", False),
        ("R662332011222", False),
        ("", False),
    ],
)
def test_is_sound_leaves_every_doubt_to_the_reader(written, sound):
    assert is_sound(written) is sound
