"""Links that let their holder in are not in the log."""

import logging

import pytest

from inharmony.settings.logs import WithoutSecrets


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Unprocessable Entity: /invitation/hL3x-secret_9/", "Unprocessable Entity: /invitation/…/"),
        ("Gone: /class-list/hL3x-secret_9/", "Gone: /class-list/…/"),
        ("Forbidden: /answer/CDFGHJK1000/3/", "Forbidden: /answer/…/3/"),
        ("Bad Request: /password/reset/4-cx12-9ab/", "Bad Request: /password/reset/…/"),
        ("Not Found: /account/confirm-address/MQ:1sX/", "Not Found: /account/confirm-address/…/"),
        ("Not Found: /calendar/hL3x-secret_9.ics", "Not Found: /calendar/…"),
        ("Forbidden: /account/calendar/make/", "Forbidden: /account/calendar/make/"),
        ("Forbidden: /sessions/17/register/", "Forbidden: /sessions/17/register/"),
    ],
)
def test_the_secret_of_a_link_is_taken_out_of_a_line(line, kept):
    reason, _, path = line.partition(": ")
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", (reason, path), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == kept


def test_every_line_of_the_console_passes_it(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_secrets"]
    assert settings.LOGGING["root"]["handlers"] == ["console"]
