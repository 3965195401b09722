"""The list of instruments, and how several read."""

from programmes.instruments import FAMILIES, Instrument, by_family, words_of


def test_every_instrument_stands_in_one_family():
    listed = [one for members in FAMILIES.values() for one in members]
    assert sorted(listed) == sorted(Instrument)
    assert [choice for _, choices in by_family() for choice in choices] == [(i.value, i.label) for i in listed]


def test_instruments_read_as_a_sentence_in_the_order_of_the_list():
    assert words_of([]) == ""
    assert words_of(["cello"]) == "cello"
    assert words_of(["cello", "violin"]) == "violin and cello"
    assert words_of(["cello", "viola", "violin"]) == "violin, viola and cello"
