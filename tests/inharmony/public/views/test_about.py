import pytest


def test_the_first_page_says_what_in_harmony_is_and_leads_to_the_sign_in(client, db):
    page = client.get("/").content.decode()
    assert "Whole schools, learning to play as one orchestra" in page
    assert 'href="/sign-in/"' in page
    assert "Arts Council England, averaged over fifteen years" in page


def test_who_is_signed_in_is_sent_to_their_work(cast, client):
    client.force_login(cast.priya)
    assert client.get("/")["Location"] == "/today/"


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_pages_carry_no_inline_script_and_no_inline_style(client, db, path):
    page = client.get(path)
    assert "style=" not in page.content.decode()
    assert "<script>" not in page.content.decode()
    assert "unsafe" not in page["Content-Security-Policy"]
