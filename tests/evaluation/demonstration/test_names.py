from random import Random

from evaluation.demonstration.names import COMMUNITIES, KNOWN_AS, ONE_NAME, STAFF, community, staff_name


def test_communities_share_a_hundred():
    assert sum(one.weight for one in COMMUNITIES) == 100


def test_names_hold_what_real_class_lists_hold():
    surnames = {surname for one in COMMUNITIES for surname in one.surnames}
    forenames = {name for one in COMMUNITIES for name in (*one.girls, *one.boys)}
    assert any("’" in name for name in surnames)
    assert any("-" in name for name in surnames)
    assert any(" " in name for name in surnames)
    assert any(not name.isascii() for name in surnames)
    assert any(not name.isascii() for name in forenames)
    assert ONE_NAME.surnames == ("",)


def test_every_short_name_has_its_long_one():
    forenames = {name for one in COMMUNITIES for name in (*one.girls, *one.boys)}
    assert set(KNOWN_AS) <= forenames


def test_community_is_drawn_the_same_from_the_same_chance():
    assert [community(Random(3)).languages for _ in range(2)] == [community(Random(3)).languages] * 2


def test_staff_do_not_share_a_name():
    names = [staff_name(number) for number in range(60)]
    assert names[: len(STAFF)] == list(STAFF)
    assert len(set(names)) == len(names)
