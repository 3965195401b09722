"""A small country from its rows to what each role can fetch: one truth everywhere, and nothing to be got out of it."""

from tests.attack.drive.whole import attack_whole


def test_what_everybody_can_fetch_says_one_thing_and_gives_no_child_away(fresh_database, time_machine):
    # the country is planted, cut and read on one day
    time_machine.move_to("2026-11-17 10:42+00:00", tick=False)
    seen = attack_whole(3, fresh_database, most_hubs=3, most=40)
    assert seen.wrong == []
    assert (seen.compared > 10_000, seen.on_paper > 100, seen.bars > 10, len(seen.kinds) > 5) == (True,) * 4
    assert seen.answers > 0
    # numbers are there to be read, and others are hidden
    assert 0 < seen.shown < seen.headlines
