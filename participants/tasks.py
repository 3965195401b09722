"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="participants.destroy_lists", time_limit=600)
def destroy_lists() -> None:
    """Destroys what came from the files of class lists and is older than thirty days."""
    # inside: loading this module must not load what the act needs
    from participants.actions.roster_keeping import destroy_due

    destroy_due()


@shared_task(name="participants.forget_list_checks")
def forget_list_checks() -> None:
    """Deletes what schools said of their class lists, and dead links to them, on their dates; harmless twice."""
    # inside: loading this module must not load what the act needs
    from django.utils import timezone

    from participants.actions import list_check

    list_check.forget(today=timezone.localdate())


@shared_task(name="participants.find_hub_moves", time_limit=600)
def find_hub_moves() -> None:
    """Asks the hubs about children who may have moved to another; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from participants.actions.hub_move import find_hub_moves as find

    find()


@shared_task(name="participants.forget_merges", time_limit=600)
def forget_merges() -> None:
    """Forgets what was kept to undo merges, once they cannot be undone."""
    # inside: loading this module must not load what the act needs
    from participants.actions.merge_undo import forget_images

    forget_images()


@shared_task(name="participants.destroy_past_registers", time_limit=600)
def destroy_past_registers() -> None:
    """Destroys what was read of sheets of past registers and is older than thirty days; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from participants.actions.past_registers_undo import destroy_due

    destroy_due()


@shared_task(name="participants.destroy_photos", time_limit=600)
def destroy_photos() -> None:
    """Destroys photos on their date, and files of photos that are gone; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from django.utils import timezone

    from participants.actions.photo_keeping import destroy_due

    destroy_due(today=timezone.localdate())
