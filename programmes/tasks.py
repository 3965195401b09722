"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="programmes.remind_of_registers")
def remind_of_registers() -> None:
    """Writes to whose registers are missing; once a week and person, however often it runs."""
    # inside: loading this module must not load what the act needs
    from programmes.actions import reminder

    reminder.remind_of_registers()
