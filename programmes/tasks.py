"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="programmes.remind_of_registers")
def remind_of_registers() -> None:
    """Writes to whose registers are missing; once a week and person, however often it runs."""
    # inside: loading this module must not load what the act needs
    from programmes.actions import reminder

    reminder.remind_of_registers()


@shared_task(name="programmes.destroy_messages")
def destroy_messages() -> None:
    """Destroys messages of the public two years after they were closed; harmless twice."""
    from django.utils import timezone

    from programmes.actions import message

    message.destroy(now=timezone.now())
