"""Stories of the demonstration: invented and saying so, with invented children named, so that consent can be tried."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from evaluation.demonstration.people import HUBS_WITH_STAFF, Staff
from inharmony.accounts.models import User
from outcomes.actions import story as acts
from outcomes.models import Story
from outcomes.queries.story import blocking
from participants.models import Child, Consent, Enrolment
from programmes.models import Indicator, Programme

Kind, SaidBy = Story.Kind, Story.SaidBy
MOST = len(SaidBy)
AGREED = "Nobody: a demonstration"
HALL = (
    "Invented: In the autumn few families came to the school hall. A class sent out cards it had drawn itself, and"
    " asked a grandfather who plays the accordion to begin.\n\nIn the spring the chairs ran out. Nobody counted why."
    " The school wrote down that two parents asked whether they could learn as well."
)
SHOES = (
    "Invented: The only large room is where shoes are changed. The orchestra plays between the benches, and who comes"
    " late passes the violas.\n\nBy summer the caretaker knew the pieces. He asked for the slow one again."
)
# of each hub: who said it, on what, and the words; of a case study nobody, and its title
TOLD: Mapping[str, tuple[tuple[str, Indicator, str, str], ...]] = {
    "liverpool": (
        (SaidBy.CHILD, Indicator.MUSIC, "", "Invented: I like it best when the cellos come in and the floor hums."),
        (SaidBy.CHILD, Indicator.WELLBEING, "", "Invented: Before a concert I am nervous. Afterwards I am tall."),
        (SaidBy.FAMILY, Indicator.ASPIRATION, "", "Invented: We never had an instrument at home. Now we have two."),
        (SaidBy.TUTOR, Indicator.MUSIC, "", "Invented: They hear by themselves when the chord is not in tune yet."),
        ("", Indicator.ENGAGEMENT, "A concert in the school hall", HALL),
    ),
    "leeds": (
        (SaidBy.CHILD, Indicator.MUSIC, "", "Invented: My part is only four notes. Without them it sounds empty."),
        (SaidBy.CHILD, Indicator.WELLBEING, "", "Invented: When I breathe for the long note I stop being cross."),
        (SaidBy.FAMILY, Indicator.COMMUNITY, "", "Invented: I sat beside a mother I had only ever nodded to."),
        (SaidBy.TUTOR, Indicator.MUSIC, "", "Invented: In May I stopped counting in. They began without me."),
        ("", Indicator.ENGAGEMENT, "Between the benches", SHOES),
    ),
}


def write_stories(programmes: Mapping[str, Programme], staff: Staff, years: Iterable[int], today: date) -> int:
    """
    Writes stories of some academic years in two hubs, and shares those whose every child may be shown.

    One of each hub waits in the last year, for a family that refused. Returns how many are shared.
    """
    shared, wanted = 0, list(years)
    for slug in HUBS_WITH_STAFF:
        if slug not in programmes:
            continue
        hub, writer, sharer = programmes[slug], staff.of("admin", slug), staff.of("manager", slug)
        may, may_not = _children(hub, today)
        for year in wanted:
            for number, (said_by, indicator, title, words) in enumerate(TOLD[slug]):
                told = _told(year, said_by, indicator, title, words, today)
                of = may[number : number + 1] if said_by in {SaidBy.CHILD, SaidBy.FAMILY} else []
                story = _write(hub, told, of, writer)
                if not blocking(story, sharer):
                    acts.share(story=story, seen=acts.version_of(story), by=sharer)
                    shared += 1
        waiting = "Invented: I play loud when the train goes by."
        _write(hub, _told(wanted[-1], SaidBy.CHILD, Indicator.MUSIC, "", waiting, today), may_not[:1], writer)
    return shared


def _told(year: int, said_by: str, indicator: Indicator, title: str, words: str, today: date) -> acts.Told:
    kind = Kind.QUOTATION if said_by else Kind.CASE_STUDY
    # a demonstration of a day to come is written down today
    agreed_on = min(today, timezone.localdate())
    return acts.Told(kind, year, indicator, words, title, said_by, permission=AGREED, permission_on=agreed_on)


def _write(hub: Programme, told: acts.Told, of: list[Child], by: User) -> Story:
    story = acts.write(programme=hub, told=told, by=by)
    for child in of:
        story = acts.name_child(story=story, child=child, by=by)
    if told.said_by not in {SaidBy.CHILD, SaidBy.FAMILY}:
        story = acts.say_nobody(story=story, is_nobody=True, by=by)
    return Story.objects.get(pk=story.pk)


def _children(programme: Programme, today: date) -> tuple[list[Child], list[Child]]:
    """Those taking part whose family agreed to quotations, and some whose family refused."""
    here = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), child=OuterRef("pk"))
    answers = Consent.objects.filter(child=OuterRef("pk"), purpose=Consent.Purpose.QUOTATION)
    last = answers.order_by("-answered_on", "-id").values("answer")[:1]
    found = Child.objects.filter(Exists(here), programme=programme, is_at_risk=False)
    some = found.annotate(said=Subquery(last)).order_by("-sort_key", "-pk")
    said = Consent.Answer
    return list(some.filter(said=said.GIVEN)[:MOST]), list(some.filter(said=said.REFUSED)[:1])
