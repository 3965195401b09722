from tests import databases

CLOSED = "redis://127.0.0.1:1/0"


def test_alive_is_answered_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive")


def test_ready_when_the_database_answers(client, db):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ready", "queue": "ready"}


def test_ready_without_the_queue_because_nothing_is_lost_without_it(client, db, settings):
    settings.CELERY_BROKER_URL = CLOSED
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ready", "queue": "absent"}


def test_not_ready_without_a_database(client, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), databases.connected_as("web", "no_such_database"):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] == "absent"
