import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from outcomes.models import LoadedWording
from tests.outcomes.wordings import told


@pytest.fixture
def written(tmp_path):
    def write(**changed):
        path = tmp_path / "words.json"
        path.write_text(json.dumps(told(**changed)))
        return path

    return write


def last(capsys):
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_load_measure_loads_once_and_says_when_it_was_loaded_already(db, capsys, written):
    call_command("load_measure", str(written()), "--json")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "stirling 1: 15 items and 5 answers loaded. It can be asked now."
    assert json.loads(said[-1]) == {"measure": "stirling", "version": "1", "state": "loaded", "problems": []}
    call_command("load_measure", str(written()), "--json")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "stirling 1 is already loaded, with these words. Nothing was changed."
    assert json.loads(said[-1])["state"] == "already loaded"


def test_load_measure_refuses_a_file_with_every_problem_of_it_and_keeps_nothing(db, capsys, written):
    with pytest.raises(CommandError) as refused:
        call_command("load_measure", str(written(source="", instructions="")), "--json")
    assert refused.value.returncode == 1
    assert len(str(refused.value).splitlines()) == 2
    told_ = last(capsys)
    assert (told_["state"], told_["measure"]) == ("refused", None)
    assert [problem["place"] for problem in told_["problems"]] == ["source", "instructions"]
    assert all(problem["remedy"] for problem in told_["problems"])
    assert not LoadedWording.objects.exists()


def test_load_measure_refuses_other_words_than_those_that_are_loaded(db, capsys, written):
    call_command("load_measure", str(written()))
    with pytest.raises(CommandError, match="never changed") as refused:
        call_command("load_measure", str(written(instructions="Other ones.")), "--json")
    assert refused.value.returncode == 1
    assert last(capsys)["state"] == "refused"
    assert LoadedWording.objects.get().instructions == "Invented instructions."


def test_load_measure_without_a_file_is_wrong_usage(db, tmp_path):
    for path in (tmp_path / "absent.json", tmp_path):
        with pytest.raises(CommandError, match="There is no file") as wrong:
            call_command("load_measure", str(path))
        assert wrong.value.returncode == 2
