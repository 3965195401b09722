"""Children who have left: where they went as far as is known, to be amended once more is."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from inharmony.pages.exporting import hand_out, offer
from participants.actions import destination as acts
from participants.exports.destination import left_out
from participants.forms import destination as forms
from participants.models import Destination
from participants.queries import destination as reads
from participants.queries.care import Care, care_of
from participants.views.destination import looked_for, onward
from participants.views.roll_forward import hub_of_lists, many
from programmes.models import Programme
from schools.models import AcademicYear, School

PAGE = 50


@needs(Permission.IMPORT_ROSTER)
def left(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who left at the turn of a year; posted, what is known by now is written down, or a school is looked for."""
    programme = hub_of_lists(request.user, slug)
    years = reads.years_left(programme, request.user)
    year = _year(years, request)
    if year is None:
        return redirect("participants:roll-forward", slug=slug)
    unknown = request.GET.get("show") == "unknown"
    found = reads.gone(programme, request.user, year, unknown=unknown)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    sent = forms.read(request.POST) if request.method == "POST" else forms.Sent()
    # where somebody is said to have gone stays a choice, were it closed by now
    schools = list({*onward(programme, request.user, sent), *(each.school for each in shown if each.school)})
    schools.sort(key=lambda school: (school.name, school.pk))
    if request.method != "POST" or sent.finds:
        return _page(request, programme, years, year, shown, sent, schools)
    going = sent.amended(shown, {str(school.pk): school.pk for school in schools})
    changed = acts.amend(programme=programme, going=going, by=request.user)
    if changed:
        messages.success(request, f"Written down for {many(len(changed))}.")
    else:
        messages.info(request, "Nothing was changed.")
    return redirect(request.get_full_path())


@needs(Permission.IMPORT_ROSTER, fresh=True)
@require_POST
def left_export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The same children as a spreadsheet; 404 where nobody ever left."""
    programme = hub_of_lists(request.user, slug)
    years = reads.years_left(programme, request.user)
    year = _year(years, request)
    if year is None:
        raise Http404
    found = reads.gone(programme, request.user, year, unknown=request.GET.get("show") == "unknown")
    return hand_out(request, left_out(found, request.user, about=f"{programme.short_name} {year}"))


def _year(years: list[AcademicYear], request: AuthenticatedRequest) -> AcademicYear | None:
    return next((each for each in years if str(each) == request.GET.get("year")), years[0] if years else None)


@dataclass(frozen=True)
class Row:
    """A child who left, where they went as it is chosen or known, and what to heed."""

    destination: Destination
    to: str
    plays: str
    care: Care

    @property
    def was(self) -> str:
        """What the row holds, as the form says it back."""
        return f"{self.destination.school_id or self.destination.goes_to}|{self.destination.plays}"


def _page(
    request: AuthenticatedRequest,
    programme: Programme,
    years: list[AcademicYear],
    year: AcademicYear,
    shown: Page[Destination],
    sent: forms.Sent,
    schools: list[School],
) -> HttpResponse:
    children = [each.child_id for each in shown]
    audit(act="leavers.viewed", by=request.user, programme_id=programme.pk, children=sorted(children))
    care = care_of(children, request.user)
    rows = [
        Row(
            each,
            sent.to.get(str(each.pk), str(each.school_id or each.goes_to)),
            sent.plays.get(str(each.pk), each.plays),
            care[each.child_id],
        )
        for each in shown
    ]
    context = {
        "programme": programme,
        "years": years,
        "year": year,
        "show": request.GET.get("show", ""),
        "page": shown,
        "rows": rows,
        "off_paper": care.off_paper,
        "ways_on": forms.ways_on(is_gone=True),
        "address": request.get_full_path(),
        "export": offer(request, "participants:left-export", programme.slug, what="children", of_children=True)
        if rows
        else None,
        **looked_for(sent, schools),
    }
    return render(request, "participants/destination/left.html", context)
