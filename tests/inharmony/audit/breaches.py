"""Breaches for tests: what is known, and the same as a browser sends it."""

from datetime import timedelta

from django.utils import timezone

from inharmony.audit.models import BreachVersion

WHAT = "A register was sent to the wrong school."


def known(**changes) -> BreachVersion:
    """Returns what is known of a breach noticed an hour ago, not yet written."""
    noticed = (timezone.now() - timedelta(hours=1)).replace(second=0, microsecond=0)
    facts = {"what": WHAT, "noticed_at": noticed, "noticed_by": "The office", "kinds": ["names"], "children_about": 30}
    return BreachVersion(**facts | changes)


def sent(version: BreachVersion, **changes) -> dict:
    """Returns the fields of the form as a browser sends them: local time, empty texts."""
    fields = ("what", "happened_at", "noticed_at", "noticed_by", "kinds", "children_about", "done", "ico", "ico_why")
    fields += ("ico_told_at", "families", "families_why", "families_told_at", "closed_at")
    written = {name: getattr(version, name) for name in fields} | changes
    return {name: _as_sent(value) for name, value in written.items()}


def _as_sent(value):
    if value is None:
        return ""
    return f"{timezone.localtime(value):%Y-%m-%dT%H:%M}" if hasattr(value, "tzinfo") else value
