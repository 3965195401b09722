"""Signing off a term freezes its figures as they are, once; what is others later is signed again with a reason."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.utils import timezone

from evaluation.actions.sign_off import (
    NotOverYetError,
    ReasonNeededError,
    SignedAlreadyError,
    SignOffRefusedError,
    sign_off_term,
)
from evaluation.figures.signed import thawed
from evaluation.models import SignedFigures, SignOff
from evaluation.queries.calendar import period_of
from evaluation.queries.live import live
from inharmony.access.scope import scoped
from programmes.actions import closing
from tests.factories import evaluation, programmes, schools
from tests.locks import until_somebody_waits
from tests.people import person
from tests.trail import entries

LAST_DAY = date(2026, 11, 17)


def ended(cast, on=LAST_DAY):
    schools.term("autumn", date(2026, 9, 1), on, school=cast.saltwharf)


def taken(cast):
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
        programmes.session(cast.brass, day=date(2026, 11, 12))


def signed(cast, *, by=None, reason="", term="autumn"):
    with scoped(cast.liverpool_scope):
        return sign_off_term(programme=cast.liverpool, year=2026, term=term, by=by or cast.joanne, reason=reason)


def corrected(cast, letters="ppp"):
    cast.session.refresh_from_db()
    with scoped(cast.both):
        evaluation.register(cast.session, letters, by=cast.priya)


@pytest.fixture
def over(cast):
    """A term of Liverpool on its last day: a register taken, one missing."""
    ended(cast)
    taken(cast)
    return cast


def test_every_figure_of_the_term_is_frozen_with_how_complete_it_was(over):
    sign_off = signed(over)
    assert (sign_off.number, sign_off.registers_taken, sign_off.registers_due) == (1, 1, 2)
    with scoped(over.liverpool_scope):
        kept = SignedFigures.objects.get()
        now = live(over.liverpool, period_of(2026, "autumn", over.liverpool), over.joanne)
        assert {table: dict(cells) for table, cells in thawed(kept.cells).items()} == {
            table: dict(cells) for table, cells in now.cells.items() if cells
        }
    (told,) = entries(act="term.signed_off")
    assert told.actor_id == over.joanne.pk
    assert told.programme_id == over.liverpool.pk
    assert told.details["term"] == "autumn term 2026-27"
    assert (told.details["taken"], told.details["due"]) == (1, 2)


def test_what_is_signed_stands_whatever_is_corrected_later(over):
    signed(over)
    corrected(over)
    with scoped(over.liverpool_scope):
        kept = SignedFigures.objects.get()
    assert thawed(kept.cells)["children"]["all", ""].value == 2


def test_a_second_press_changes_nothing_and_is_told(over):
    signed(over)
    with pytest.raises(SignedAlreadyError, match=r"Signed by Joanne Carter, 17 November 2026, 10:42: nothing differs"):
        signed(over)
    assert SignOff.objects.count() == 1


def test_figures_that_differ_are_signed_under_the_next_number_with_the_reason(over):
    signed(over)
    corrected(over)
    with pytest.raises(ReasonNeededError, match="say why"):
        signed(over, reason="  ")
    again = signed(over, reason="A register was marked by mistake.")
    assert again.number == 2
    with scoped(over.liverpool_scope):
        assert list(SignedFigures.objects.order_by("pk").values_list("reason", flat=True)) == [
            "",
            "A register was marked by mistake.",
        ]


def test_a_first_signing_keeps_no_reason(over):
    signed(over, reason="As every year")
    with scoped(over.liverpool_scope):
        assert SignedFigures.objects.get().reason == ""


def test_a_term_is_signed_from_its_last_day_of_teaching(cast):
    ended(cast, on=LAST_DAY + timedelta(days=1))
    with pytest.raises(NotOverYetError, match="from its last day of teaching, 18 November 2026"):
        signed(cast)
    with time_machine.travel("2026-11-18 00:00:00+00:00", tick=False):
        assert signed(cast).number == 1


def test_where_no_dates_are_known_a_term_is_signed_on_the_last_day_that_counts_with_it(cast):
    with pytest.raises(NotOverYetError, match="31 December 2026"):
        signed(cast)


def test_the_school_that_teaches_longest_ends_the_term(over):
    schools.term("autumn", date(2026, 9, 1), date(2026, 12, 18), school=over.marigold)
    # of another hub
    schools.term("autumn", date(2026, 9, 1), date(2026, 12, 22), school=over.kirkfold)
    with pytest.raises(NotOverYetError, match="18 December 2026"):
        signed(over)


def test_terms_and_hubs_are_numbered_on_their_own(over):
    signed(over)
    with time_machine.travel("2027-09-01 10:00:00+00:00", tick=False):
        assert signed(over, term="spring").number == 1
        with scoped(over.leeds_scope):
            leeds = sign_off_term(programme=over.leeds, year=2026, term="autumn", by=over.omar)
    assert leeds.number == 1


def test_a_closed_hub_signs_nothing(over):
    closing.close(programme=over.liverpool, on=timezone.localdate(), by=over.olu)
    with pytest.raises(DatabaseError, match="Liverpool is closed since"):
        signed(over)


@pytest.mark.parametrize(
    "statement", ["UPDATE evaluation_signoff SET number = 7", "DELETE FROM evaluation_signedfigures"]
)
def test_a_sign_off_can_be_neither_changed_nor_deleted(over, statement):
    signed(over)
    denied = pytest.raises(DatabaseError, match="permission denied")
    with denied, scoped(over.liverpool_scope), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_managers_at_once_sign_once_and_the_second_is_told(committed_cast):
    cast, told = committed_cast, []
    ended(cast)
    taken(cast)
    second = person("Mo Second", "manager", programme=cast.liverpool)

    def sign():
        try:
            signed(cast, by=second)
        except SignOffRefusedError as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    waiting = threading.Thread(target=sign)
    with scoped(cast.liverpool_scope):
        sign_off_term(programme=cast.liverpool, year=2026, term="autumn", by=cast.joanne)
        waiting.start()
        until_somebody_waits()
    waiting.join()
    assert told == ["Signed by Joanne Carter, 17 November 2026, 10:42: nothing differs from it."]
    assert SignOff.objects.count() == 1
