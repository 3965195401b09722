"""Which child a row of a past register means."""

from datetime import date

import pytest

from participants.imports.registers.grid import ChildRow
from participants.imports.registers.matching import OUT, Roll, meant_by
from participants.queries.past_registers import ChildOfYear

LONG_AGO = [(date(2020, 9, 1), None)]


def child(pk, forename, surname, *, known_as="", born=date(2015, 5, 4), upn="", near=True, member=False, of=""):
    inside = LONG_AGO if member else []
    return ChildOfYear(pk, forename, surname, known_as, born, upn, False, LONG_AGO, inside, near, of)


AMARA = child(1, "Amara", "Adeyemi", member=True)
SIAN = child(2, "Siân", "Price-Évans", known_as="Sisi", upn="hash of siân")
MIA_HERE, MIA_THERE = child(3, "Mia", "Khan"), child(4, "Mia", "Khan", born=date(2014, 1, 2), near=False)
JO_IN, JO_OUT = child(5, "Jo", "Lee", member=True), child(6, "Jo", "Lee", born=date(2014, 1, 2))
TWO = (child(7, "Bo", "Wren", of="4 Heron"), child(8, "Bo", "Wren", born=date(2014, 1, 2), of="5 Kite"))
FAR = child(9, "Cal", "Byrne", near=False)
ROLL = Roll([AMARA, SIAN, MIA_HERE, MIA_THERE, JO_IN, JO_OUT, *TWO, FAR])


def row(whole="", *, forename="", surname="", born=None, upn="", of="", number=2):
    return ChildRow(number, forename, surname, whole, born, upn, of)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (row("Amara Adeyemi"), AMARA),
        (row("ADEYEMI, Amara"), AMARA),
        (row("adeyemi amara"), AMARA),
        (row(forename="Amara", surname="Adeyemi"), AMARA),
        (row(forename="Adeyemi", surname="Amara"), AMARA),
        (row("Sian Price Evans"), SIAN),
        (row("Sisi Price-Evans"), SIAN),
        (row("Siân Somebody", upn="hash of siân"), SIAN),
        (row("Mia Khan"), MIA_HERE),
        (row("Mia Khan", born=date(2014, 1, 2)), MIA_THERE),
        (row("Jo Lee"), JO_IN),
        (row("Bo Wren", of="4 HERON"), TWO[0]),
    ],
)
def test_who_is_meant_for_certain(written, meant):
    assert ROLL.find(written, None).child is meant


@pytest.mark.parametrize(
    ("written", "why", "likely"),
    [
        (row("Bo Wren"), "more than one child has this name", TWO),
        (row("Bo Wren", of="6 Owl"), "more than one child has this name", TWO),
        (row("Cal Byrne"), "neither in the ensemble nor at its school", (FAR,)),
        (row("Amara Adeyemi", born=date(2015, 5, 5)), "another date of birth", (AMARA,)),
        (row("Zed Nobody", upn="hash of siân"), "its UPN is of a child with another name", (SIAN,)),
        (row("Amara Adeyimi"), "no child of this name", (AMARA,)),
        (row("Amara Grace Adeyemi"), "no child of this name", (AMARA,)),
        (row("Amara"), "no child of this name", (AMARA,)),
        (row("Quentin Zoll"), "no child of this name", ()),
    ],
)
def test_whom_a_person_has_to_say(written, why, likely):
    found = ROLL.find(written, None)
    assert found.child is None
    assert why in found.why
    assert found.likely[: len(likely)] == likely


def test_what_a_person_said_goes_first():
    assert ROLL.find(row("Bo Wren"), TWO[1].id).child is TWO[1]
    assert ROLL.find(row("Amara Adeyemi"), OUT).is_out
    # of no child of the hub, or none any more: as if nothing had been said
    assert ROLL.find(row("Amara Adeyemi"), 999).child is AMARA


def test_a_child_stands_once_in_a_block_and_in_many_blocks():
    rows = [
        (0, row("Amara Adeyemi", number=2)),
        (0, row("Adeyemi Amara", number=3)),
        (1, row("Amara Adeyemi", number=9)),
    ]
    found = meant_by(rows, ROLL, {})
    assert [found[number].child for number in (2, 3, 9)] == [AMARA, None, AMARA]
    assert found[3].why == "row 2 is Amara Adeyemi already"
