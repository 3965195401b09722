"""What a draft lacks to be issued, and what was issued before."""

from django.db.models import Count, Q
from django.utils import timezone

from evaluation.figures.period import whole_year
from evaluation.models import IssuedReport, ReportJob
from evaluation.queries.calendar import terms_of
from evaluation.queries.sign_off import signed_in
from inharmony.pages.dates import day
from programmes.models import Programme, Session


def lacking(draft: ReportJob) -> list[str]:
    """Returns what stands in the way of issuing a draft, a sentence each; nothing where it can be. In its scope."""
    why = []
    if draft.state != ReportJob.State.DONE:
        why.append("It is not finished yet.")
    if draft.under_number is not None:
        why.append("It is issued already.")
    if draft.programme is None:
        period = whole_year(draft.academic_year_id)
        if timezone.localdate() <= period.ends_on:
            why.append(f"The year is not over before {day(period.ends_on)}: its release is not the last.")
    elif terms := unsigned_terms(draft.programme, draft.academic_year_id):
        one = len(terms) == 1
        why.append(f"{_listed(terms)} {'is' if one else 'are'} not signed off. A manager signs a term off.")
    return why


def unsigned_terms(programme: Programme, year: int) -> list[str]:
    """Returns the titles of the terms of a year in which a register was taken and that nobody signed, in order."""
    terms = terms_of(year, programme)
    inside = {
        season: Count("pk", filter=Q(day__range=(period.starts_on, period.ends_on))) for season, period in terms.items()
    }
    taken = Session.objects.filter(programme=programme, register_taken_at__isnull=False).aggregate(**inside)
    signed = signed_in(programme, year)
    return [period.title for season, period in terms.items() if taken[season] and season not in signed]


def _listed(terms: list[str]) -> str:
    words = ["The " + term for term in terms]
    return " and ".join(words[:1] + [term[0].lower() + term[1:] for term in words[1:]])


def issued_before(draft: ReportJob) -> IssuedReport | None:
    """Returns the last number under which the report of the draft's subject and year was issued; one statement."""
    same = IssuedReport.objects.filter(
        job__report=draft.report,
        job__programme=draft.programme,
        job__school=draft.school,
        academic_year=draft.academic_year_id,
    )
    return same.select_related("job", "academic_year").order_by("-number").first()
