"""Taking an entry off every page, and bringing what it said back."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from programmes.actions import entry as acts
from programmes.kinds import KINDS
from programmes.models import EntryVersion, ProgrammeStatus, PublishedFigure
from tests.factories import record

FIGURE = KINDS["figure"]


@pytest.fixture
def joanne(client, cast):
    client.force_login(cast.joanne)
    return client


@pytest.fixture
def figure(cast):
    row = record.figure(cast.liverpool)
    return acts.keep(kind=FIGURE, row=row, values={"value": Decimal(720)}, why="Says 720", by=cast.joanne)


def of(row, act, kind="figure"):
    return reverse(f"programmes:entry-{act}", args=[kind, row.pk])


def test_it_is_asked_why_and_goes_and_comes_back(joanne, figure):
    assert "Withdraw this published figure?" in joanne.get(of(figure, "withdraw")).content.decode()
    answer = joanne.post(of(figure, "withdraw"), {"why": "", "version": "2"})
    assert (answer.status_code, "Why is missing." in answer.content.decode()) == (422, True)
    page = joanne.post(of(figure, "withdraw"), {"why": "Printed twice", "version": "2"}, follow=True).content.decode()
    assert ("Withdrawn on" in page, "“Printed twice”" in page, PublishedFigure.objects.shown().count()) == (
        True,
        True,
        0,
    )
    back = f"{of(figure, 'restore')}?version=1"
    assert back.replace("&", "&amp;") in page
    assert "<dt>702</dt>" in joanne.get(back).content.decode()
    joanne.post(back, {"why": "It was right", "version": "3"})
    assert PublishedFigure.objects.shown().get().value == 702
    assert EntryVersion.objects.filter(entry=figure.pk).count() == 4


@pytest.mark.parametrize("act", ["withdraw", "restore"])
def test_a_page_that_is_too_old_is_told(joanne, figure, act):
    answer = joanne.post(of(figure, act) + "?version=1", {"why": "w", "version": "1"})
    assert (answer.status_code, "Somebody else changed this meanwhile." in answer.content.decode()) == (422, True)


def test_what_cannot_be_said_any_more_is_not_brought_back(client, cast):
    client.force_login(cast.olu)
    status, kind = ProgrammeStatus.objects.get(programme=cast.liverpool), KINDS["status"]
    acts.keep(kind=kind, row=status, values={"ends_on": date(2020, 12, 31), "source": "S"}, why="w", by=cast.olu)
    later = {"programme": cast.liverpool, "status": "left", "starts_on": date(2021, 1, 1), "ends_on": None}
    later |= {"note": "", "source": "S"}
    acts.keep(kind=kind, row=ProgrammeStatus(), values=later, by=cast.olu)
    page = client.get(of(status, "restore", "status") + "?version=1").content.decode()
    assert ("It cannot come back as it was." in page, "Where it was found is missing." in page) == (True, True)
    posted = client.post(of(status, "restore", "status") + "?version=1", {"why": "w", "version": "2"})
    assert (posted.status_code, EntryVersion.objects.filter(entry=status.pk, kind="status").count()) == (200, 2)


def test_a_manager_brings_nothing_back_into_the_hub_next_door(client, cast):
    row = record.figure(cast.leeds)
    acts.keep(kind=FIGURE, row=row, values={"programme": cast.liverpool}, why="It is of Liverpool", by=cast.olu)
    client.force_login(cast.joanne)
    back = of(row, "restore") + "?version=1"
    assert "It cannot come back as it was." in client.get(back).content.decode()
    client.post(back, {"why": "w", "version": "2"})
    assert PublishedFigure.objects.get().programme == cast.liverpool


@pytest.mark.parametrize("query", ["", "?version=9", "?version=x", "?version=99999999999999999999"])
def test_there_is_no_such_version(joanne, figure, query):
    assert joanne.get(of(figure, "restore") + query).status_code == 404


def test_what_has_no_withdrawing_has_no_page_for_it(joanne, cast):
    status = ProgrammeStatus.objects.get(programme=cast.liverpool)
    assert joanne.get(of(status, "withdraw", "status")).status_code == 404
