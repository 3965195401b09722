"""The command that shuts unused accounts: what it says, what it does, what it only would do."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from inharmony.accounts.models import User
from tests.trail import entries


@pytest.fixture
def run(cast, capsys):
    long_ago = datetime(2020, 9, 1, tzinfo=UTC)
    User.objects.filter(pk=cast.priya.pk).update(joined_at=long_ago)
    User.objects.filter(pk=cast.olu.pk).update(joined_at=long_ago)
    User.objects.filter(pk=cast.ruth.pk).update(joined_at=timezone.now() - timedelta(days=360))

    def runner(*more):
        call_command("disable_unused_accounts", *more)
        return capsys.readouterr().out.strip().splitlines()

    return runner


def shut():
    return sorted(User.objects.filter(is_active=False).values_list("name", flat=True))


def test_a_dry_run_says_what_would_be_done_and_does_nothing(run, mailoutbox):
    lines = run("--dry-run", "--json")
    assert json.loads(lines[-1]) == {"warned": 1, "disabled": 1, "kept": 1, "dry_run": True}
    assert "priya@hub.example, not used since 1 September 2020: would be shut." in lines
    assert (shut(), mailoutbox, entries(act__startswith="person.")) == ([], [], [])


def test_it_does_it_and_counts(run):
    lines = run("--json")
    assert json.loads(lines[-1]) == {"warned": 1, "disabled": 1, "kept": 1, "dry_run": False}
    assert (
        "olu@hub.example, not used since 1 September 2020: not used either, but the last operator: stays open." in lines
    )
    assert shut() == ["Priya Shah"]


def test_a_second_run_has_nothing_left_but_the_last_operator(run):
    run()
    assert json.loads(run("--json")[-1]) == {"warned": 0, "disabled": 0, "kept": 1, "dry_run": False}
