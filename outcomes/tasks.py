"""Doors for the workers: ids in, one act each."""

from celery import shared_task


@shared_task(name="outcomes.close_waves", time_limit=3600)
def close_waves() -> None:
    """
    Closes waves whose last day is over, takes names off every closed one, and works out what was answered since.

    Harmless to deliver twice.
    """
    # inside: loading this module must not load what the acts need
    from django.utils import timezone

    from outcomes.actions import analyse, names, wave

    wave.close_due(today=timezone.localdate())
    names.take_all_names_off()
    analyse.analyse_due()


@shared_task(name="outcomes.take_names_off", time_limit=600)
def take_names_off(*, wave_id: int) -> None:
    """Takes names off one closed wave and works out what was answered; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from outcomes.actions import analyse, names

    names.take_names_off(wave_id)
    analyse.analyse_due()


@shared_task(name="outcomes.reckon_differences", time_limit=600)
def reckon_differences() -> None:
    """Reckons how schools changed beside comparison schools, wherever these or numbers are others than before."""
    # inside: loading this module must not load what the act needs
    from outcomes.actions.difference import reckon_due

    reckon_due()


@shared_task(name="outcomes.destroy_stories", time_limit=600)
def destroy_stories() -> None:
    """Destroys stories on their date; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from django.utils import timezone

    from outcomes.actions.story_keeping import destroy_due

    destroy_due(today=timezone.localdate())
