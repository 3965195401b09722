"""A school class that is asked, for tests of answering: a wave that is open, consent of each child, a slip for each."""

from dataclasses import dataclass

from django.urls import reverse

from inharmony.access.scope import scoped
from outcomes.models import AskedGroup, Response, Slip, Wave
from participants.models import Consent
from tests.factories import participants
from tests.outcomes import planting


@dataclass
class Asked:
    """The wave, the group and its slips; where nobody's child is asked, slips name none."""

    wave: Wave
    group: AskedGroup
    slips: list[Slip]


def consenting(children, by, answer=Consent.Answer.GIVEN) -> None:
    """Has the family of each child answer about surveys."""
    for child in children:
        participants.answer(child, Consent.Purpose.SURVEY, answer, by=by)


def asked(cast, **values) -> Asked:
    """Asks the children of the cast in Liverpool about music, unless told otherwise; all families consent."""
    with scoped(cast.liverpool_scope):
        consenting(cast.children, cast.joanne)
        wave = planting.wave(cast.liverpool, cast.joanne, **values)
        group = planting.group(wave, cast.saltwharf, "4 Oakapple")
        return Asked(wave, group, planting.slips(group, cast.children))


def asked_adults(cast, measure, informant) -> Asked:
    """Asks adults by slips that name nobody; of families, by slips that name their children."""
    values = {"measure": measure, "informant": informant, "name": f"Autumn, {measure}", "year_groups": []}
    if informant == "family":
        return asked(cast, **values)
    with scoped(cast.liverpool_scope):
        wave = planting.wave(cast.liverpool, cast.joanne, **values)
        group = planting.group(wave, cast.saltwharf, "", "")
        return Asked(wave, group, planting.slips(group, [None, None]))


def address(slip, place=None) -> str:
    """Where a slip leads, or to one question of it."""
    if place is None:
        return reverse("outcomes:answer", args=[slip.mark])
    return reverse("outcomes:answer-question", args=[slip.mark, place])


def response(cast, slip) -> Response | None:
    """What came by a slip, as the hub's own scope sees it."""
    with scoped(cast.both):
        return Response.objects.filter(slip=slip).first()


def answers(cast, slip) -> dict:
    """What was said by a slip so far."""
    found = response(cast, slip)
    return found.answers if found else {}
