"""Writing a hub's own words. The one place that does."""

from dataclasses import dataclass

from django.db import connection, transaction

from evaluation.models import HubWords
from evaluation.returns.counting import most_characters, trimmed, words_in
from evaluation.returns.structure import Question, Return, Written
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from programmes.models import Programme
from schools.models import AcademicYear


class WordsRefusedError(Exception):
    """Words that cannot be kept so; the text says why and what to do."""


class TooManyWordsError(WordsRefusedError):
    """More words than the question allows."""


class WordsChangedError(WordsRefusedError):
    """Somebody else wrote on the question after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else wrote here after you opened the page. Yours are not kept yet: look at theirs in the history "
            "below, take from it what should stay, and keep again."
        )


@dataclass(frozen=True)
class Asked:
    """Which words: of which hub and year, on which question of which list."""

    programme: Programme
    year: AcademicYear
    paper: Return
    question: Question


def tidy(words: str) -> str:
    """
    Returns words as they are kept: line ends of one kind, a blank for each tab, no blanks round them; none where
    nothing is seen.
    """
    return trimmed(words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def too_long(words: str, limit: int) -> str:
    """Returns what to say of words over a limit, empty where they are within it."""
    many, most = words_in(words), most_characters(limit)
    if many > limit:
        over = many - limit
        return f"This has {many:,} words, and {limit:,} are allowed. Take out {over:,} word{'' if over == 1 else 's'}."
    if len(words) > most:
        return f"This is too long for {limit:,} words: it has {len(words):,} characters. Write at most {most:,}."
    return ""


@transaction.atomic
def write_words(*, asked: Asked, words: str, seen: int, by: User) -> bool:
    """
    Keeps a hub's words on a question, and returns whether they differ from what stood. Empty words take them off.

    What stood before stays as history. `seen` is the key of the last row that the person saw, 0 where there was none.
    Raises WordsRefusedError where there are more words than the question allows, or somebody wrote meanwhile. In a hub
    that is closed the database refuses.
    """
    if not isinstance(asked.question.answer, Written):
        raise TypeError(f"{asked.question.id} is not answered in words")
    words = tidy(words)
    if said := too_long(words, asked.question.answer.limit):
        raise TooManyWordsError(said)
    with connection.cursor() as cursor:
        # of two who write at once one comes after the other, also where nothing stands yet
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('evaluation_hubwords'), %s::integer)", [asked.programme.pk]
        )
    rows = HubWords.objects.filter(
        programme=asked.programme, academic_year_id=asked.year.pk, paper=asked.paper.key, question=asked.question.id
    )
    last = rows.order_by("-pk").first()
    # sent twice, the same words are kept already
    if words == (last.words if last else ""):
        return False
    if (last.pk if last else 0) != seen:
        raise WordsChangedError
    AcademicYear.objects.get_or_create(year=asked.year.pk)
    HubWords.objects.create(
        programme=asked.programme,
        academic_year_id=asked.year.pk,
        paper=asked.paper.key,
        version=asked.paper.version,
        question=asked.question.id,
        words=words,
        written_by=by,
    )
    # what is written is not in the trail: it stands in the rows, all of it
    details = {
        "paper": asked.paper.key,
        "year": str(asked.year),
        "question": asked.question.id,
        "words": words_in(words),
    }
    audit(act="words.written", by=by, programme_id=asked.programme.pk, subject=asked.programme, details=details)
    return True
