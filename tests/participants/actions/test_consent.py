"""Answers about consent: the last one given counts, and each says to which words it answered."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import consent
from participants.models import Consent
from tests.factories.participants import answer
from tests.trail import entries, entry

GIVEN, REFUSED, WITHDRAWN = Consent.Answer
SURVEY = Consent.Purpose.SURVEY
DAY = timedelta(days=1)


@pytest.fixture
def inside(cast):
    """The cast, with the scope of Liverpool's staff open."""
    with scoped(cast.liverpool_scope):
        yield cast


def standing(cast):
    return consent.standing_answer(cast.children[0], SURVEY)


def count():
    return Consent.objects.count()


def tell(cast, **changed):
    """Answers about surveys for the first child, with what a form sends unless told."""
    facts = {
        "child": cast.children[0],
        "purpose": SURVEY,
        "answer": GIVEN,
        "given_by": "Their father",
        "answered_on": date(2026, 10, 1),
        "wording_version": "2026-09",
        "by": cast.ruth,
    }
    return consent.answer_consent(**facts | changed)


@pytest.mark.parametrize(("first", "then"), [(GIVEN, REFUSED), (REFUSED, GIVEN), (GIVEN, WITHDRAWN)])
def test_the_answer_that_stands_is_the_last_one_given(inside, first, then):
    tell(inside, answer=first, answered_on=date(2026, 10, 1))
    tell(inside, answer=then, answered_on=date(2026, 10, 2))
    assert standing(inside).answer == then


def test_of_two_answers_of_one_day_the_one_written_down_last_stands(inside):
    tell(inside, answer=GIVEN)
    tell(inside, answer=REFUSED)
    assert standing(inside).answer == REFUSED


def test_an_older_answer_found_later_does_not_stand(inside):
    tell(inside, answer=REFUSED, answered_on=date(2026, 10, 2))
    tell(inside, answer=GIVEN, answered_on=date(2026, 10, 1))
    assert (standing(inside).answer, count()) == (REFUSED, 2)


@pytest.mark.parametrize("no", [REFUSED, WITHDRAWN])
def test_a_no_of_a_day_before_the_yes_that_stands_is_refused_with_what_to_do(inside, no):
    tell(inside, answered_on=date(2026, 10, 2))
    with pytest.raises(consent.OvertakenError, match="A yes of 2 October 2026 stands, which is later"):
        tell(inside, answer=no, answered_on=date(2026, 10, 1))
    tell(inside, answer=no, answered_on=date(2026, 10, 2))
    assert (standing(inside).answer, count()) == (no, 2)


def test_nobody_was_asked_about_quotations_before_there_was_a_question(inside):
    facts = {"purpose": Consent.Purpose.QUOTATION, "wording_version": "2026-11"}
    with pytest.raises(consent.WordingNotInUseError, match="in use since 30 November 2026"):
        tell(inside, **facts, answered_on=date(2026, 11, 29))


def test_an_answer_keeps_who_gave_it_when_to_which_words_and_who_wrote_it_down(inside):
    made = tell(inside)
    made.refresh_from_db()
    assert (made.given_by, made.answered_on, made.wording_version, made.recorded_by, made.programme) == (
        "Their father",
        date(2026, 10, 1),
        "2026-09",
        inside.ruth,
        inside.liverpool,
    )


def test_answering_about_one_purpose_leaves_the_others_unasked(inside):
    tell(inside)
    others = set(Consent.Purpose) - {SURVEY}
    assert {consent.standing_answer(inside.children[0], purpose) for purpose in others} == {None}


def test_an_answer_sent_twice_is_written_down_once(inside):
    assert tell(inside) == tell(inside)
    assert (count(), len(entries(act="consent.answered"))) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "refusal", "words"),
    [
        ({"answered_on": "tomorrow"}, consent.AnswerInFutureError, "is still to come"),
        ({"answered_on": date(2017, 8, 31)}, consent.AnswerBeforeBirthError, "On 31 August 2017 .* was not born yet"),
        ({"wording_version": "2031-01"}, consent.WordingNotInUseError, "There are: 2024-09, 2026-09"),
        ({"answered_on": date(2026, 8, 31)}, consent.WordingNotInUseError, "in use since 1 September 2026"),
    ],
)
def test_an_impossible_answer_is_refused_and_leaves_nothing_behind(inside, changed, refusal, words):
    if changed.get("answered_on") == "tomorrow":
        changed = {"answered_on": timezone.localdate() + DAY}
    with pytest.raises(refusal, match=words):
        tell(inside, **changed)
    assert (count(), entries(act="consent.answered")) == (0, [])


def test_an_answer_of_today_and_one_to_an_older_wording_are_taken(inside):
    tell(inside, answered_on=timezone.localdate())
    tell(inside, answered_on=timezone.localdate(), wording_version="2024-09")
    assert count() == 2


def test_the_database_takes_no_answer_from_nobody(inside):
    with pytest.raises(IntegrityError, match="given_by_someone"), transaction.atomic():
        tell(inside, given_by="")


def test_withdrawing_takes_a_consent_back_from_today_on(inside):
    tell(inside, answered_on=timezone.localdate())
    consent.withdraw_consent(child=inside.children[0], purpose=SURVEY, given_by="Their mother", by=inside.joanne)
    now = standing(inside)
    assert (now.answer, now.answered_on, now.given_by, now.wording_version, now.recorded_by) == (
        WITHDRAWN,
        timezone.localdate(),
        "Their mother",
        "2026-09",
        inside.joanne,
    )


def test_withdrawing_twice_has_one_effect(inside):
    tell(inside)
    for _ in range(2):
        consent.withdraw_consent(child=inside.children[0], purpose=SURVEY, given_by="Their mother", by=inside.ruth)
    assert (count(), len(entries(act="consent.withdrawn"))) == (2, 1)


@pytest.mark.parametrize("before", [None, REFUSED])
def test_where_no_consent_stands_there_is_none_to_withdraw(inside, before):
    if before:
        answer(inside.children[0], SURVEY, before, by=inside.ruth)
    with pytest.raises(consent.NothingToWithdrawError, match="record that they refused"):
        consent.withdraw_consent(child=inside.children[0], purpose=SURVEY, given_by="Their mother", by=inside.ruth)
    assert (count(), entries(act="consent.withdrawn")) == (int(before is not None), [])


@pytest.mark.parametrize(("said", "act"), [(REFUSED, "consent.answered"), (WITHDRAWN, "consent.withdrawn")])
def test_the_trail_names_child_and_field_and_never_the_answer(cast, said, act):
    with scoped(cast.liverpool_scope):
        tell(cast, answer=said)
    event = entry(act=act)
    assert event.details == {"purpose": "survey", "fields": ["answer"]}
    assert (event.children, event.actor_id, event.programme_id) == (
        [cast.children[0].pk],
        cast.ruth.pk,
        cast.liverpool.pk,
    )


@pytest.mark.parametrize(
    "statement", ["UPDATE participants_consent SET answer = 'given'", "DELETE FROM participants_consent"]
)
def test_answers_are_added_and_never_changed(inside, statement):
    tell(inside, answer=REFUSED)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert standing(inside).answer == REFUSED


def test_two_who_press_at_the_same_moment_leave_one_answer(committed_cast):
    import threading

    started = threading.Barrier(4)

    def press():
        try:
            with scoped(committed_cast.liverpool_scope):
                started.wait(5)
                tell(committed_cast)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scoped(committed_cast.liverpool_scope):
        assert count() == 1
