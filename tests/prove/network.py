"""A phone in a hall with poor wifi: connections cut before and after the portal has read, delays, tabs closed."""

import json
import os
import shutil
import time
from contextlib import suppress
from datetime import time as clock

from playwright.sync_api import BrowserContext, Error, Page, Route, sync_playwright

from inharmony.access.scope import scoped
from tests.factories import participants, programmes
from tests.journeys.conftest import FLAGS, chromium
from tests.prove.stage import Outcome, Stage

LEAST = 20
MOST = 1_400  # sessions that fit into one day
AT_A_PHONE = 25  # runs, after which somebody takes a fresh one
SEND = "**/register/send/"
LETTERS = "plrae"
PRESS = "([name, value]) => document.querySelector(`.choice input[name=${name}][value=${value}]`).click()"
MARKED = "Object.fromEntries([...document.querySelectorAll('.choice :checked')].map(e => [e.name.slice(1), e.value]))"


class Phone:
    """A browser of one person, and the network between it and the portal."""

    def __init__(self, context: BrowserContext, stage: Stage, outcome: Outcome) -> None:
        self.context, self.rng, self.outcome = context, stage.rng, outcome
        self.way = "good"
        self.page: Page = context.new_page()
        context.route(SEND, self._carry)

    def _carry(self, route: Route) -> None:
        # of a tab that is closed meanwhile nothing can be cut or carried any more
        with suppress(Error):
            if self.way == "slow":
                time.sleep(self.rng.uniform(0.05, 0.4))
            if self.way == "cut after":
                route.fetch(max_redirects=0)
            if self.way.startswith("cut"):
                route.abort()
            else:
                route.continue_()

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.page.locator(".mark").first.wait_for()

    def close_and_open(self, path: str) -> None:
        """Closes the tab, in the middle of whatever it does, and opens the register in another."""
        self.page.close()
        self.page = self.context.new_page()
        self.open(path)

    def kept(self) -> dict[str, str]:
        return json.loads(self.page.evaluate("JSON.stringify({...localStorage})"))

    def settle(self) -> bool:
        """Waits until nothing is kept any more; returns whether that came."""
        for _ in range(200):
            if not self.kept():
                return True
            self.page.wait_for_timeout(100)
        return False


def prove(stage: Stage) -> Outcome:
    """Returns the number of runs; wrong is any mark lost or doubled, and any name kept in the browser."""
    outcome = Outcome()
    band, children = _band(stage)
    # Playwright runs a loop of its own in this thread; our own queries beside it are harmless
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = chromium()
        assert path and shutil.which(path), "This proof needs Chromium: see the README"
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        phone = None
        while not outcome.wrong and (stage.goes_on or outcome.counted < LEAST) and outcome.counted < MOST:
            if phone is None or outcome.counted % AT_A_PHONE == 0:
                phone = Phone(_context(browser, stage), stage, outcome)
            _run(stage, phone, band, children)
            outcome.counted += 1
        browser.close()
    outcome.words = "registers taken over a network that cuts, delays and loses answers, with tabs closed"
    return outcome


def _context(browser, stage: Stage) -> BrowserContext:
    visitor = stage.stack.visitor_as(stage.cast.priya)
    context = browser.new_context(base_url=stage.stack.url, viewport={"width": 390, "height": 844}, has_touch=True)
    cookies = [{"name": n, "value": v, "url": stage.stack.url} for n, v in visitor.cookies.items()]
    context.add_cookies(cookies)
    return context


def _band(stage: Stage):
    cast = stage.cast
    band = programmes.ensemble(cast.liverpool, "Poor Wifi", led_by=cast.strings.tutors.all())
    with scoped(cast.liverpool_scope):
        participants.join(band, cast.children, by=cast.joanne)
    return band, cast.children


def _run(stage: Stage, phone: Phone, band, children) -> None:
    rng, outcome = stage.rng, phone.outcome
    start = clock(outcome.counted // 60, outcome.counted % 60)
    session = programmes.session(band, starts_at=start, ends_at=clock(23, 59, 59))
    path = f"/sessions/{session.pk}/register/"
    phone.way = "good"
    phone.open(path)
    wanted, saves = dict.fromkeys((str(child.pk) for child in children), "p"), 0
    for _ in range(rng.randint(2, 7)):
        phone.way = rng.choice(("good", "cut before", "cut before", "cut after", "cut after", "slow"))
        for child in rng.sample(sorted(wanted), rng.randint(0, len(wanted))):
            letter = rng.choice(LETTERS)
            wanted[child] = letter
            phone.page.evaluate(PRESS, [f"m{child}", letter])
        if rng.random() < 0.7:
            phone.page.locator(".save-bar .button-main").click()
            saves += 1
        if rng.random() < 0.3:
            phone.page.wait_for_timeout(rng.randint(0, 200))
        _see_no_name(phone, children)
        if rng.random() < 0.4:
            phone.close_and_open(path)
    phone.way = "good"
    phone.close_and_open(path)
    phone.page.locator("[data-find]").wait_for()  # its script has run
    marked = phone.page.evaluate(MARKED)
    outcome.expect(marked == wanted, f"session {session.pk}: the page shows {marked}, marked was {wanted}")
    phone.page.locator(".save-bar .button-main").click()
    outcome.expect(phone.settle(), f"session {session.pk}: {phone.kept()} is still kept")
    _compare(stage, outcome, session.pk, wanted, saves + 1)


def _see_no_name(phone: Phone, children) -> None:
    kept = json.dumps(phone.kept())
    names = [part for child in children for part in (child.forename, child.surname) if part in kept]
    phone.outcome.expect(not names, f"{len(names)} names are kept in the browser")


def _compare(stage: Stage, outcome: Outcome, session: int, wanted: dict[str, str], saves: int) -> None:
    stack = stage.stack
    marks = stack.rows("SELECT child_id::text, mark FROM participants_attendance WHERE session_id = %s", session)
    outcome.expect(dict(marks) == wanted and len(marks) == len(wanted), f"session {session}: {marks}, not {wanted}")
    version = stack.one("SELECT register_version FROM programmes_session WHERE id = %s", session)
    told = stack.one(
        "SELECT count(*) FROM audit_auditevent WHERE act IN ('register.taken', 'register.corrected', 'register.saved_again')"
        " AND subject_id = %s",
        session,
    )
    outcome.expect(1 <= version <= saves, f"session {session}: {version} versions of {saves} saves")
    outcome.expect(told == version, f"session {session}: {told} entries of {version} versions")
