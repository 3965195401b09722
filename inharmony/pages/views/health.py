"""For the proxy and the container engine: is the process alive, can it serve."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu.connection import Connection

from inharmony.access.gates import open_to_all

PATIENCE = 1  # seconds a broker may take to answer


@open_to_all("Asked by the proxy; answers without database or session.")
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive", content_type="text/plain")


@open_to_all("Asked by the proxy before it sends anyone here; names parts, never their addresses.")
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when people can be served: the database answers. An absent queue is named but loses nothing."""
    database = _database_answers()
    parts = {"database": database, "queue": _queue_answers()}
    return JsonResponse({k: "ready" if v else "absent" for k, v in parts.items()}, status=200 if database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _queue_answers() -> bool:
    options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
    with Connection(settings.CELERY_BROKER_URL, transport_options=options) as queue:
        try:
            queue.connect()
        except (OSError, *queue.connection_errors):
            return False
    return True
