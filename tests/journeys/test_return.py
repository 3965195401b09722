"""The return and the year-end form: a manager writes on a phone without script, and takes the workbook away."""

import io
import random
import sys
import unicodedata

import openpyxl
import pytest
from playwright.sync_api import expect

from evaluation.returns.counting import words_in
from tests.evaluation.returns.test_counting import UNSEEN, VECTORS
from tests.journeys.test_pages import enter
from tests.journeys.test_rare_pages import is_for_everybody, on_paper

pytestmark = pytest.mark.browser

MANAGER = "manager@leeds.example"
TOLD = "Two ensembles now meet where families can reach them — on foot."


def test_a_manager_writes_words_on_a_phone_without_script(stack, visit):
    page = visit(script=False)
    enter(page, MANAGER)
    page.goto("/hub/leeds/")
    page.get_by_role("navigation", name="Figures of the hub").get_by_role("link", name="Return").click()
    expect(page.get_by_text("10 questions wait for your words")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="How does what you do answer the needs").first.click()
    page.get_by_label("Your words").fill("drum " * 201)
    page.get_by_role("button", name="Keep the words").click()
    expect(page.get_by_role("alert")).to_contain_text("Take out 1 word.")
    expect(page.get_by_text("201 of 200 words used.")).to_be_visible()
    page.get_by_label("Your words").fill(TOLD)
    page.get_by_role("button", name="Keep the words").click()
    expect(page.get_by_text("is kept.")).to_be_visible()
    expect(page.get_by_text(TOLD)).to_be_visible()
    expect(page.get_by_text("9 questions wait for your words")).to_be_visible()
    assert on_paper(page, "button, .subnav, .files") == []
    page.get_by_role("link", name="Year-end form").click()
    page.get_by_role("link", name="Headline achievement 1").first.click()
    expect(page.get_by_text("0 of 100 words used.")).to_be_visible()
    page.get_by_role("link", name="Leave it").click()
    expect(page.get_by_role("heading", name="Headline achievements")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_words_are_counted_while_they_are_written_as_the_server_counts_them(stack, visit):
    page = visit(width=1280)
    enter(page, MANAGER)
    page.goto("/hub/leeds/words/year-end/achievement-2/")
    box, told = page.get_by_label("Your words"), page.locator("[data-words-told]")
    box.focus()
    page.keyboard.type("mother-in-law’s 1,200 – drums—and naïve 🎻")
    expect(told).to_have_text("5 of 100 words used.")
    box.fill("drum " * 103)
    expect(told).to_have_text("103 of 100 words used: 3 too many.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Take out 3 words.")


# the script of the page, as it is served
COUNT = """async (texts) => {
    const { wordsIn } = await import(document.querySelector("script[src*='js/words.']").src);
    return texts.map(wordsIn);
}"""
# every character that this Python knows; of a newer one a browser may know more. No half of a pair: no form sends one.
KNOWN = [one for one in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(one) not in ("Cn", "Cs")]


def test_script_and_server_count_every_text_alike(stack, visit):
    """Each character alone and between two letters, texts of rare ones, and those counted by hand."""
    draw = random.Random(7)
    some = "ab1é’-—&🎻 \n" + UNSEEN
    texts = [
        *(text for text, _ in VECTORS),
        *KNOWN,
        *(f"a{one}b" for one in KNOWN),
        *("".join(draw.choices(some, k=draw.randint(1, 30))) for _ in range(5_000)),
        *("".join(draw.choices(KNOWN, k=draw.randint(1, 30))) for _ in range(5_000)),
    ]
    page = visit(width=1280)
    enter(page, MANAGER)
    page.goto("/hub/leeds/words/year-end/achievement-2/")
    counted = page.evaluate(COUNT, texts)
    differ = [ascii(text) for text, many in zip(texts, counted, strict=True) if many != words_in(text)]
    assert len(counted) > 500_000
    assert differ == []


def test_what_is_run_together_is_told_to_be_too_long_while_it_is_written(stack, visit):
    page = visit()
    enter(page, MANAGER)
    page.goto("/hub/leeds/words/year-end/achievement-2/")
    box, told = page.get_by_label("Your words"), page.locator("[data-words-told]")
    box.fill("drum\u2060" * 300)
    expect(told).to_have_text("1 of 100 words used, and more than 1,200 characters: too long.")
    box.fill("drum\u2800" * 100)
    expect(told).to_have_text("100 of 100 words used.")
    box.fill("drum\u2060" * 300)
    page.get_by_role("button", name="Keep the words").click()
    expect(page.get_by_role("alert")).to_contain_text("it has 1,500 characters. Write at most 1,200.")


def test_the_workbook_is_taken_away_and_its_links_lead_back(stack, visit):
    page = visit(width=1280)
    enter(page, MANAGER)
    page.goto("/hub/leeds/return/")
    number = page.locator("#q-children .answer-number").inner_text().partition(":")[0].strip()
    with page.expect_download() as taken:
        page.get_by_role("link", name="XLSX of Annual data return").click()
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    row = next(row for row in book["Children"].iter_rows(min_row=3) if row[0].value == "children")
    assert row[3].value == int(number.replace(",", ""))
    page.goto(row[3].hyperlink.target)
    expect(page.get_by_role("heading", name="Children taking part", exact=True)).to_be_visible()
    expect(page.locator(".opened-value")).to_contain_text(number)


@pytest.mark.parametrize(
    "page_of", ["return/", "year-end/", "words/return/governance/", "words/year-end/reached-music/"]
)
def test_the_pages_are_for_everybody(stack, visit, page_of):
    page = visit()
    enter(page, "manager@liverpool.example")
    page.goto("/hub/liverpool/")
    year = page.locator("#id_year option").nth(1).inner_text()
    page.goto(f"/hub/liverpool/{page_of}?year={year}")
    is_for_everybody(page)
