import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.models import Child
from programmes.actions import closing
from tests.factories import participants
from tests.participants.lists import accept, class_list, stage


@pytest.fixture
def accepted(cast):
    with scoped(cast.liverpool_scope):
        data = class_list("Bo,Wren,14/03/2018", "Cy,Finch,15/03/2018", "Amara,Adeyemi,01/09/2017,,5")
        return accept(cast.ruth, stage(cast.ruth, data, school=cast.saltwharf))


def undo(capsys, pk, by="ruth@hub.example"):
    code = 0
    try:
        call_command("undo_import", str(pk), "--by", by, "--json")
    except CommandError as refusal:
        code = refusal.returncode
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1]), code


def test_undo_import_takes_the_list_back_and_names_what_it_left(cast, accepted, capsys):
    with scoped(cast.liverpool_scope):
        participants.join(cast.strings, [Child.objects.get(forename="Bo")], by=cast.ruth)
    told, code = undo(capsys, accepted.pk)
    assert code == 0
    assert told == {
        "import_id": accepted.pk,
        "removed": 1,
        "restored": 1,
        "kept": [{"row": 2, "why": "is in an ensemble"}],
        "refused": None,
    }


@pytest.mark.parametrize("by", ["omar@hub.example", "priya@hub.example", "no@hub.example"])
def test_undo_import_refuses_people_of_whom_it_is_not(cast, accepted, capsys, by):
    told, code = undo(capsys, accepted.pk, by)
    assert (code, bool(told["refused"])) == (1, True)
    with scoped(cast.liverpool_scope):
        assert Child.objects.filter(forename="Bo").exists()


def test_undo_import_is_done_once(cast, accepted, capsys):
    undo(capsys, accepted.pk)
    told, code = undo(capsys, accepted.pk)
    assert (code, told["refused"]) == (1, "This import is not in force: only an accepted import can be undone.")


def test_undo_import_refuses_a_closed_hub_in_words(cast, accepted, capsys):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    told, code = undo(capsys, accepted.pk)
    assert (code, told["refused"].startswith("Liverpool is closed since")) == (1, True)
    with scoped(cast.liverpool_scope):
        assert Child.objects.filter(forename="Bo").exists()
