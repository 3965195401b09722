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
