"""A whole country: rows in the database, cut by the portal, fetched as each role can fetch it, laid together, attacked."""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from random import Random
from urllib.parse import urljoin, urlsplit

from django.core.management import call_command

from evaluation.actions.release import cut_release
from evaluation.models import Release
from inharmony.pages.public import new_edition
from participants.models.attendance import Mark
from tests.attack import judge
from tests.attack.answered import WHOLE, answers_given_away, answers_told_by_difference, followed
from tests.attack.assembled import Names, assembled
from tests.attack.breaches import breaches
from tests.attack.country import Counts, counts
from tests.attack.drive.answering import STEPS, Answering
from tests.attack.drive.expected import Expected
from tests.attack.drive.planting import Planted, plant, whole_country
from tests.attack.judge import Findings
from tests.attack.readers import Out
from tests.attack.reading import Document, Place, read
from tests.clients import SignedInClient
from tests.databases import connected_as
from tests.factories.schools import this_year

# where figures that have left a hub can be found; a hub's own pages are exact, and that it knows its own is assumed
NATIONAL_START = "/national/"
STARTS = ("/figures/", NATIONAL_START)
WITHIN = ("/figures/", "/national/")
RELEASES = "/figures/releases/"
MOST = 400
NOBODY, NATIONAL = "nobody", "national"
# what answers at the national start page: the way in for who is nobody yet, and a refusal for a hub
ANSWERS = {NOBODY: 302, NATIONAL: 200}
REFUSED = 403


@dataclass
class Seen:
    """What was found of a country: numbers compared, what differed, and what readers got out of them."""

    documents: int = 0
    compared: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    found: Findings = field(default_factory=Findings)
    on_paper: int = 0
    bars: int = 0
    headlines: int = 0
    shown: int = 0
    # numbers of what was answered that are out
    answers: int = 0


def crawl(
    client: SignedInClient, wrong: list[str], starts: Iterable[str] = STARTS, most: int = MOST, *, national: int = 200
) -> Iterator[tuple[Document, bytes]]:
    """
    Returns pages, files and pictures of figures that somebody comes to from the start pages, by what links say.

    `national` is what answers at the national start page; every other address answers with what was asked for. What
    answers otherwise is added to `wrong`.

    Every release with its files goes first; of the rest at most so many, the kinds of address that were asked for least,
    so that one long list does not keep out the others.
    """
    waiting, known, asked = list(starts), set(starts), Counter[str]()
    while waiting:
        address = min(waiting, key=lambda one: (not one.startswith(RELEASES), asked[_shape(one)]))
        if asked.total() >= most and not address.startswith(RELEASES):
            break
        waiting.remove(address)
        asked[_shape(address)] += 1
        answer = client.get(address)
        expected = national if address == NATIONAL_START else 200
        if answer.status_code != expected:
            wrong.append(f"{address} answers {answer.status_code}, not {expected}")
        if answer.status_code != 200:
            continue
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        document = read(address, answer["Content-Type"], body)
        yield document, body
        for link in document.links:
            parts = urlsplit(urljoin(address, unescape(link)))
            found = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc in {"", "testserver"} and parts.path.startswith(WITHIN) and found not in known:
                known.add(found)
                waiting.append(found)


def _shape(address: str) -> str:
    """An address without what it names: its first parts, how long it is, and the kind of file."""
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    return f"{parts[:2]} {len(parts)} {path.rpartition('.')[2] if '.' in parts[-1] else ''} {bool(query)}"


def attack_whole(number: int, database: str, *, most_hubs: int = 6, most: int = MOST, with_paper: bool = True) -> Seen:
    """
    Returns what is found of a country of a number, in an empty database that Django stands in as `web`.

    Two releases are cut, the second with one child more or less and with answers of those who came late; all that is
    out after the second is attacked.
    """
    rng = Random(number)
    made = whole_country(rng, most_hubs)
    while not made.children:
        made = whole_country(rng, most_hubs)
    planted, seen = plant(made), Seen()
    child, sign = rng.randrange(len(made.children)), rng.choice((1, -1))
    without = made.__class__(
        made.hubs, made.dimensions, (*made.children[:child], *made.children[child + 1 :]), made.name
    )
    before, after = (without, made) if sign > 0 else (made, without)
    planted.mark(child, Mark.NO_REASON if sign > 0 else Mark.PRESENT)
    answering = Answering.of(planted, database, rng)
    answering.at_first()
    first = _cut(database)
    answering.once_more()
    planted.mark(child, Mark.PRESENT if sign > 0 else Mark.NO_REASON)
    second = _cut(database)
    truths = {"k": counts(before), "k+1": counts(after)}
    releases = {"k": first, "k+1": second}
    outs, cells = _fetched(planted, releases, truths, seen, most=most, with_paper=with_paper)
    _attack_answers(answering, cells, seen)
    for when, out in outs.items():
        seen.wrong += [f"{rule} broken at {place} of {when}" for rule, place in breaches(out.published, truths[when])]
        seen.found.add(judge.by_anybody([out], truths))
        for hub in made.hubs:
            seen.found.add(judge.by_hubs([out], truths, hub))
    mine = made.children[child].rows[0].hub
    for hub in ("", mine, rng.choice(made.hubs)):
        seen.found.add(judge.by_the_difference(outs["k"], outs["k+1"], truths, sign, hub))
    seen.wrong += [*seen.found.misread, *map(str, seen.found.leaks)]
    return seen


