"""Every address, by everybody, by every method, of own, foreign and absent objects; then on by chance."""

import http.client
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import quote, urlencode

from tests.crawler.chance import Chance
from tests.crawler.filling import OWN, PLAIN, Filled, fill, require_values
from tests.crawler.judge import Asked, Judge
from tests.crawler.pages import read_page
from tests.crawler.plan import METHODS, Plan, Principal
from tests.crawler.report import Report
from tests.crawler.wire import Answer, Jar, Wire

THREADS = 4
VOUCHED_EVERY = 25  # requests of one person, after which they are asked for again whether they are still signed in
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Probe:
    """Something to ask: by whom, how, for what."""

    who: Principal
    method: str
    filled: Filled
    query: tuple[tuple[str, str], ...] = ()
    is_first_look: bool = False

    @property
    def target(self) -> str:
        return self.filled.path + (f"?{urlencode(self.query)}" if self.query else "")

    @property
    def asked(self) -> Asked:
        return Asked(self.who, self.method, self.target, self.filled.kind, self.filled.address)


@dataclass
class Seat:
    """Somebody at a browser, and how many requests they made since it was last known that they are signed in."""

    who: Principal
    jar: Jar
    asked: int = 0


class Crawler:
    """
    Asks, reads everything that comes back, and notes what should not have.

    `sign_in` returns the cookies of a new session of somebody: without it, each has the one session of the plan.
    """

    def __init__(
        self,
        plan: Plan,
        rng: Random,
        report: Report | None = None,
        sign_in: Callable[[str], dict[str, str]] | None = None,
    ) -> None:
        require_values(plan)
        self.plan = plan
        self.rng = rng
        self.report = report or Report()
        self.judge = Judge(plan, self.report)
        self._sign_in = sign_in or (lambda name: plan.principal(name).cookies)
        self._filled = {
            (who.name, address.name, address.route): fill(address, who.name)
            for who in plan.principals
            for address in plan.addresses
        }
        self._queries = set(plan.queries)
        self._learnt: set[tuple[str, str]] = set()  # whose pages have told which searches they offer
        self._lock = threading.Lock()

    def matrix(self) -> list[Probe]:
        """Returns every address x person x method x kind of object once, and a GET of every object, in wild order."""
        probes = []
        for who in self.plan.principals:
            for address in self.plan.addresses:
                filled = self._filled[(who.name, address.name, address.route)]
                for method in METHODS:
                    kinds = {one.kind: one for one in self.rng.sample(filled, len(filled))}
                    chosen = filled if method == "GET" else kinds.values()
                    probes += [
                        Probe(who, method, one, is_first_look=method == "GET" and one.kind in {OWN, PLAIN})
                        for one in chosen
                    ]
        self.rng.shuffle(probes)
        return probes

    def run(self, probes: list[Probe], goes_on: Callable[[], bool], *, threads: int = THREADS) -> Report:
        """Asks all the probes, then others by chance while it goes on; returns the report."""
        waiting = deque(probes)
        lines = [
            threading.Thread(target=self._line, args=(waiting, goes_on, Random(self.rng.random())))
            for _ in range(threads)
        ]
        for line in lines:
            line.start()
        for line in lines:
            line.join()
        return self.report

    def _line(self, waiting: deque[Probe], goes_on: Callable[[], bool], rng: Random) -> None:
        """One thread: one connection, kept open and shared by everybody in turn, each in a session of this thread."""
        wire, chance = Wire(self.plan.port), Chance(self.plan, rng)
        seats = {who.name: Seat(who, self._jar(who)) for who in self.plan.principals}
        while True:
            try:
                probe = waiting.popleft()
            except IndexError:
                if not goes_on():
                    break
                probe = self._by_chance(rng)
            seat = seats[probe.who.name]
            if self._ask(wire, seat.jar, self._asked_of(probe, chance)):
                seat.jar = self._jar(probe.who)
            seat.asked += 1
            if seat.asked == VOUCHED_EVERY:
                self._vouch(wire, seat)
        for seat in seats.values():
            self._vouch(wire, seat)
        wire.close()

    def _jar(self, who: Principal) -> Jar:
        with self._lock:
            return Jar.of(self._sign_in(who.name) if who.cookies else {})

    def _vouch(self, wire: Wire, seat: Seat) -> None:
        """Counts the requests of somebody who still is who they are; whoever is not signs in again."""
        if seat.who.opens and seat.asked:
            try:
                is_in = wire.ask("GET", seat.who.opens, seat.jar).status == http.client.OK
            except (OSError, http.client.HTTPException):
                is_in = False
            self.report.vouch(seat.who.name, seat.asked, is_signed_in=is_in)
            if not is_in:
                seat.jar = self._jar(seat.who)
        seat.asked = 0

    def _by_chance(self, rng: Random) -> Probe:
        who = rng.choice(self.plan.principals)
        address = rng.choice(self.plan.addresses)
        method = rng.choice(METHODS) if rng.random() < 0.3 else "GET"
        return Probe(who, method, rng.choice(self._filled[(who.name, address.name, address.route)]))

    def _asked_of(self, probe: Probe, chance: Chance) -> Probe:
        """The probe with a query by chance; the first look at one's own is at the whole of it."""
        if probe.is_first_look:
            return probe
        with self._lock:
            names = sorted(self._queries)
        return replace(probe, query=tuple(chance.query(probe.who.name, names)))

    def _ask(self, wire: Wire, jar: Jar, probe: Probe) -> bool:
        """Asks, and reads the answer; returns whether it ended the session."""
        body, headers = None, {}
        if probe.method in UNSAFE:
            body = b"found=1"
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            # one's own objects are kept for the readers: only the forger changes them
            if probe.filled.kind not in {OWN, PLAIN} and jar.token:
                headers["X-CSRFToken"] = jar.token
        try:
            answer = wire.ask(probe.method, probe.target, jar, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.judge.note("broken", probe.asked, f"no answer: {error!r}")
            return False
        self.report.count("probes", answer.status)
        is_over = jar.keep(answer)
        self.judge.read(probe.asked, answer, told=" ".join(value for _, value in probe.query))
        if probe.method == "GET" and answer.status == http.client.OK:
            self._learn(jar, probe, answer)
        return is_over

    def _learn(self, jar: Jar, probe: Probe, answer: Answer) -> None:
        token = TOKEN.search(answer.body)
        if token:
            jar.token = token[1].decode()
        key = (probe.who.name, probe.filled.address.name)
        if not probe.query and key not in self._learnt:
            names = {name for name in read_page(answer, probe.filled.path).queries if quote(name) == name}
            with self._lock:
                self._learnt.add(key)
                self._queries |= names
