"""No test here but the last opens the database: pytest-django refuses any query they would make."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

from inharmony.pages.views.errors import server_error

REQUEST = RequestFactory().get("/anything/")


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("400.html", "The portal could not read that request"),
        ("403.html", "Your role does not include this"),
        ("403_csrf.html", "The page was open for too long"),
        ("404.html", "There is no page here for you"),
        ("500.html", "Something broke on our side"),
        ("503.html", "The portal is away for a moment"),
    ],
)
def test_each_page_says_what_happened_and_where_to_go_on(page, says):
    html = render_to_string(page)
    assert says in html
    assert '<a class="button" href="/">' in html


def test_pages_render_from_djangos_own_handlers():
    assert defaults.page_not_found(REQUEST, Http404()).status_code == 404
    assert defaults.bad_request(REQUEST, BadRequest()).status_code == 400
    assert "too long" in csrf_failure(REQUEST).content.decode()


def test_a_refusal_gives_its_reason_escaped():
    html = defaults.permission_denied(REQUEST, PermissionDenied("Only <Ruth> may.")).content.decode()
    assert "Only &lt;Ruth&gt; may. Nothing was changed." in html


def broken_by(fault):
    """Returns what the handler answers while `fault` is being handled."""
    try:
        raise fault
    except type(fault):
        return server_error(REQUEST)


def test_a_fault_is_500_and_an_absent_database_503_with_a_time_to_come_back():
    assert broken_by(ZeroDivisionError()).status_code == 500
    away = broken_by(OperationalError())
    assert away.status_code == 503
    assert int(away["Retry-After"]) > 0


def test_an_address_that_does_not_exist_is_404_with_the_portals_page(client, db):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is no page here for you" in response.content.decode()
