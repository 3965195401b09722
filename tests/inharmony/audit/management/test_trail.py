"""The commands round the digest: what they print and with what they end."""

import json

import pytest
from django.core.management import CommandError, call_command

from inharmony.audit.actions.digest import DAY, keep_digests
from tests.inharmony.audit.actions.test_digest import TODAY, administrator, worker

__all__ = ["worker"]


def run(capsys, command):
    code = 0
    try:
        call_command(command, "--json")
    except CommandError as refusal:
        code = refusal.returncode
    lines = capsys.readouterr().out.strip().splitlines()
    return code, lines[:-1], json.loads(lines[-1])


def test_digest_trail_writes_what_is_due_and_says_so_when_nothing_is(worker, capsys):
    code, lines, told = run(capsys, "digest_trail")
    assert (code, told) == (0, {"days": [f"{TODAY - 2 * DAY}", f"{TODAY - DAY}"]})
    assert lines[0].startswith(f"{TODAY - 2 * DAY}: 3 rows, digest ")
    assert run(capsys, "digest_trail") == (0, ["Every day that is over has its digest."], {"days": []})


def test_check_trail_ends_with_0_when_all_is_as_it_was(worker, capsys):
    keep_digests(today=TODAY)
    assert run(capsys, "check_trail") == (
        0,
        ["2 days and 3 rows are what they were."],
        {"days": 2, "rows": 3, "differ": []},
    )


def test_check_trail_says_when_there_is_nothing_to_compare_with(worker, capsys):
    administrator("DELETE FROM audit_auditevent WHERE act = 'children.enrolled'", worker)
    assert run(capsys, "check_trail") == (
        0,
        ["There is no digest yet: the first is made in the night after the first entry."],
        {"days": 0, "rows": 0, "differ": []},
    )


def test_check_trail_names_the_day_and_ends_with_1(worker, capsys):
    keep_digests(today=TODAY)
    administrator("DELETE FROM audit_auditevent WHERE act = 'children.enrolled'", worker)
    code, lines, told = run(capsys, "check_trail")
    day = f"{TODAY - 2 * DAY}"
    assert (code, lines) == (1, [f"{day} audit_auditevent: 3 of 3 rows are gone"])
    assert told["differ"] == [{"day": day, "table": "audit_auditevent", "why": "3 of 3 rows are gone"}]


@pytest.mark.parametrize("command", ["digest_trail", "check_trail"])
def test_wrong_usage_is_told_apart(command):
    with pytest.raises(CommandError) as refusal:
        call_command(command, "--nonsense")
    assert "nonsense" in str(refusal.value)
