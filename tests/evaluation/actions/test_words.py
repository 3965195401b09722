from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from evaluation.actions.words import Asked, TooManyWordsError, WordsChangedError, too_long, write_words
from evaluation.models import HubWords
from evaluation.queries.words import history_of, standing_words
from evaluation.returns.shipped import of_year
from inharmony.access.closing import refusal_of
from inharmony.access.scope import scope_of, scoped
from programmes.actions import closing
from schools.models import AcademicYear
from tests.trail import entries, entry

YEAR = AcademicYear(year=2026)


def asked(cast, question="local-need", paper="return", *, hub=None, year=YEAR):
    found = of_year(paper, year.pk)
    return Asked(hub or cast.liverpool, year, found, found.written()[question])


def write(cast, words, *, seen=None, by=None, **which):
    """Writes as somebody who saw what stands."""
    by, on = by or cast.joanne, asked(cast, **which)
    with scoped(scope_of(by)):
        history = history_of(on.programme, on.year.pk, on.paper.key, on.question.id, by)
        seen = (history[0].pk if history else 0) if seen is None else seen
        return write_words(asked=on, words=words, seen=seen, by=by)


def standing(cast, paper="return", *, hub=None, by=None):
    by = by or cast.joanne
    with scoped(cast.both):
        found = standing_words(hub or cast.liverpool, YEAR.pk, paper, by)
    return {question: row.words for question, row in found.items()}


def test_words_are_kept_with_who_wrote_them_and_to_which_version(cast):
    assert write(cast, "  First line\r\nand second.  ")
    with scoped(cast.liverpool_scope):
        row = HubWords.objects.get()
    assert (row.words, row.written_by, row.paper, row.version, row.question) == (
        "First line\nand second.",
        cast.joanne,
        "return",
        1,
        "local-need",
    )
    told = entry(act="words.written")
    assert (told.actor_id, told.programme_id) == (cast.joanne.pk, cast.liverpool.pk)
    # what is written is not in the trail: it stands in the rows, all of it
    assert told.details == {"paper": "return", "year": "2026-27", "question": "local-need", "words": 4}


def test_what_stood_before_stays_as_history_and_words_can_be_taken_off(cast):
    write(cast, "One")
    write(cast, "Two")
    assert standing(cast) == {"local-need": "Two"}
    write(cast, "")
    assert standing(cast) == {}
    with scoped(cast.liverpool_scope):
        found = history_of(cast.liverpool, 2026, "return", "local-need", cast.joanne)
    assert [row.words for row in found] == ["", "Two", "One"]
    assert len(entries(act="words.written")) == 3


def test_writing_what_stands_already_adds_nothing(cast):
    write(cast, "One")
    assert write(cast, " One ") is False
    assert write(cast, "", question="singing-told") is False
    assert len(entries(act="words.written")) == 1


@pytest.mark.parametrize(
    ("question", "paper", "limit"), [("local-need", "return", 200), ("comment-music", "year-end", 300)]
)
def test_no_more_words_than_the_question_allows(cast, question, paper, limit):
    assert write(cast, "word " * limit, question=question, paper=paper)
    with pytest.raises(TooManyWordsError, match=rf"{limit + 2} words, and {limit} are allowed. Take out 2 words."):
        write(cast, "word " * (limit + 2), question=question, paper=paper)
    assert standing(cast, paper) == {question: ("word " * limit).strip()}
    assert len(entries(act="words.written")) == 1


def test_a_limit_is_of_words_and_a_word_without_end_is_too_long():
    assert too_long("one two", 2) == ""
    assert too_long("one two three", 2) == "This has 3 words, and 2 are allowed. Take out 1 word."
    said = "This is too long for 2 words: it has 25 characters. Write at most 24."
    assert too_long("x" * 25, 2) == said
    assert too_long("x\u2060" * 12 + "x", 2) == said
    assert too_long("x" * 24, 2) == ""


@pytest.mark.parametrize("joiner", "\u00ad\u200c\u200d\u2060\ufeff")
def test_a_thousand_words_run_together_by_what_nobody_sees_are_refused(cast, joiner):
    with pytest.raises(
        TooManyWordsError, match=r"too long for 200 words: it has 4,999 characters. Write at most 2,400"
    ):
        write(cast, joiner.join(["drum"] * 1000))
    assert standing(cast) == {}


