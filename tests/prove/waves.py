"""
A wave of 8,000 slips, one school class of thirty after another, each answering at once over a network that cuts.

Each answer is sent one to three times, in random order; some sendings are cut before the portal has read them, some
before it has answered, and are sent again, as who sees no next page presses again. Then some change their mind. At the
end of each school class the database holds what was acknowledged, no answer less and none twice.
"""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from inharmony.access.scope import scoped
from outcomes.measures.shipped.music import MUSIC
from tests.factories import participants
from tests.outcomes import planting
from tests.outcomes.slips import address, consenting
from tests.prove.stage import Outcome, Stage
from tests.visitor import Visitor

AT_ONCE = 30
LEAST, MOST = 10, 267  # school classes: 267 of thirty are 8,000
PLACES = range(1, len(MUSIC.items) + 1)
TIMES = (1, 1, 1, 2, 3)  # how often an answer is sent
CUT = 0.08  # the share of sendings that are cut
KEPT = "SELECT slip_id, answers, ended_at IS NOT NULL FROM outcomes_response WHERE slip_id = ANY(%s)"


@dataclass
class Child:
    """One child of a school class, at a screen: what they mean, and what came of it."""

    slip: object
    rng: Random
    port: int
    wanted: dict[int, int | None] = field(default_factory=dict)
    sent: int = 0
    cut: int = 0
    wrong: list[str] = field(default_factory=list)

    def sit(self, gate: threading.Barrier) -> None:
        visitor = Visitor(self.port)
        try:
            visitor.open(address(self.slip, 1))
            gate.wait(60)
            self._answer(visitor)
        except Exception as error:
            self.wrong.append(f"slip {self.slip.pk}: {error!r}")
        finally:
            visitor.close()

    def _answer(self, visitor: Visitor) -> None:
        self.wanted = {place: self.rng.choice((None, 1, 2, 3, 4)) for place in PLACES}
        sendings = [place for place in PLACES for _ in range(self.rng.choice(TIMES))]
        self.rng.shuffle(sendings)
        were_cut = set()
        for place in sendings:
            if self.rng.random() < CUT:
                were_cut.add(place)
                self._cut(visitor, place)
            self._send(visitor, place)
        # what was cut may still be on its way: nobody knows whether it comes before a change of mind or after
        for place in self.rng.sample([place for place in PLACES if place not in were_cut], 2):
            self.wanted[place] = self.rng.choice((None, 1, 2, 3, 4))
            self._send(visitor, place)

    def _fields(self, place: int) -> dict[str, str]:
        value = self.wanted[place]
        return {"do": "skip"} if value is None else {"answer": str(value), "do": "next"}

    def _send(self, visitor: Visitor, place: int) -> None:
        self.sent += 1
        answer = visitor.post(address(self.slip, place), self._fields(place))
        if answer.status != 302:
            self.wrong.append(f"slip {self.slip.pk}, question {place}: answered {answer.status}")

    def _cut(self, visitor: Visitor, place: int) -> None:
        """Sends a part of the request, or all of it, and goes without an answer."""
        self.cut += 1
        body = urlencode({"csrfmiddlewaretoken": visitor.token, **self._fields(place)})
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        request = (
            f"POST {address(self.slip, place)} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
        end = len(request) if self.rng.random() < 0.5 else self.rng.randrange(1, len(request))
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=30) as wire:
            wire.sendall(request[:end])


def prove(stage: Stage) -> Outcome:
    """Returns the number of answers kept; wrong is one that is missing, another than acknowledged, or there twice."""
    outcome, sent, cut, classes = Outcome(), 0, 0, 0
    cast = stage.cast
    with scoped(cast.liverpool_scope):
        names = [(f"Child {number}", "At Once") for number in range(AT_ONCE)]
        children = participants.children(cast.liverpool, cast.marigold, by=cast.joanne, names=names)
        consenting(children, cast.joanne)
        wave = planting.wave(cast.liverpool, cast.joanne, name="A wave of 8,000")
    while not outcome.wrong and classes < MOST and (stage.goes_on or classes < LEAST):
        with scoped(cast.liverpool_scope):
            slips = planting.slips(planting.group(wave, cast.marigold, f"4 Class {classes}"), children)
        sat = [Child(slip, Random(stage.rng.random()), stage.stack.port) for slip in slips]
        _at_once(sat)
        _compare(stage, outcome, sat)
        sent, cut, classes = sent + sum(each.sent for each in sat), cut + sum(each.cut for each in sat), classes + 1
        outcome.counted += AT_ONCE * len(PLACES)
    there = stage.stack.one("SELECT count(*) FROM outcomes_response WHERE wave_id = %s", wave.pk)
    outcome.expect(there == classes * AT_ONCE, f"{there} responses of {classes * AT_ONCE} slips")
    outcome.words = (
        f"answers by {classes * AT_ONCE:,} slips, {AT_ONCE} children at once, sent {sent:,} times, and {cut:,} times"
        " over a connection that was cut"
    )
    return outcome


def _at_once(sat: list[Child]) -> None:
    gate = threading.Barrier(len(sat))
    threads = [threading.Thread(target=each.sit, args=(gate,)) for each in sat]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _compare(stage: Stage, outcome: Outcome, sat: list[Child]) -> None:
    kept = {pk: told for pk, *told in stage.stack.rows(KEPT, [each.slip.pk for each in sat])}
    for each in sat:
        outcome.wrong += each.wrong
        wanted = {MUSIC.items[place - 1].key: value for place, value in each.wanted.items()}
        outcome.expect(
            kept.get(each.slip.pk) == [wanted, True], f"slip {each.slip.pk}: {kept.get(each.slip.pk)}, not {wanted}"
        )
