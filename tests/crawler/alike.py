"""Foreign and absent answer alike: whoever asks must not learn that there is something they may not see."""

import html
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from statistics import median
from urllib.parse import quote, unquote

from tests.crawler.filling import ABSENT, FOREIGN, Filled, fill, parameters_of
from tests.crawler.plan import Plan, Principal
from tests.crawler.report import Finding, Report
from tests.crawler.wire import Answer, Jar, Wire

TOKENS = re.compile(rb'("csrfmiddlewaretoken" value="|"X-CSRFToken": ?"|X-CSRFToken&quot;: ?&quot;)\w+')
# what differs between any two answers
OWN_WAY = {"date", "set-cookie", "content-length", "x-request-id"}
# the clock renews a session, once a minute, whichever page is asked for
RENEWED = "the headers differ: [('set-cookie', 'sessionid')]"
MOST_APART = 0.010  # seconds between the medians, over enough pairs
ENOUGH_PAIRS = 500
TOO_MANY = 429


@dataclass
class Twins:
    """What was compared, and the seconds that each kind took, by address."""

    report: Report
    pairs: int = 0
    seconds: dict[str, tuple[list[float], list[float]]] = field(default_factory=lambda: defaultdict(lambda: ([], [])))

    @property
    def timed(self) -> int:
        """The number of pairs whose seconds were kept."""
        return sum(len(foreign) for foreign, _ in self.seconds.values())

    @property
    def apart(self) -> float:
        """Seconds by which foreign answers were slower than absent ones, in the median."""
        foreign = [second for of, _ in self.seconds.values() for second in of]
        absent = [second for _, of in self.seconds.values() for second in of]
        return median(foreign) - median(absent) if foreign else 0.0

    @property
    def furthest(self) -> tuple[str, float]:
        """The address whose two medians are furthest apart, and by how much."""
        apart = {name: median(foreign) - median(absent) for name, (foreign, absent) in self.seconds.items()}
        name = max(apart, key=lambda name: abs(apart[name]), default="")
        return name, apart.get(name, 0.0)


def compare(plan: Plan, rng: Random, report: Report, goes_on: Callable[[], bool], *, rounds: int) -> Twins:
    """
    Asks for a foreign and an absent object of each address, as each person, one right after the other, `rounds` times
    at least; notes every difference. Alone on one connection, so that the seconds can be compared.
    """
    twins, wire = Twins(report), Wire(plan.port)
    jars = {who.name: Jar.of(who.cookies) for who in plan.principals}
    couples = [
        (who, foreign, absent) for who in plan.principals for foreign, absent in _couples(plan, who.name) if foreign
    ]
    turn = 0
    while couples and (turn < rounds or goes_on()):
        rng.shuffle(couples)
        for who, foreign, absent in couples:
            method = "GET" if turn % 3 else rng.choice(("GET", "POST", "HEAD", "DELETE"))
            one, other = rng.choice(foreign), rng.choice(absent)
            _pair(twins, wire, jars[who.name], who, method, (one, other), first=rng.randrange(2))
        turn += 1
    wire.close()
    if twins.timed >= ENOUGH_PAIRS and abs(twins.apart) > MOST_APART:
        about = f"the medians are {twins.apart * 1000:.1f} ms apart over {twins.timed} pairs"
        report.add(Finding("unlike", "everybody", "foreign and absent objects", about))
    return twins


def _couples(plan: Plan, who: str) -> list[tuple[list[Filled], list[Filled]]]:
    found = []
    for address in plan.addresses:
        if parameters_of(address) and not address.by_link:
            filled = fill(address, who)
            kinds = [[one for one in filled if one.kind == kind] for kind in (FOREIGN, ABSENT)]
            found.append((kinds[0], kinds[1]))
    return [(foreign, absent) for foreign, absent in found if foreign and absent]


def _pair(
    twins: Twins, wire: Wire, jar: Jar, who: Principal, method: str, pair: tuple[Filled, Filled], *, first: int
) -> None:
    answers = _asked(twins, wire, jar, method, pair, first)
    if TOO_MANY in {answers[0].status, answers[1].status}:
        return  # whoever asks too often is told so, whatever they ask for
    name = pair[0].address.name
    paths = (pair[0].path, pair[1].path)
    differing = difference(answers[0], answers[1], *paths)
    if differing == RENEWED:
        # what hangs on what was asked for is there again
        again = _asked(twins, wire, jar, method, pair, first)
        differing = difference(again[0], again[1], *paths)
    if differing:
        asked = f"{method} {pair[0].path} (foreign) and {pair[1].path} (absent)"
        twins.report.add(Finding("unlike", who.name, asked, differing), f"{method} {name}")
    twins.pairs += 1
    if method == "GET":
        for place in (0, 1):
            twins.seconds[name][place].append(answers[place].seconds)


def _asked(
    twins: Twins, wire: Wire, jar: Jar, method: str, pair: tuple[Filled, Filled], first: int
) -> dict[int, Answer]:
    answers: dict[int, Answer] = {}
    body = b"found=1" if method in {"POST", "DELETE"} else None
    headers = {"X-CSRFToken": jar.token} if jar.token and body else {}
    for place in (first, 1 - first):
        answers[place] = wire.ask(method, pair[place].path, jar, body, headers)
        twins.report.count("twins", answers[place].status)
        jar.keep(answers[place])
    return answers


def difference(foreign: Answer, absent: Answer, foreign_path: str, absent_path: str) -> str:
    """Returns how two answers differ but for tokens and the path each repeats; "" when they do not."""
    if foreign.status != absent.status:
        return f"answered {foreign.status} and {absent.status}"
    if bare(foreign.body, foreign_path) != bare(absent.body, absent_path):
        return f"the pages differ ({foreign.status}, {len(foreign.body)} and {len(absent.body)} bytes)"
    headers = [_compared(foreign, foreign_path), _compared(absent, absent_path)]
    if headers[0] != headers[1]:
        return f"the headers differ: {sorted(headers[0] ^ headers[1])}"
    return ""


def bare(body: bytes, path: str) -> bytes:
    """Returns a page without the tokens against forgery, and with its own path, however escaped, taken out."""
    body = TOKENS.sub(rb"\1", body)
    for form in _forms(path):
        body = body.replace(form.encode(), b"[path]")
    return body


def _forms(path: str) -> set[str]:
    """A path as it is repeated, the one to come back to after signing in again among them."""
    return {path, html.escape(path), unquote(path), quote(path), quote(path, safe="")}


def _compared(answer: Answer, path: str) -> set[tuple[str, str]]:
    # the token's cookie comes with the first page that has a form, whichever that is
    cookies = {
        ("set-cookie", _cookie(value))
        for name, value in answer.headers
        if name.lower() == "set-cookie" and "csrf" not in value.partition("=")[0]
    }
    return cookies | {
        (name.lower(), _without(value, path)) for name, value in answer.headers if name.lower() not in OWN_WAY
    }


def _without(value: str, path: str) -> str:
    for form in _forms(path):
        value = value.replace(form, "[path]")
    return value


def _cookie(said: str) -> str:
    """Returns a cookie's name, and whether it is taken away."""
    name, _, value = said.split(";", maxsplit=1)[0].partition("=")
    return name if value.strip('"') else f"{name}, taken away"
