"""Telling the workers of a row that waits: the message is a hint, and the database the queue of record."""

import logging

from kombu.exceptions import OperationalError

from inharmony.celery import app

log = logging.getLogger(__name__)

# a page must not wait for an absent broker: one try, and the beat does the rest
ASK_ONCE = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0, "connect_retries_timeout": 1}


def tell(task: str, **ids: int) -> bool:
    """Sends a task with ids to the workers; returns whether the broker took it. If not, the row waits for the beat."""
    try:
        with app.connection_for_write(transport_options=ASK_ONCE) as broker:
            app.send_task(task, kwargs=ids, connection=broker, ignore_result=True, retry=False)
    except (OperationalError, OSError) as down:
        log.warning("%s of %s waits in the database: the broker did not answer (%s)", task, ids, type(down).__name__)
        return False
    return True
