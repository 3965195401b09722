"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="participants.destroy_lists", time_limit=600)
def destroy_lists() -> None:
    """Destroys what came from the files of class lists and is older than thirty days."""
    # inside: loading this module must not load what the act needs
    from participants.actions.roster_keeping import destroy_due

    destroy_due()
