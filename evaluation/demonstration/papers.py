"""What the first of the invented hubs wrote: words of its return, its year-end form and its reports, and a grant."""

from datetime import date, timedelta
from decimal import Decimal

from evaluation.demonstration.people import Staff
from evaluation.models import HubWords
from evaluation.returns.shipped import of_year
from programmes.models import FundingAgreement, FundingMilestone, Organisation, Programme

NOTE = "Demonstration: invented."
# by list and question; of the last year alone, so that this year's wait to be written
WORDS = {
    "return": {
        "governance": "A steering group of schools, tutors and families meets once a term. The lead body’s board sees "
        "its minutes and the figures of the term.",
        "local-need": "Our schools asked for more time outside school hours. Two ensembles now meet after school, in "
        "rooms that families can reach on foot.",
        "ensembles-told": "Every child of Years 4 to 6 is in an ensemble. Who joins in the middle of a year is paired "
        "with a child who knows the pieces.",
        "progression-told": "Children who leave Year 6 are taken to a rehearsal of the area’s youth orchestra before "
        "the summer, with their families.",
    },
    "year-end": {
        "achievement-1": "All our schools played together in one concert, for the first time since we began.",
        "achievement-2": "Three former players came back as assistant tutors.",
        "reached-music": "More children than we hoped for reached a first grade; brass is still behind strings.",
        "comment-music": "Instruments arrived late in two schools, so their beginners had a term less.",
    },
    "report-words": {
        "foreword": "In September many of our youngest held a bow for the first time. In June they sat in one "
        "orchestra with the oldest, and nobody in the hall could say who had begun when. The numbers in this report "
        "are how we know that it was not only our best day.",
        "highlights": "All our schools played one concert together. Three former players came back as assistant "
        "tutors. Families now run the instrument library on Saturdays.",
        "hindered": "Two schools lost their hall for half a term, and instruments arrived late. We moved rehearsals to "
        "a church nearby; the children who live furthest away came less often, and we were slow to see it.",
        "what-we-see": "Children say that playing together is what they like best. We asked them in spring, after the "
        "first concert; we do not know what they would have said in a week without one.",
        "next": "We ask the same children again next year, and those who left how they play on.",
    },
}
BEFORE = "A steering group meets once a term."


def write_papers(programme: Programme, staff: Staff, year: int) -> int:
    """Writes the words of a hub's year, as its manager did, and a grant with milestones; returns how many words."""
    manager = staff.of("manager", programme.slug)
    rows = [
        HubWords(
            programme=programme,
            academic_year_id=year,
            paper=paper,
            version=of_year(paper, year).version,
            question=question,
            words=f"{words} {NOTE}",
            written_by=manager,
        )
        for paper, told in WORDS.items()
        for question, words in (*([("governance", BEFORE)] if paper == "return" else []), *told.items())
    ]
    _write_grant(programme, year)
    return len(HubWords.objects.bulk_create(rows))


def _write_grant(programme: Programme, year: int) -> None:
    """Of the year that is over and the one of today: no funder that is a real one has agreed to it."""
    funder = Organisation.objects.create(
        slug=f"demonstration-trust-{programme.slug}", name="Demonstration Trust", source=NOTE, is_by_hand=True
    )
    begins = date(year, 9, 1)
    agreement = FundingAgreement.objects.create(
        funder=funder,
        programme=programme,
        title="Grant for instruments and tutors",
        starts_on=begins,
        ends_on=date(year + 2, 8, 31),
        amount=Decimal(48_000),
        conditions="A third is paid on signing, a third with the interim report, a third with the final report.",
        words=NOTE,
        source=NOTE,
        is_by_hand=True,
    )
    for days, words, amount, is_met in (
        (30, "Signed agreement and budget", Decimal(16_000), True),
        (200, "Interim report, with the figures of the autumn", Decimal(16_000), True),
        (330, "Evaluation plan", None, False),
        (365 + 300, "Final report", Decimal(16_000), False),
    ):
        due = begins + timedelta(days=days)
        FundingMilestone.objects.create(
            agreement=agreement,
            due_on=due,
            words=words,
            amount=amount,
            met_on=due - timedelta(days=3) if is_met else None,
            note=NOTE,
            is_by_hand=True,
        )