def _cut(database: str) -> Release:
    with connected_as("worker", database):
        release = cut_release(academic_year=this_year(), by=None)
    new_edition()
    return release


def _fetched(
    planted: Planted,
    releases: dict[str, Release],
    truths: dict[str, Counts],
    seen: Seen,
    *,
    most: int,
    with_paper: bool,
) -> tuple[dict[str, Out], dict[str, dict[Place, str]]]:
    """
    Compares everything that everybody can fetch with the releases.

    Returns what a reader laid together of each: of children, and all numbers by place.
    """
    expected = {when: Expected.of(release) for when, release in releases.items()}
    cells: dict[str, dict[Place, str]] = {when: {} for when in releases}
    names: dict[str, Names] = {}
    people = {NOBODY: None, NATIONAL: planted.national, **planted.managers}
    everything = [
        (who, document, body)
        for who, one in people.items()
        for document, body in crawl(_as(one), seen.wrong, most=most, national=ANSWERS.get(who, REFUSED))
    ]
    if with_paper:
        everything.append((NATIONAL, _paper(), b""))
    for _, document, body in everything:
        if document.kind == "application/json" and b'"tables"' in body:
            names[_when(document, releases)] = Names.of(json.loads(body))
    for who, document, body in everything:
        when = _when(document, releases)
        seen.documents += 1
        seen.kinds[document.kind] = seen.kinds.get(document.kind, 0) + 1
        for place, text in names[when].placed(document):
            cells[when][place] = text
            seen.compared += place in expected[when].cells
            if not expected[when].says(place, text):
                seen.wrong.append(f"{who} reads {text} at {'/'.join(place)} of {document.address}")
        seen.wrong += [f"{who}: {words}" for words in expected[when].strange(document, body, truths[when])]
    for when in releases:
        seen.on_paper += expected[when].on_paper
        seen.bars += expected[when].bars
        missing = [place for place in expected[when].cells if place not in cells[when]]
        seen.wrong += [f"{'/'.join(place)} of {when} is nowhere to be read" for place in missing]
        headline = [place for place in expected[when].cells if place.row in names[when].totals.values()]
        seen.headlines += len(headline)
        seen.shown += sum(cells[when].get(place, "c") not in {"c", "x", "z"} for place in headline)
        total = expected[when].source.said("children").value
        if total is not None and abs(int(total) - truths[when].total.count) > 3:
            seen.wrong.append(f"{total} children of {when}, where {truths[when].total.count} came")
    outs = {when: Out(when, assembled(cells[when], names[when], planted.country.hubs)) for when in releases}
    return outs, cells


def _attack_answers(answering: Answering, cells: dict[str, dict[Place, str]], seen: Seen) -> None:
    """Holds what is out of answers against what was answered, each release alone and the one less the other."""
    truths = {"k": answering.first, "k+1": followed(answering.first, answering.all)}
    rows = {hub: programme.short_name for hub, programme in answering.planted.programmes.items()}
    rows[WHOLE] = "All"
    for when, truth in truths.items():
        there = {place: text for place, text in cells[when].items() if place.table in STEPS}
        seen.answers += sum(text not in {"c", "–"} for text in there.values())
        seen.wrong += answers_given_away(there, truth, rows, STEPS)
    seen.wrong += answers_told_by_difference(cells, {"k": answering.first, "k+1": answering.all}, rows)


def _as(person) -> SignedInClient:
    client = SignedInClient()
    if person:
        client.force_login(person)
    return client


def _when(document: Document, releases: dict[str, Release]) -> str:
    """Which release an address is of: that of its number, else the newest."""
    # /figures/releases/2025-26/year/1.csv, /national/tables/2025-26/year/1/income.csv
    numbered = re.search(r"/\d{4}-\d\d/\w+/(\d+)\b", document.address)
    return next((when for when, one in releases.items() if numbered and numbered[1] == str(one.number)), "k+1")


def _paper() -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nation.pdf"
        call_command("build_report", "participation", year=str(this_year()), national=True, out=path, verbosity=0)
        return read("/reports/nation.pdf", "application/pdf", path.read_bytes())
