"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="audit.keep_digests", time_limit=600)
def keep_digests() -> None:
    """Writes the digest of each day of the trail that is over."""
    # inside: loading this module must not load what the act needs
    from django.utils import timezone

    from inharmony.audit.actions.digest import keep_digests as keep

    keep(today=timezone.localdate())
