"""Waves as the acts of the hub make them: a class whose families agree to surveys, and answers to the music block."""

from datetime import timedelta

from django.utils import timezone

from outcomes.actions import wave as acts
from outcomes.measures.shipped import NEWEST
from outcomes.measures.structure import Informant
from outcomes.models import AskedGroup, Response, Slip, Wave
from participants.models import Consent
from tests.factories import participants

ITEMS = tuple(item.key for item in NEWEST["music"].items)
GIVEN, REFUSED, WITHDRAWN = Consent.Answer.GIVEN, Consent.Answer.REFUSED, Consent.Answer.WITHDRAWN


def agree(children, *, by, answer=GIVEN):
    """Writes down what families say about surveys."""
    for child in children:
        participants.answer(child, Consent.Purpose.SURVEY, answer, by=by)


def plan(measure="music", informant=Informant.CHILD, **values) -> acts.Plan:
    """Returns what a wave of year 4 is to ask from today for a week."""
    today = timezone.localdate()
    given = {
        "moment": Wave.Moment.BEFORE,
        "name": "Autumn",
        "year_groups": ("4",),
        "opens_on": today,
        "closes_on": today + timedelta(days=7),
    }
    return acts.Plan(NEWEST[measure], informant, **{**given, **values})


def made(cast, *, by=None, programme=None, **values) -> Wave:
    """Returns a wave of Liverpool that an administrator made; inside its scope only."""
    return acts.make(programme=programme or cast.liverpool, plan=plan(**values), by=by or cast.ruth)


def slips_of(wave) -> list[Slip]:
    """Returns the slips of a wave by the name of who has them."""
    return list(Slip.objects.filter(wave=wave).select_related("group", "child").order_by("child__sort_key", "pk"))


def respond(slip, at=None, by=None, **answers) -> Response:
    """Returns a response that came by a slip: as told, the rest not reached; keyed in by somebody, or on a screen."""
    now = at or timezone.now()
    return Response.objects.create(
        programme_id=slip.programme_id,
        wave_id=slip.wave_id,
        slip=slip,
        answers=answers,
        keyed_by=by,
        begun_at=now,
        ended_at=now,
    )


def sheet(value=3, **others):
    """Returns an answer to every item."""
    return dict.fromkeys(ITEMS, value) | others


def groups(cast) -> list[str]:
    """Returns the groups of a wave of each hub as they stand in an address ("1 2"); inside the scope of both only."""
    for programme, by in ((cast.liverpool, cast.ruth), (cast.leeds, cast.omar)):
        made(cast, programme=programme, by=by)
    return [f"{group.wave_id} {group.pk}" for group in AskedGroup.objects.order_by("pk")]
