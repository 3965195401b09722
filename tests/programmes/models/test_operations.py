"""Operational counts never drift, whatever happens to sessions."""

from datetime import time, timedelta

from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.models import OperationalCount, Session
from tests.factories import programmes


def recount():
    counted = {}
    for s in Session.objects.all():
        key = (s.programme_id, s.day)
        minutes = (s.ends_at.hour - s.starts_at.hour) * 60 + s.ends_at.minute - s.starts_at.minute
        old = counted.get(key, (0, 0, 0, 0, 0))
        new = (1, int(s.is_held), int(s.is_cancelled), minutes, minutes * s.is_held)
        counted[key] = tuple(a + b for a, b in zip(old, new, strict=True))
    return counted


def kept():
    rows = OperationalCount.objects.values_list(
        "programme_id", "day", "planned", "held", "cancelled", "minutes_planned", "minutes_held"
    )
    return {(row[0], row[1]): row[2:] for row in rows if any(row[2:])}


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "take", "cancel", "move", "lengthen", "delete", "take_all", "delete_day"]),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_counts_equal_a_recount_after_any_mix_of_changes(cast, acts):
    programmes.forget(Session.objects.all())
    start = timezone.localdate()
    for number, (act, which, offset) in enumerate(acts):
        day = start + timedelta(days=offset)
        chosen = Session.objects.order_by("id")[which : which + 1].values("pk")
        some = Session.objects.filter(pk__in=[row["pk"] for row in chosen])
        if act == "add":
            ensemble = (cast.strings, cast.leeds_strings)[which % 2]
            at = time(8 + number // 4, (number % 4) * 15)
            programmes.session(ensemble, day=day, starts_at=at, ends_at=time(at.hour + 1, at.minute))
        elif act == "take":
            some.filter(cancelled_at=None).update(
                register_taken_at=timezone.now(),
                register_taken_by=cast.priya,
                register_version=F("register_version") + 1,
            )
        elif act == "take_all":
            Session.objects.filter(day=day, cancelled_at=None).update(
                register_taken_at=timezone.now(),
                register_taken_by=cast.priya,
                register_version=F("register_version") + 1,
            )
        elif act == "cancel":
            some.filter(register_taken_at=None).update(cancelled_at=timezone.now(), cancel_reason="other")
        elif act == "move":
            some.update(day=start + timedelta(days=10 + number))
        elif act == "lengthen":
            some.update(ends_at=time(22, 30))
        elif act == "delete_day":
            programmes.forget(Session.objects.filter(day=day))
        else:
            programmes.forget(some)
    assert kept() == recount()