@pytest.mark.parametrize("gap", "\u2800\u3164\uffa0\u115f\u180e\x1c\x01")
def test_words_between_gaps_that_are_no_blanks_are_many(cast, gap):
    with pytest.raises(TooManyWordsError, match="This has 201 words"):
        write(cast, gap.join(["drum"] * 201))
    assert standing(cast) == {}


def test_what_nobody_sees_takes_words_off_as_an_empty_box_does(cast):
    write(cast, "One")
    assert write(cast, "\u2060\u2800 \ufeff\u3164")
    assert standing(cast) == {}
    assert write(cast, "\u200d") is False


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_unseen(cast):
    write(cast, "Theirs")
    with pytest.raises(WordsChangedError, match="Somebody else wrote here"), transaction.atomic():
        write(cast, "Mine", seen=0)
    assert standing(cast) == {"local-need": "Theirs"}
    assert len(entries(act="words.written")) == 1
    # another question is nobody's hindrance
    assert write(cast, "Mine", seen=0, question="singing-told")


def test_each_hub_year_and_list_has_its_own(cast):
    write(cast, "Ours")
    write(cast, "Theirs", hub=cast.leeds, by=cast.omar)
    write(cast, "Next", year=AcademicYear(year=2027))
    write(cast, "Good", question="achievement-1", paper="year-end")
    assert standing(cast) == {"local-need": "Ours"}
    assert standing(cast, hub=cast.leeds, by=cast.omar) == {"local-need": "Theirs"}
    assert standing(cast, "year-end") == {"achievement-1": "Good"}


def test_a_question_of_figures_takes_no_words(cast):
    paper = of_year("return", 2026)
    on = next(one for one in paper.questions() if one.id == "schools")
    with pytest.raises(TypeError, match="not answered in words"), scoped(cast.liverpool_scope):
        write_words(asked=Asked(cast.liverpool, YEAR, paper, on), words="Many", seen=0, by=cast.joanne)


def test_hub_b_reads_no_word_of_hub_a_whoever_asks(cast):
    write(cast, "Ours")
    for person in (cast.omar, cast.nia, cast.olu, cast.sam, cast.priya, cast.stranger):
        with scoped(cast.both):
            assert not HubWords.objects.visible_to(person).exists()
    # without the first wall, the second
    with scoped(cast.leeds_scope):
        assert not HubWords.objects.exists()
    with pytest.raises(ProgrammingError, match="permission denied"), scoped(scope_of(cast.nia)):
        HubWords.objects.exists()


def test_no_login_changes_or_deletes_what_was_written(cast):
    write(cast, "Ours")
    with scoped(cast.liverpool_scope):
        for act in (lambda: HubWords.objects.update(words="Other"), lambda: HubWords.objects.all().delete()):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                act()


def test_the_database_refuses_what_no_form_takes(cast):
    on = {"programme": cast.liverpool, "academic_year_id": 2026, "paper": "return", "question": "x"}
    on["written_by"] = cast.joanne
    with scoped(cast.liverpool_scope):
        AcademicYear.objects.get_or_create(year=2026)
        with pytest.raises(IntegrityError, match="evaluation_hubwords_not_too_long"), transaction.atomic():
            HubWords.objects.create(words="x" * 8001, version=1, **on)
        with pytest.raises(IntegrityError, match="evaluation_hubwords_version_from_one"), transaction.atomic():
            HubWords.objects.create(words="x", version=0, **on)


def test_a_closed_hub_is_read_and_not_written(cast):
    write(cast, "Before")
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        write(cast, "After")
    assert "everything can be read, and nothing can be changed" in refusal_of(error.value)
    assert standing(cast) == {"local-need": "Before"}


def test_of_many_who_write_at_once_one_does(committed_cast):
    cast = committed_cast

    def press(number):
        try:
            with scoped(scope_of(cast.joanne)):
                return write_words(asked=asked(cast), words=f"Words {number}", seen=0, by=cast.joanne)
        except WordsChangedError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(press, range(4)))
    assert sorted(done) == [False, False, False, True]
    with scoped(cast.liverpool_scope):
        assert HubWords.objects.count() == 1
