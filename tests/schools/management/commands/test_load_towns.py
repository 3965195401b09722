import json

from django.core.management import call_command

from schools.models import Town


def test_load_towns_says_what_it_did_and_does_it_once(db, capsys):
    call_command("load_towns", "--json")
    first = capsys.readouterr().out.splitlines()
    many = Town.objects.count()
    assert first[0] == f"Towns: {many:,} new, 0 changed, 0 unchanged."
    assert json.loads(first[-1]) == {"towns": {"new": many, "changed": 0, "unchanged": 0}}
    call_command("load_towns", "--json")
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["towns"] == {
        "new": 0,
        "changed": 0,
        "unchanged": many,
    }
    assert many > 4_000
