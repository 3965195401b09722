"""Today: the day of a person."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from programmes.models import Session
from tests.factories import programmes


def test_today_lists_own_sessions_in_order_and_raises_the_next(client, cast, time_machine):
    day = cast.session.day
    programmes.session(cast.strings, day=day, starts_at=time(9, 0), ends_at=time(9, 45))
    time_machine.move_to(timezone.make_aware(timezone.datetime.combine(day, time(10, 0))), tick=False)
    client.force_login(cast.priya)
    html = client.get("/today/").content.decode()
    assert html.index("09:00") < html.index("10:15")
    assert html.count("agenda-now") == 1
    assert html.index("agenda-now") > html.index("09:00")


def test_today_shows_registers_missing_from_past_days(client, cast):
    missing = programmes.session(cast.strings, day=cast.session.day - timedelta(days=7))
    client.force_login(cast.priya)
    html = client.get("/today/").content.decode()
    assert "Registers missing: 1" in html
    assert f"/sessions/{missing.pk}/register/" in html


def test_today_shows_nothing_of_the_hub_next_door(client, cast):
    client.force_login(cast.omar)
    html = client.get("/today/").content.decode()
    assert ("Kirkfold Strings" in html, "Year 4 Strings" in html) == (True, False)


def test_a_cancelled_session_says_why_and_offers_no_register(client, cast):
    Session.objects.filter(pk=cast.session.pk).update(cancelled_at=timezone.now(), cancel_reason="no_room")
    client.force_login(cast.priya)
    html = client.get("/today/").content.decode()
    assert "Cancelled: no room" in html
    assert f"/sessions/{cast.session.pk}/register/" not in html


@pytest.mark.parametrize("sessions", [1, 3])
def test_today_needs_the_same_statements_whatever_the_day_holds(client, cast, sessions, django_assert_num_queries):
    for hour in range(1, sessions):
        programmes.session(cast.strings, starts_at=time(12 + hour), ends_at=time(13 + hour))
    client.force_login(cast.priya)
    # session, user, roles; savepoint, scope; agenda, missing; savepoint released, scope back
    with django_assert_num_queries(10):
        client.get("/today/")
