import json

import pytest
from django.core.management import CommandError, call_command

from inharmony.access.scope import Scope, scoped
from participants.models import Child
from programmes.models import Programme
from tests import databases


def test_small_has_the_size_it_promises(fresh_database, capsys):
    with databases.connected_as("loader", fresh_database):
        call_command("seed_demo", "--scale", "small", "--years", "3", "--seed", "1", "--json")
        said = capsys.readouterr().out.splitlines()
        made = json.loads(said[-1])
        assert said[0].startswith(f"Invented {made['children']:,} children at 18 schools of 6 programmes")
        assert 1_500 <= made["children"] <= 2_500
        assert 200_000 <= made["marks"] <= 300_000
        assert made["releases"] == 2
        with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
            answered = Child.objects.filter(consents__isnull=False).distinct().count()
        assert 0.9 < answered / made["children"] < 1
        with pytest.raises(CommandError, match="Demonstration data goes into an empty one only") as refusal:
            call_command("seed_demo")
        assert refusal.value.returncode == 1


@pytest.mark.parametrize("wrong", [["--scale", "huge"], ["--years", "0"], ["--seed", "x"]])
def test_wrong_words_are_wrong_usage(wrong):
    with pytest.raises(CommandError):
        call_command("seed_demo", *wrong)
