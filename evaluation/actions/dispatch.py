"""What looks after reports every few seconds, whoever forgot to: the one place that says in which order."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from evaluation.actions.report import send_waiting
from evaluation.actions.report_mail import mail_unmailed, mail_untold
from evaluation.actions.shown import take_off_all

LOCK = "evaluation.dispatch"


def dispatch() -> bool:
    """
    Sends reports that wait to the workers, destroys files in which stands what was taken back, then writes mails.

    Returns whether it did: while another process is at it nothing is done, so that a mail server that does not answer
    holds one worker and not all. Mails come last: what has to go does not wait for them.
    """
    with _alone() as is_alone:
        if is_alone:
            send_waiting()
            take_off_all()
            mail_unmailed()
            mail_untold()
    return is_alone


@contextmanager
def _alone() -> Iterator[bool]:
    """Holds the lock of the database's session, which ends with it: no process that died keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [LOCK])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [LOCK])
