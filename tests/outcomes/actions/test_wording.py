from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import ProgrammingError, connection, transaction

from outcomes.actions.wording import load_wording
from outcomes.measures.wording import WordingRefusedError
from outcomes.models import LoadedWording
from tests.outcomes.wordings import read, told
from tests.trail import entries, entry


def test_load_wording_keeps_the_very_words_of_the_file_and_says_so_in_the_trail(db):
    wording = read(told())
    assert load_wording(wording=wording, by=None) is True
    kept = LoadedWording.objects.get()
    assert kept.wording == wording
    assert str(kept) == "Words of stirling 1"
    written = entry(act="wording.loaded")
    assert (written.subject, written.subject_id, written.actor_id) == ("outcomes.loadedwording", kept.pk, None)
    assert written.details == {"measure": "stirling", "version": "1", "items": 15}


def test_load_wording_takes_the_same_words_once(db):
    assert load_wording(wording=read(told()), by=None) is True
    assert load_wording(wording=read(told()), by=None) is False
    assert LoadedWording.objects.count() == len(entries(act="wording.loaded")) == 1


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"instructions": "Other instructions."}, "instructions"),
        ({"source": "Elsewhere"}, "source"),
        ({"licence": {"read_by": "Somebody Else", "agreed_on": "2026-11-03"}}, "read_by and agreed_on"),
        ({"answers": [{"value": value, "words": f"Other {value}"} for value in range(1, 6)]}, "answers"),
    ],
)
def test_load_wording_refuses_other_words_of_a_version_that_has_some(db, changed, named):
    load_wording(wording=read(told()), by=None)
    before = LoadedWording.objects.get().wording
    with pytest.raises(WordingRefusedError) as refused, transaction.atomic():
        load_wording(wording=read(told(**changed)), by=None)
    (problem,) = refused.value.problems
    assert problem.value == f"stirling 1 has words already, with other {named}"
    assert "never changed" in problem.remedy
    assert LoadedWording.objects.get().wording == before
    assert len(entries(act="wording.loaded")) == 1


def test_no_login_may_change_or_delete_what_is_loaded(db):
    load_wording(wording=read(told()), by=None)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LoadedWording.objects.update(agreed_on=date(2026, 1, 1))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        LoadedWording.objects.all().delete()
    assert LoadedWording.objects.count() == 1


def test_of_many_who_load_at_once_one_does(fresh_database):
    together, said = Barrier(4), []

    def load():
        together.wait()
        try:
            said.append(load_wording(wording=read(told()), by=None))
        finally:
            connection.close()

    threads = [Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [False, False, False, True]
    assert LoadedWording.objects.count() == 1
