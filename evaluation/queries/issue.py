"""What a draft lacks to be issued, and what was issued before."""

from collections.abc import Collection

from django.db.models import Count, Q
from django.utils import timezone

from evaluation.figures.period import whole_year
from evaluation.models import IssuedReport, ReportJob
from evaluation.models.issued import IssuedReportQuerySet
from evaluation.queries.calendar import terms_of
from evaluation.queries.release import latest_release
from evaluation.queries.sign_off import signed_in
from evaluation.queries.words import said_too_much, said_too_much_in
from inharmony.accounts.models import User
from inharmony.pages.dates import day
from participants.queries.photo import photos_for_report
from programmes.models import Programme, Session
from schools.models import Term


def lacking(draft: ReportJob, user: User) -> list[str]:
    """Returns what keeps a person from issuing a draft, a sentence each; nothing where they can. In its scope."""
    why = []
    if draft.state != ReportJob.State.DONE:
        why.append("It is not finished yet.")
    if draft.under_number is not None:
        why.append("It is issued already.")
    before = withdrawn_by_hand(draft.unique_key)
    if before is not None:
        why.append(said_before(before))
    period = whole_year(draft.academic_year_id)
    is_over = timezone.localdate() > period.ends_on
    if draft.programme is None:
        release = latest_release(period)
        if not is_over or release is None or timezone.localdate(release.cut_at) <= period.ends_on:
            why.append(f"A release of the whole year is cut after {day(period.ends_on)}. Issue a report of that one.")
        return why
    signed = signed_in(draft.programme, draft.academic_year_id)
    if not is_over and Term.Season.SUMMER not in signed:
        why.append(f"The year is not over before {day(period.ends_on)}, and its summer term is not signed off.")
    taken, unsigned = _terms(draft.programme, draft.academic_year_id, signed)
    if not taken:
        why.append("No register was taken in the year: there is nothing to report.")
    if unsigned:
        one = len(unsigned) == 1
        why.append(f"{_listed(unsigned)} {'is' if one else 'are'} not signed off. A manager signs a term off.")
    return why + says_too_much(draft, user)


def says_too_much(draft: ReportJob, user: User) -> list[str]:
    """
    Returns what in the hub's own words, and below its photos, no issued report may carry, a sentence each. In the scope
    of the hub.
    """
    if draft.programme is None or draft.school is not None:
        # of a school nobody says anything, of the country people of hubs alone, whose words were searched when shared
        return []
    why = said_too_much_in(draft.report, draft.programme, draft.academic_year_id, user)
    return why + _below_photos(draft, draft.programme, user)


def _below_photos(draft: ReportJob, hub: Programme, user: User) -> list[str]:
    period = whole_year(draft.academic_year_id)
    found = photos_for_report(programme=hub, taken=(period.starts_on, period.ends_on), user=user)
    shown = {one.mark: one for one in found if one.mark in draft.shows}
    texts = {mark: f"{one.alternative}\n{one.caption}\n{one.credit}" for mark, one in shown.items()}
    too_much = said_too_much(hub, texts, user)
    return [f"Of the photo “{shown[mark].alternative}”: {why}" for mark, each in too_much.items() for why in each]


def said_before(withdrawn: IssuedReport) -> str:
    """Returns why what a person withdrew is not issued again."""
    return f"It says just what was withdrawn as {withdrawn}: {withdrawn.withdrawn_because}"


def withdrawn_by_hand(key: str) -> IssuedReport | None:
    """Returns what says what has this key and was withdrawn by a person; one statement."""
    rows = IssuedReport.objects.filter(key=key, withdrawn_by__isnull=False)
    return rows.select_related("academic_year").first()


def _terms(programme: Programme, year: int, signed: Collection[str]) -> tuple[int, list[str]]:
    """The registers taken in a year, and the titles of its terms in which one was and that nobody signed, in order."""
    terms = terms_of(year, programme)
    inside = {
        season: Count("pk", filter=Q(day__range=(period.starts_on, period.ends_on))) for season, period in terms.items()
    }
    taken = Session.objects.filter(programme=programme, register_taken_at__isnull=False).aggregate(**inside)
    unsigned = [period.title for season, period in terms.items() if taken[season] and season not in signed]
    return sum(taken.values()), unsigned


def _listed(terms: list[str]) -> str:
    words = ["The " + term for term in terms]
    return " and ".join(words[:1] + [term[0].lower() + term[1:] for term in words[1:]])


def issued_before(draft: ReportJob) -> IssuedReport | None:
    """Returns the last number given to the report of a draft's subject and year, printed or not; one statement."""
    return _issued_of(draft).first()


def printed_before(draft: ReportJob) -> IssuedReport | None:
    """Returns the last of them that was printed, withdrawn or not; one statement."""
    return _issued_of(draft).printed().first()


def _issued_of(draft: ReportJob) -> IssuedReportQuerySet:
    same = IssuedReport.objects.filter(
        job__report=draft.report,
        job__programme=draft.programme,
        job__school=draft.school,
        academic_year=draft.academic_year_id,
    )
    return same.select_related("job", "academic_year").order_by("-number")
