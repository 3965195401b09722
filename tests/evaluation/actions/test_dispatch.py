"""What looks after reports runs once at a time, and what has to go does not wait for mails."""

import threading

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from evaluation.actions.dispatch import LOCK, dispatch
from evaluation.models import ReportJob
from evaluation.reports import shelf as kept
from inharmony.access.scope import scoped
from inharmony.servers.waiting import wait_for
from tests.databases import connected_as
from tests.evaluation.actions.test_shown import ask, done, quoted  # noqa: F401 - a fixture
from tests.factories import stories


def test_while_one_is_at_it_another_does_nothing(committed_cast, fresh_database):
    with connected_as("worker", fresh_database):
        assert dispatch()
        held, let_go = threading.Event(), threading.Event()

        def hold():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [LOCK])
                held.set()
                let_go.wait(30)
            connection.close()

        other = threading.Thread(target=hold)
        other.start()
        held.wait(30)
        assert not dispatch()
        let_go.set()
        other.join()
        # a session that ended holds nothing, as soon as the server has seen its end
        assert wait_for(dispatch, seconds=10)


def test_what_was_taken_back_is_destroyed_while_no_mail_can_be_sent(quoted, fresh_database, monkeypatch):  # noqa: F811
    job = done(quoted, ask(quoted))
    with scoped(quoted.liverpool_scope):
        stories.consent(quoted.children[:1], by=quoted.ruth, answer=stories.REFUSED)
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(OSError("no route")))
    with connected_as("worker", fresh_database):
        assert dispatch()
    assert ReportJob.objects.get(pk=job.pk).state == ReportJob.State.FAILED
    assert not kept.is_there(job.file_name)
