"""What a hub wrote in answer to the questions of a list: what stands, what stood before, and what says too much."""

from collections.abc import Mapping

from django.db.models import QuerySet

from evaluation.models import HubWords
from evaluation.queries.seen import seen
from evaluation.returns.report_words import OF_REPORT, REPORT_WORDS
from evaluation.returns.shipped import part_of_year
from inharmony.accounts.models import User
from outcomes.queries.names import names_of
from outcomes.validators.story import full_names_in, hidden_in, holds_upn
from participants.models import Child
from programmes.models import Programme


def standing_words(programme: Programme, year: int, paper: str, user: User | None) -> dict[str, HubWords]:
    """Returns the words that stand on each question, by its id; one statement."""
    rows = seen(HubWords.objects.all(), user).filter(programme=programme, academic_year_id=year, paper=paper)
    last = rows.order_by("question", "-pk").distinct("question").select_related("written_by")
    return {row.question: row for row in last if row.words}


def words_stand(programme: Programme) -> int:
    """
    Returns what names everything a hub has written, another with each word: rows are added alone; one statement.

    Their rows change no figure, and so are not told of by the version of the hub's rows (`queries.kept`).
    """
    # how many, not the last: numbers are given out before the commit, and a lower one may be seen later
    return HubWords.objects.filter(programme=programme).count()


def history_of(programme: Programme, year: int, paper: str, question: str, user: User) -> list[HubWords]:
    """Returns all words on a question, the last first, those that took words off too; one statement."""
    rows = HubWords.objects.visible_to(user).filter(programme=programme, academic_year_id=year, paper=paper)
    return list(rows.filter(question=question).select_related("written_by").order_by("-pk"))


def said_too_much(programme: Programme, texts: Mapping[str, str], user: User) -> dict[str, list[str]]:
    """
    Returns what in texts of a hub says who a child is, a sentence each with what to do, by the name of the text;
    nothing of texts that may go into an issued report. In a scope of the hub; at most two statements.

    Looked for are first names of the hub's children with their surnames, as in stories, and pupil numbers; schools,
    staff and how the office is reached may stand. Which name it is is told to whoever sees that child.
    """
    if not texts:
        return {}
    hub = Child.objects.filter(programme=programme)
    found = _named(texts, hub)
    told = _named(texts, hub.visible_to(user)) if any(found.values()) else found
    why = {name: _sentences(words, found[name], told[name]) for name, words in texts.items()}
    return {name: sentences for name, sentences in why.items() if sentences}


def _named(texts: Mapping[str, str], children: QuerySet[Child]) -> dict[str, list[str]]:
    known = names_of(children)
    return {name: full_names_in(words, known) for name, words in texts.items()}


def _sentences(words: str, found: list[str], told: list[str]) -> list[str]:
    why = [f"“{name}” is the name of a child. Write it without." for name in told]
    if set(found) - set(told):
        why.append("It holds the name of a child. Write it without.")
    if holds_upn(words):
        why.append("It holds a UPN. Take it out.")
    if hidden_in(words):
        why.append("There are characters in it that nobody sees. Type the words anew.")
    return why


def said_too_much_in(report: str, programme: Programme, year: int, user: User) -> list[str]:
    """
    Returns what in the hub's own words that stand in its report of that id says too much, a sentence each that names
    the question; nothing where none stand in it. In a scope of the hub.
    """
    part = OF_REPORT.get(report)
    if part is None:
        return []
    asked = {one.id: one.words for one in part_of_year(REPORT_WORDS.key, part, year).questions}
    standing = standing_words(programme, year, REPORT_WORDS.key, user)
    texts = {question: row.words for question, row in standing.items() if question in asked}
    found = said_too_much(programme, texts, user)
    return [
        f"In the hub’s own words, “{words}”: {why}"
        for question, words in asked.items()
        for why in found.get(question, ())
    ]
