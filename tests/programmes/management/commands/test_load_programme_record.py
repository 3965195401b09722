import json

from django.core.management import call_command


def test_load_programme_record_says_what_it_did(db, capsys):
    call_command("load_programme_record", "--json")
    said = capsys.readouterr().out.splitlines()
    assert "Programmes: 7 new, 0 changed, 0 unchanged." in said
    assert json.loads(said[-1])["programmes"] == {"new": 7, "changed": 0, "unchanged": 0}


def test_load_programme_record_says_that_nothing_was_changed(db, capsys):
    call_command("load_programme_record")
    capsys.readouterr()
    call_command("load_programme_record")
    assert "Nothing was changed" in capsys.readouterr().out
