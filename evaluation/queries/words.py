"""What a hub wrote in answer to the questions of a list: what stands, and what stood before."""

from evaluation.models import HubWords
from evaluation.queries.seen import seen
from inharmony.accounts.models import User
from programmes.models import Programme


def standing_words(programme: Programme, year: int, paper: str, user: User | None) -> dict[str, HubWords]:
    """Returns the words that stand on each question, by its id; one statement."""
    rows = seen(HubWords.objects.all(), user).filter(programme=programme, academic_year_id=year, paper=paper)
    last = rows.order_by("question", "-pk").distinct("question").select_related("written_by")
    return {row.question: row for row in last if row.words}


def history_of(programme: Programme, year: int, paper: str, question: str, user: User) -> list[HubWords]:
    """Returns all words on a question, the last first, those that took words off too; one statement."""
    rows = HubWords.objects.visible_to(user).filter(programme=programme, academic_year_id=year, paper=paper)
    return list(rows.filter(question=question).select_related("written_by").order_by("-pk"))
