import pytest


def test_the_first_page_says_what_in_harmony_is_and_leads_to_the_sign_in(client, db):
    page = client.get("/").content.decode()
    assert "Whole schools, learning to play as one orchestra" in page
    assert 'href="/sign-in/"' in page
    assert "Arts Council England, averaged over fifteen years" in page


def test_the_public_page_asks_nothing_of_the_database(client):
    # the database is not opened to this test: a query would fail it
    assert client.get("/about/").status_code == 200


def test_who_is_signed_in_is_sent_to_their_work(cast, client):
    client.force_login(cast.priya)
    assert client.get("/")["Location"] == "/today/"
    assert "Sign in</a>" not in client.get("/about/").content.decode()


def test_the_account_page_shows_the_roles_held_and_the_way_out(cast, client):
    client.force_login(cast.joanne)
    page = client.get("/account/").content.decode()
    assert "Hub manager" in page
    assert "Liverpool" in page
    assert 'action="/sign-out/"' in page


def test_somebody_without_a_role_is_told_whom_to_ask(cast, client):
    client.force_login(cast.stranger)
    page = client.get("/account/").content.decode()
    assert "No role today" in page
    assert "Ask the manager of your hub" in page


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_pages_carry_no_inline_script_and_no_inline_style(client, db, path):
    page = client.get(path)
    assert "style=" not in page.content.decode()
    assert "<script>" not in page.content.decode()
    assert "unsafe" not in page["Content-Security-Policy"]
