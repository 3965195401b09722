"""Valkey is gone at the moment a report is asked for: nothing is lost, and it starts by itself once Valkey is back."""

import time

from inharmony.servers.waiting import wait_for
from schools.models import AcademicYear

STATES = "SELECT state FROM evaluation_reportjob WHERE report = 'participation' ORDER BY id DESC LIMIT 1"


def test_a_report_asked_for_while_valkey_is_down_is_made_once_it_is_back(stack, django_db_blocker):
    manager = stack.visitor("manager@leeds.example")
    with django_db_blocker.unblock(), stack.reached():
        year = str(AcademicYear.current())
    stack["valkey"].stop()
    try:
        began = time.monotonic()
        asked = manager.post("/reports/ask/", {"report": "participation-leeds", "year": year}, form="/reports/")
        waited = time.monotonic() - began
        assert (asked.status, stack.one(STATES)) == (302, "waiting")
        assert waited < 5, f"the page held for {waited:.1f} s"
        assert "Waiting" in manager.get("/reports/").text
    finally:
        stack["valkey"].start()
        stack["valkey"].wait_until_ready()
    manager.close()
    assert wait_for(lambda: stack.one(STATES) == "done", seconds=90)
