"""
Families take their consent to photos back while reports with these photos are made and fetched: none that is fetched
shows a child whose family has refused by then.

Each photo is a plain colour, so that it is told in the pages that come back. What a family said is written down by the
same act that the portal writes it with; the office publishes again what may be shown, as an office would.
"""

import http.client
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from random import Random
from time import monotonic, sleep

from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from inharmony.access.scope import scoped
from inharmony.images import Picture
from inharmony.servers.waiting import wait_for
from participants.actions import photo as acts
from participants.models import Child, Consent, Photo
from programmes.models import Ensemble
from schools.models import AcademicYear
from tests.factories import participants, photos, programmes
from tests.prove.kills import UNFINISHED, moment
from tests.prove.stage import Outcome, Stage
from tests.visitor import Visitor

LEAST = 25  # reports fetched
CHILDREN = 8
REST = 120  # seconds for the reports that wait at the end
# far enough apart that a photo is still told after it was made smaller for print
COLOURS = [(red, green, blue) for red in (20, 235) for green in (20, 128, 235) for blue in (20, 235)]
DONE = "SELECT id FROM evaluation_reportjob WHERE state = 'done' AND programme_id = %s"
SIZE = (960, 640)


@dataclass
class Families:
    """What each family has refused, and since when: noted before the act begins and after it has ended."""

    refused_since: dict[int, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refused_before(self, moment: float) -> dict[int, float]:
        """Returns the children whose family had refused at a moment, with the time of it."""
        with self.lock:
            return {child: since for child, since in self.refused_since.items() if since <= moment}


@dataclass
class Office:
    """Writes down what families say and publishes what may be shown, in a thread of its own, until it is told to stop."""

    stage: Stage
    children: list[Child]
    rng: Random
    families: Families
    ended: threading.Event = field(default_factory=threading.Event)
    counts: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Goes on until `ended`; whatever goes wrong is noted."""
        try:
            with self.stage.stack.reached():
                while not self.ended.is_set():
                    self._hear(self.rng.choice(self.children))
                    if self.rng.random() < 0.7:
                        self._publish()
                    sleep(self.rng.uniform(0.05, 0.6))
        except Exception as error:
            self.wrong.append(f"the office: {error!r}")
        finally:
            connection.close()

    def _hear(self, child: Child) -> None:
        families = self.families
        if child.pk in families.refused_since:
            # no longer held to be refused before the yes is there, for a report may show it from then on
            with families.lock:
                del families.refused_since[child.pk]
            self._answer(child, photos.GIVEN)
            self.counts["given"] += 1
            return
        self._answer(child, photos.REFUSED)
        with families.lock:
            families.refused_since[child.pk] = monotonic()
        self.counts["taken back"] += 1

    def _answer(self, child: Child, answer: Consent.Answer) -> None:
        # committed when the scope ends: only then has the family said it
        with scoped(self.stage.cast.liverpool_scope):
            photos.consent([child], by=self.stage.cast.ruth, answer=answer)

    def _publish(self) -> None:
        try:
            with scoped(self.stage.cast.liverpool_scope):
                hidden = list(Photo.objects.filter(programme=self.stage.cast.liverpool, state=Photo.State.OFF))
                if hidden:
                    acts.publish(photo=self.rng.choice(hidden), by=self.stage.cast.joanne)
                    self.counts["published"] += 1
        except acts.NotPublishableError:
            self.counts["not publishable"] += 1


def prove(stage: Stage) -> Outcome:
    """
    Returns the number of reports that were fetched as files; wrong is one, or its page, with a photo of a child whose
    family had refused by then, and every answer but the report and "it is gone".
    """
    outcome, families = Outcome(), Families()
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": stage.stack.folders.files}}
    with override_settings(STORAGES={**settings.STORAGES, "default": files}):
        on, children, ensemble = _plant(stage)
    office = Office(stage, children, Random(stage.rng.random()), families)
    visitor = stage.stack.visitor_as(stage.cast.joanne)
    visitor.open("/reports/")
    counts: Counter = Counter()
    thread = threading.Thread(target=office.work, daemon=True)
    thread.start()
    fetched: set[int] = set()
    try:
        while not outcome.wrong and not office.wrong and (stage.goes_on or len(fetched) < LEAST):
            _ask(stage, visitor, ensemble, counts)
            sleep(stage.rng.uniform(0, 0.8))
            for (pk,) in stage.stack.rows(DONE, stage.cast.liverpool.pk):
                # now and then one that was fetched before: it may have to be gone by now
                if pk not in fetched or stage.rng.random() < 0.02:
                    _fetch(visitor, pk, on, families, counts, outcome)
                    fetched.add(pk)
                    if stage.rng.random() < 0.3:
                        _read(visitor, pk, on, families, counts, outcome)
    finally:
        office.ended.set()
        thread.join()
    outcome.wrong.extend(office.wrong)
    failed = stage.stack.rows("SELECT id, message FROM evaluation_reportjob WHERE state = 'failed' AND file_name = ''")
    outcome.expect(
        not [row for row in failed if "taken back" not in row[1] and "not shown any more" not in row[1]],
        f"failed: {failed[:3]}",
    )
    rested = wait_for(lambda: not stage.stack.one(UNFINISHED), seconds=REST)
    outcome.expect(rested, f"{stage.stack.one(UNFINISHED)} reports unfinished {REST} s after the last was asked for")
    for (pk,) in stage.stack.rows(DONE, stage.cast.liverpool.pk):
        _fetch(visitor, pk, on, families, counts, outcome)
        fetched.add(pk)
    outcome.expect(counts["photos seen"] > 0, "no photo was in any report: nothing is proven")
    outcome.expect(office.counts["taken back"] > 0, "no family took anything back: nothing is proven")
    outcome.expect(counts["photos read"] > 0, "no photo was on any page: nothing is proven")
    outcome.counted = counts["files"]
    outcome.words = (
        f"files of {len(fetched)} reports with {counts['photos seen']} photos in them, and {counts['pages']} pages with "
        f"{counts['photos read']}; {counts['gone']} times it was gone, while families took consent back "
        f"{office.counts['taken back']} times and gave it {office.counts['given']} times"
    )
    return outcome


def _plant(stage: Stage) -> tuple[dict[int, set[int]], list[Child], Ensemble]:
    """Returns who is on the photo of each colour, by the colour's number; the children; and an ensemble."""
    cast, today = stage.cast, timezone.localdate()
    with scoped(cast.liverpool_scope):
        names = [(f"Pictured {number}", "Demo") for number in range(CHILDREN)]
        children = participants.children(cast.liverpool, cast.marigold, by=cast.joanne, names=names)
        photos.consent(children, by=cast.ruth)
        on = {}
        for number, colour in enumerate(COLOURS):
            named = stage.rng.sample(children, stage.rng.randint(1, 3))
            said = photos.words(taken_on=today, is_in_report=True, caption=f"Colour {number}")
            made = acts.bring_in(
                programme=cast.liverpool,
                picture=_plain(colour),
                taken_on=said.taken_on,
                by=cast.joanne,
                words=said,
            )
            for child in named:
                made = acts.name_child(photo=made, child=child, by=cast.joanne)
            acts.publish(photo=made, by=cast.joanne)
            on[number] = {child.pk for child in named}
    return on, children, programmes.ensemble(cast.liverpool, "Pictured")


def _plain(colour: tuple[int, int, int]) -> Picture:
    files = {wide: photos.encoded(Image.new("RGB", (wide, wide * 2 // 3), colour)) for wide in (480, SIZE[0])}
    return Picture(*SIZE, files)


def _ask(stage: Stage, visitor: Visitor, ensemble: Ensemble, counts: Counter) -> None:
    # something new to report: the same figures with the same photos would be the same report
    programmes.session(ensemble, **moment(counts["asked"]))
    counts["asked"] += 1
    visitor.post("/reports/ask/", {"report": "participation-liverpool", "year": str(AcademicYear.current())})


def _fetch(
    visitor: Visitor, pk: int, on: dict[int, set[int]], families: Families, counts: Counter, outcome: Outcome
) -> None:
    refused = families.refused_before(monotonic())
    body = _answer(visitor, f"/reports/{pk}/file/", counts, outcome)
    if body:
        counts["files"] += 1
        shown = seen_in(body)
        counts["photos seen"] += len(shown)
        _compare(f"report {pk}", shown, on, families, refused, outcome)


def _read(
    visitor: Visitor, pk: int, on: dict[int, set[int]], families: Families, counts: Counter, outcome: Outcome
) -> None:
    refused = families.refused_before(monotonic())
    body = _answer(visitor, f"/reports/{pk}/", counts, outcome)
    if body:
        counts["pages"] += 1
        shown = [int(number) for number in re.findall(r"Colour (\d+)\b", body.decode())]
        counts["photos read"] += len(shown)
        _compare(f"the page of report {pk}", shown, on, families, refused, outcome)


def _answer(visitor: Visitor, path: str, counts: Counter, outcome: Outcome) -> bytes:
    """Returns what came; nothing where the portal says that it is gone, and everything else is wrong."""
    try:
        answer = visitor.get(path)
    except (OSError, http.client.HTTPException) as error:
        outcome.expect(False, f"{path} was not answered: {error!r}")
        return b""
    if answer.status == 200:
        return answer.body
    counts["gone"] += 1
    place = answer.headers.get("Location", "")
    is_said = (answer.status, place) == (302, "/reports/") or answer.status == 404
    outcome.expect(is_said, f"{path} was answered with {answer.status} {place}")
    return b""


def _compare(
    what: str,
    shown: list[int],
    on: dict[int, set[int]],
    families: Families,
    refused: dict[int, float],
    outcome: Outcome,
) -> None:
    # who has said yes meanwhile is none of them
    still = families.refused_before(monotonic())
    held = {child for child, since in refused.items() if still.get(child) == since}
    for colour in shown:
        wrong = on[colour] & held
        outcome.expect(not wrong, f"{what} shows photo {colour}, and the families of {sorted(wrong)} had refused")


def seen_in(pdf: bytes) -> list[int]:
    """Returns the number of the colour of each photo in a PDF, in order."""
    # every page names all that the document holds
    images = {image.name: image for page in PdfReader(BytesIO(pdf)).pages for image in page.images}
    pixels = [image.image.convert("RGB").resize((1, 1)).getpixel((0, 0)) for image in images.values()]
    return [min(range(len(COLOURS)), key=partial(_distance, pixel)) for pixel in pixels]


def _distance(pixel: tuple[int, int, int], number: int) -> int:
    return sum((a - b) ** 2 for a, b in zip(pixel, COLOURS[number], strict=True))
