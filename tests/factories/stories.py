"""Stories, written by the act that writes them."""

from outcomes.actions import story as acts
from outcomes.models import Story
from participants.models import Consent
from programmes.models import Indicator
from schools.models import AcademicYear
from tests.factories import participants
from tests.factories.schools import this_year

QUOTED = Consent.Purpose.QUOTATION
GIVEN, REFUSED = Consent.Answer.GIVEN, Consent.Answer.REFUSED
Kind, SaidBy = Story.Kind, Story.SaidBy


def told(**changes) -> acts.Told:
    """Returns what is written of a story: a quotation of a child, of this year, on music."""
    said = {
        "kind": Kind.QUOTATION,
        "academic_year": _year(),
        "indicator": Indicator.MUSIC,
        "words": "I like the low notes best.",
        "said_by": SaidBy.CHILD,
    }
    return acts.Told(**{**said, **changes})


def case_study(**changes) -> acts.Told:
    """Returns what is written of a case study."""
    said = {"kind": Kind.CASE_STUDY, "title": "A year with the cello", "words": "It began in the hall.", "said_by": ""}
    return told(**{**said, **changes})


def of_adult(who=SaidBy.TUTOR, **changes) -> acts.Told:
    """Returns what is written of a quotation of an adult who agreed."""
    year = AcademicYear(year=_year())
    agreed = {"said_by": who, "permission": "Hannah Hale", "permission_on": year.starts_on}
    return told(**{**agreed, **changes})


def _year() -> int:
    return this_year().pk


def story(programme, *, by, of=(), is_nobody=False, is_shared=False, written=None, **changes):
    """Returns a story with these children in it, shared if it should be."""
    made = acts.write(programme=programme, told=written or told(**changes), by=by)
    for child in of:
        made = acts.name_child(story=made, child=child, by=by)
    if is_nobody:
        made = acts.say_nobody(story=made, is_nobody=True, by=by)
    return share(made, by=by) if is_shared else made


def share(made, *, by):
    """Returns the story as it is once the person who sees it now shares it."""
    found = Story.objects.get(pk=made.pk)
    return acts.share(story=found, seen=acts.version_of(found), by=by)


def consent(children, *, by, answer=GIVEN, answered_on=None):
    """The families of these children answer about quotations and case studies."""
    for child in children:
        participants.answer(child, QUOTED, answer, by=by, answered_on=answered_on)
