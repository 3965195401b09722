"""The main job, from a school's file to the Arts Council's page and the hub's report, on real servers."""

from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from schools.models import AcademicYear
from tests.factories import programmes, schools
from tests.journeys.looks import LOOKS
from tests.people import person
from tests.second_factors import enrol, shown

pytestmark = pytest.mark.browser

# invented children of one school class, as an office types them
CLASS_LIST = """Class list 4J,,,,
Surname,Forename,DOB,Year,Reg
Okafor,Grace,03/02/2018,4,4J
O’Hare,Niamh,14/11/2017,4,4J
Nowak,Zofia,28/02/2018,4,4J
Hussain,Bilal,01/09/2017,4,4J
Price-Évans,Siân,31/08/2018,4,4J
"""
PASSWORD = "three words apart"


@pytest.fixture
def hub(stack, django_db_blocker, settings):
    """A hub with a partner school, an ensemble and a session today, and no child yet."""
    # the running portal knows no other way of keeping a password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with django_db_blocker.unblock(), stack.reached("loader"):
        hub = programmes.programme("Marlpool")
        school = schools.school("Cloverfield Primary", urn=990_777)
        programmes.partner(hub, school)
        tutor = person("Tess Tutor", "coordinator", programme=hub)
        people = [
            tutor,
            person("Ada Office", "administrator", programme=hub),
            person("Max Manager", "manager", programme=hub),
            person("Nat Council", "national"),
        ]
        for user in people:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            enrol(user)
        strings = programmes.ensemble(hub, "Cloverfield Strings", led_by=[programmes.tutor(hub, tutor.name, tutor)])
        programmes.session(strings)
    return hub


def sign_in(page: Page, who: str) -> Page:
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(f"{who}@hub.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(shown())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def figure(page: Page | Locator, name: str) -> str:
    """Returns the value of a figure as the page, or a part of it, writes it."""
    # what a figure has is looked for in the figure: from the page's own root
    root = page.page if isinstance(page, Locator) else page
    here = page.locator(".figure").filter(has=root.locator(".figure-name", has_text=name))
    return here.first.locator(".figure-value").inner_text().split()[0]


def test_from_a_class_list_to_the_report(hub, visit, tmp_path):
    council = sign_in(visit(width=1280), "nat")
    this_year = AcademicYear(year=AcademicYear.year_of(timezone.localdate()))
    council.goto(f"/national/?year={this_year}")
    live = council.get_by_role("region", name=f"Live, {this_year}")
    held_before = int(figure(live, "Sessions held").replace(",", ""))

    office = sign_in(visit(width=1280), "ada")
    office.goto("/imports/new/")
    office.get_by_label("School", exact=True).select_option(label="Cloverfield Primary (990777)")
    office.get_by_label("Class list").set_input_files(
        {"name": "4J.csv", "mimeType": "text/csv", "buffer": CLASS_LIST.encode()}
    )
    office.get_by_role("button", name="Read the list").click()
    expect(office.get_by_text("5 of 5 rows ready")).to_be_visible()
    office.get_by_role("button", name="Accept").click()
    office.goto("/ensembles/")
    office.get_by_role("link", name="Cloverfield Strings").click()
    office.get_by_label("Class or year group", exact=True).select_option(label="4J, Cloverfield Primary (5)")
    office.get_by_role("button", name="Take them in").click()
    expect(office.get_by_text("5 children joined Cloverfield Strings.")).to_be_visible()

    phone = sign_in(visit(), "tess")
    phone.get_by_role("link", name="Take the register").click()
    expect(phone.locator(".mark")).to_have_count(5)
    absent = phone.locator(".mark", has_text="Zofia Nowak")
    absent.click(position={"x": 20, "y": 20})
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-saved]")).to_contain_text("Saved")
    expect(phone.locator("[data-count]")).to_have_text("4 of 5 here")

    manager = sign_in(visit(width=1280), "max")
    manager.goto("/hub/")
    assert figure(manager, "Children taking part") == "4"
    expect(manager.locator("main")).to_contain_text("4 of 5 marks that could count")
    assert figure(manager, "Attendance at sessions") == "80"

    council.reload()
    assert int(figure(live, "Sessions held").replace(",", "")) == held_before + 1

    manager.goto("/reports/")
    manager.get_by_role("button", name="Make the report").click()
    link = manager.get_by_role("link", name="Download").first
    expect(link).to_be_visible(timeout=60_000)
    with manager.expect_download() as download:
        link.click()
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(download.value.path().read_bytes())).pages)
    assert "Children taking part" in text
    assert "4 of 5 marks that could count" in text
    assert "Zofia" not in text

    address = manager.get_by_role("link", name="Read").first.get_attribute("href")
    assert_read_by_everybody(manager, address)
    # and on a phone that runs no script
    plain = visit(script=False)
    plain.context.add_cookies(manager.context.cookies())
    plain.goto(address)
    expect(plain.locator("main")).to_contain_text("Draft, not issued.")
    expect(plain.locator("main")).to_contain_text("4 of 5 marks that could count")


def assert_read_by_everybody(page: Page, address: str) -> None:
    """The report as a page: axe finds nothing in any look, and nothing runs over the edge."""
    page.goto(address)
    page.wait_for_selector("[data-chart] svg")
    assert figure(page, "Children taking part") == "4"
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        assert (width, scheme, Axe().run(page).response["violations"]) == (width, scheme, [])
    page.set_viewport_size({"width": 320, "height": 700})
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
