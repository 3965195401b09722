"""Children at the end of their school: where each goes, and whether they go on playing."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.actions import destination as acts
from participants.actions.roll_forward import RollForwardRefusedError
from participants.forms import destination as forms
from participants.queries import destination as reads
from participants.queries.care import Care, care_of
from participants.queries.roll_forward import MovingSchool, roll_forward_due, year_to_roll
from participants.views.roll_forward import hub_of_lists, many
from programmes.models import Programme
from schools.models import AcademicYear, School


@dataclass(frozen=True)
class Page:
    """What the page is about: a hub, one of its schools, the new year, today, and who could leave."""

    programme: Programme
    school: MovingSchool
    schools: list[MovingSchool]
    year: AcademicYear
    today: date
    leavers: list[reads.Leaver]


@needs(Permission.IMPORT_ROSTER)
def leavers(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The leavers of one school; posted, it is written down where they went, or a school is looked for."""
    page = _about(request.user, hub_of_lists(request.user, slug), request.GET.get("school", ""))
    if page is None:
        return redirect("participants:roll-forward", slug=slug)
    sent = forms.read(request.POST) if request.method == "POST" else forms.Sent()
    schools = onward(page.programme, request.user, sent, leaving=page.school.school)
    first = {"last_day": page.year.starts_on - timedelta(days=1)}
    form = forms.LastDayForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method != "POST" or sent.finds:
        return _render(request, page, sent, schools, form)
    return _leave(request, page, sent, schools, form)


def _leave(
    request: AuthenticatedRequest, page: Page, sent: forms.Sent, schools: list[School], form: forms.LastDayForm
) -> HttpResponse:
    going = sent.going(page.leavers, {str(school.pk): school.pk for school in schools})
    if not going:
        form.add_error(None, "Nobody was chosen. Say of at least one child, or of all left open, where they go.")
    if not form.is_valid():
        return _render(request, page, sent, schools, form, status=422)
    last_day = form.cleaned_data["last_day"]
    try:
        act = acts.leave_school(
            programme=page.programme, academic_year=page.year, going=going, last_day=last_day, by=request.user
        )
    except acts.StaysLongerError as refusal:
        form.add_error("last_day", str(refusal))
        return _render(request, page, sent, schools, form, stays=refusal.children, status=409)
    except RollForwardRefusedError as refusal:
        form.add_error("last_day", str(refusal))
        return _render(request, page, sent, schools, form, status=409)
    if act is not None:
        words = f"{many(act.children)} left {page.school.name}, the last day is {dates.day(last_day)}."
        messages.success(request, words)
    return redirect("participants:roll-forward", slug=page.programme.slug)


def _about(user: User, programme: Programme, key: str) -> Page | None:
    """Returns what the page is about; None where nobody leaves. Raises Http404 for a school nobody leaves."""
    today = timezone.localdate()
    schools = [each for each in roll_forward_due(programme, user, today) if each.leaving or each.listed_on]
    if not schools:
        return None
    school = next((each for each in schools if each.key == key), None) if key else schools[0]
    if school is None:
        raise Http404
    found = reads.leavers_of(programme, user, school, today)
    return Page(programme, school, schools, year_to_roll(today), today, found)


def onward(programme: Programme, user: User, sent: forms.Sent, *, leaving: School | None = None) -> list[School]:
    """Returns the schools on offer: known, found before, and looked for now; never the one that is left."""
    today = timezone.localdate()
    found = {school.pk: school for school in reads.onward_schools(programme, user, today)}
    found |= {school.pk: school for school in reads.open_schools(today).filter(pk__in=sent.known)}
    if sent.finds and sent.words:
        found |= {school.pk: school for school in reads.schools_named(sent.words, today)}
    if leaving is not None:
        found.pop(leaving.pk, None)
    return sorted(found.values(), key=lambda school: (school.name, school.pk))


@dataclass(frozen=True)
class Row:
    """A leaver on the page, what was chosen, what to heed, and whether something of them is after the last day."""

    leaver: reads.Leaver
    care: Care
    to: str
    plays: str
    is_staying: bool


def _render(
    request: AuthenticatedRequest,
    page: Page,
    sent: forms.Sent,
    schools: list[School],
    form: forms.LastDayForm,
    *,
    stays: frozenset[int] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    children = [leaver.child.pk for leaver in page.leavers]
    audit(act="leavers.viewed", by=request.user, programme_id=page.programme.pk, children=children)
    care = care_of(children, request.user)
    rows = [_row(leaver, care[leaver.child.pk], sent, stays) for leaver in page.leavers]
    context = {
        "page": page,
        "form": form,
        "sections": [
            ("Passed the last year group", [row for row in rows if row.leaver.is_at_the_end]),
            (f"On no class list of {page.year}", [row for row in rows if not row.leaver.is_at_the_end]),
        ],
        "size": len(rows),
        "off_paper": care.off_paper,
        "ways_on": forms.ways_on(),
        "rest": (sent.to.get(forms.REST, ""), sent.plays.get(forms.REST, "")),
        **looked_for(sent, schools),
    }
    return render(request, "participants/destination/leavers.html", context, status=status)


def looked_for(sent: forms.Sent, schools: list[School]) -> dict[str, object]:
    """Returns what the choices of schools and the search for more show."""
    return {
        "where_to": forms.where_to(schools),
        "known": [school.pk for school in schools],
        "find": sent.words,
        "found": len(reads.schools_named(sent.words, timezone.localdate())) if sent.finds and sent.words else None,
    }


def _row(leaver: reads.Leaver, care: Care, sent: forms.Sent, stays: frozenset[int]) -> Row:
    key = str(leaver.row.enrolment_id)
    return Row(leaver, care, sent.to.get(key, ""), sent.plays.get(key, ""), leaver.child.pk in stays)
