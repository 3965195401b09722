"""Doors for the workers: one act each."""

from celery import shared_task


@shared_task(name="accounts.disable_unused_accounts")
def disable_unused_accounts() -> None:
    """Shuts accounts not used for twelve months, and writes to those whose turn is in two weeks; harmless twice."""
    # inside: loading this module must not load what the act needs
    from inharmony.accounts.actions import unused

    unused.disable_unused_accounts(by=None)


@shared_task(name="accounts.forget_ended_sessions")
def forget_ended_sessions() -> None:
    """Deletes what is left of sessions that ran out: whose, from where, with what; harmless twice."""
    from inharmony.accounts import sessions

    sessions.forget_ended_sessions()
