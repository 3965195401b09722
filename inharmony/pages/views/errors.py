"""When something broke. These pages ask neither the database nor the session."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = "30"  # seconds: a database that restarts is back within them


def server_error(_request: HttpRequest) -> HttpResponse:
    """handler500: a page that says nothing was changed; 503 with a time to come back when the database is away."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)
