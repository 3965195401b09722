"""What the analyses of a hub's answers say, in the scope of the hub."""

from evaluation.figures.period import Period
from evaluation.figures.said import Said
from evaluation.queries.seen import seen
from inharmony.accounts.models import User
from outcomes.models import Result
from programmes.models import Programme


def said_in(programme: Programme, period: Period, user: User | None) -> list[Said]:
    """Returns what was answered in the academic year of the period, measure by measure; one statement."""
    found = seen(Result.objects.all(), user).filter(programme=programme, academic_year=period.year).order_by("pk")
    return [Said.of(result) for result in found]
