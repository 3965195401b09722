import pytest
from django.urls import reverse

from inharmony.pages.landing import landing_url


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("priya", "programmes:today"),
        ("ruth", "evaluation:hub"),
        ("joanne", "evaluation:hub"),
        ("sam", "participants:children"),
        ("nia", "evaluation:national"),
        ("olu", "accounts:people"),
        ("stranger", "pages:account"),
    ],
)
def test_each_role_begins_at_its_work_of_today(cast, who, page):
    assert landing_url(getattr(cast, who)) == reverse(page)


@pytest.mark.parametrize("who", ["priya", "ruth", "joanne", "sam", "nia", "olu", "stranger"])
def test_nobody_begins_at_a_page_they_may_not_open(cast, client, who):
    client.force_login(getattr(cast, who))
    response = client.get("/", follow=True)
    assert response.redirect_chain
    assert response.status_code == 200
