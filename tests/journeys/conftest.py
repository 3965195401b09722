"""The running portal and a real browser in front of it."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# two processes and a browser each share the cores: what is waited for comes later, and that is no fault of a page
expect.set_options(timeout=15_000)


def chromium() -> str | None:
    """Returns where the system's Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium; without it these tests are skipped, visibly, unless BROWSER=required."""
    path = chromium()
    if path is None:
        if os.environ.get("BROWSER") == "required":
            pytest.fail("Chromium is not installed, and BROWSER=required asks for it")
        pytest.skip("no Chromium on this machine: `apt-get install chromium`, then run again")
    # Playwright runs a loop of its own in this thread; the tests' own queries beside it are harmless
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def visit(browser, stack):
    """Returns a page of the portal as a fresh visitor: a phone unless told; closed with the test."""
    contexts = []

    def visited(*, width: int = 390, scheme: str = "light", script: bool = True):
        context = browser.new_context(
            base_url=stack.url,
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            java_script_enabled=script,
            has_touch=width < 600,
            reduced_motion="reduce",  # colours that are still fading have no contrast to measure
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield visited
    for context in contexts:
        context.close()
