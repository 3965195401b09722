"""A small country from its rows to what each role can fetch: one truth everywhere, and nothing to be got out of it."""

import pytest

from tests.attack.drive.whole import attack_whole


@pytest.mark.parametrize("number", [1, 2])
def test_what_everybody_can_fetch_says_one_thing_and_gives_no_child_away(fresh_database, number):
    seen = attack_whole(number, fresh_database, most_hubs=4, most=40)
    assert seen.wrong == []
    assert (seen.compared > 1000, seen.on_paper > 10, len(seen.kinds) > 3) == (True, True, True)
