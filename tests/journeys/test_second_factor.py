"""Getting a second factor and signing in with it, in a real browser with a passkey of its own."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from tests.factories import programmes
from tests.people import person
from tests.second_factors import shown

pytestmark = pytest.mark.browser
PASSWORD = "three words apart"


@pytest.fixture
def newcomer(stack, django_db_blocker, settings, request):
    """The address of a coordinator who has just joined: with a password, without a second factor."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    with django_db_blocker.unblock(), stack.reached("loader"):
        name = f"Newcomer{len(request.node.name)}"
        user = person(f"{name} Hall", "coordinator", programme=programmes.programme(name))
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user.email


def give_passkeys(page):
    """Puts a phone's lock into the browser, which answers every question with yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def enter_password(page, email):
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_set_up_once_and_then_signs_in_by_one_press(stack, visit, newcomer):
    page = visit()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    give_passkeys(page)
    enter_password(page, newcomer)
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_role("button", name="Set up the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/today/")
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/today/")
    assert said == []


def test_a_passkey_that_does_not_answer_leaves_the_other_ways(stack, visit):
    page = visit()
    page.goto("/sign-in/")
    page.evaluate("() => { navigator.credentials.get = async () => { throw new Error('cancelled') } }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Nothing came back from your device. Try again, or use another way below."
    )
    expect(page.get_by_label("Password")).to_be_editable()


def test_an_app_is_set_up_and_used_without_script(stack, visit, newcomer):
    page = visit(script=False)
    enter_password(page, newcomer)
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Code from the app").fill(shown(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    code = page.locator(".codes code").first.inner_text()
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    enter_password(page, newcomer)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/today/")
