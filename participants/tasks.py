"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="participants.find_hub_moves", time_limit=600)
def find_hub_moves() -> None:
    """Asks the hubs about children who may have moved to another; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from participants.actions.hub_move import find_hub_moves as find

    find()
