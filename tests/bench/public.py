"""What a browser fetches for a public page the first time, without pictures: the page, its style, its scripts."""

import gzip
import re
from urllib.request import Request, urlopen

from tests.bench.measure import Measure
from tests.stack import RunningStack

TARGET = 60  # kB
PAGES = {
    "home": "/",
    "about": "/about/",
    "in_action": "/in-action/",
    "history": "/history/",
    "impact": "/impact/",
    "funding": "/funding/",
    "where": "/where/",
    "hub": "/where/liverpool/",
    "figures": "/figures/",
}
FILES = re.compile(rb'<(?:link rel="stylesheet" href|script src)="(/static/[^"]+)"')


def measure(stack: RunningStack) -> list[Measure]:
    """Returns the weight of each page as it is sent, packed."""
    return [_weighed(stack, name, path) for name, path in PAGES.items()]


def _weighed(stack: RunningStack, name: str, path: str) -> Measure:
    page = _fetched(stack, path)
    plain = gzip.decompress(page)
    files = sum(len(_fetched(stack, found.decode())) for found in FILES.findall(plain))
    words = f"page {len(page) / 1000:.1f} ({len(plain) / 1000:.1f} unpacked), style and scripts {files / 1000:.1f}"
    return Measure(f"public_{name}_kb", (len(page) + files) / 1000, "kB cold, no pictures", TARGET, words)


def _fetched(stack: RunningStack, path: str) -> bytes:
    """Returns what goes over the wire, packed where the server packs it."""
    request = Request(f"{stack.url}{path}", headers={"Accept-Encoding": "gzip"})
    with urlopen(request, timeout=60) as answer:
        body: bytes = answer.read()
    return body
