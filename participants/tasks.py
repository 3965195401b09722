"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="participants.forget_list_checks")
def forget_list_checks() -> None:
    """Deletes what schools said of their class lists, and dead links to them, on their dates; harmless twice."""
    # inside: loading this module must not load what the act needs
    from django.utils import timezone

    from participants.actions import list_check

    list_check.forget(today=timezone.localdate())
