"""Class lists that schools confirm: whom the hub asked, what came back, and what becomes of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions import list_check as acts
from participants.actions import list_proposal
from participants.actions.child import LeavingRefusedError
from participants.forms.list_check import AskForm, LastDayForm
from participants.models import ListCheck, ListProposal
from participants.queries import list_check as reads
from participants.queries.list_proposal import proposals_of
from participants.validators.list_check import ListCheckRefusedError, NotAskedError, WrongAddressError
from participants.views.roll_forward import hub_of_lists
from programmes.models import Partnership, Programme
from schools.models import AcademicYear, School


@needs(Permission.IMPORT_ROSTER)
def list_checks(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The partner schools of a hub, each with how its class list of this year stands."""
    return _overview(request, hub_of_lists(request.user, slug))


def _overview(
    request: AuthenticatedRequest, programme: Programme, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    year = AcademicYear(year=AcademicYear.year_of(today))
    states = reads.school_states(programme, year, request.user, today)
    context = {
        "programme": programme,
        "year": year,
        "states": states,
        "confirmed": sum(state.is_confirmed for state in states),
        "to_ask": reads.leads_to_ask(states),
        "refusal": refusal,
    }
    return render(request, "participants/list_check/list.html", context, status=status)


@needs(Permission.IMPORT_ROSTER, fresh=True)
@require_POST
def ask_leads(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Writes to the leads of every school that has not answered and was not asked."""
    programme = hub_of_lists(request.user, slug)
    try:
        asked = acts.ask_leads(programme=programme, by=request.user)
    except ListCheckRefusedError as refusal:
        return _overview(request, programme, refusal=str(refusal), status=409)
    schools = len({check.school_id for check in asked})
    many = "1 school" if schools == 1 else f"{schools} schools"
    words = f"Asked: the leads of {many}. Each link is open for 7 days." if asked else "Nobody was left to ask."
    messages.success(request, words)
    return redirect("participants:list-checks", slug=slug)


def _school(user: User, programme: Programme, urn: int) -> School:
    """Returns a school that works or worked with a hub; 404 for any other."""
    partners = Partnership.objects.visible_to(user).filter(programme=programme)
    return get_object_or_404(School, pk=urn, pk__in=partners.values("school"))


@needs(Permission.IMPORT_ROSTER)
def list_check(request: AuthenticatedRequest, slug: str, urn: int) -> HttpResponse:
    """One school: whether its list is confirmed, what it says is otherwise, and whom to ask."""
    programme = hub_of_lists(request.user, slug)
    return _page(request, programme, _school(request.user, programme, urn))


def _page(
    request: AuthenticatedRequest,
    programme: Programme,
    school: School,
    *,
    form: AskForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    year = AcademicYear(year=AcademicYear.year_of(today))
    proposals = proposals_of(programme, school, user)
    shown = {each.row.child_id for each in proposals} | {child.pk for each in proposals for child in each.known}
    checks = reads.checks_of(programme, school, year, user)
    audit(
        act="list_check.viewed",
        by=user,
        programme_id=programme.pk,
        children=sorted(child for child in shown if child is not None),
        details={"school": school.pk},
    )
    states = reads.school_states(programme, year, user, today, of=school)
    context = {
        "programme": programme,
        "school": school,
        "year": year,
        "state": states[0] if states else None,
        "checks": checks,
        "answers": reads.answers_to(checks, user),
        "open": [each for each in proposals if each.row.state == ListProposal.State.OPEN],
        "decided": [each for each in proposals if each.row.state != ListProposal.State.OPEN],
        "off_paper": len({each.row.child_id for each in proposals if each.row.child and each.row.child.is_at_risk}),
        "form": form or AskForm(leads=list(reads.leads_of(school))),
        "refusal": refusal,
        "today": today,
    }
    return render(request, "participants/list_check/show.html", context, status=status)


@needs(Permission.IMPORT_ROSTER, fresh=True)
@require_POST
def ask(request: AuthenticatedRequest, slug: str, urn: int) -> HttpResponse:
    """Writes to whoever was chosen: from then on a link opens the names of the school's children."""
    programme = hub_of_lists(request.user, slug)
    school = _school(request.user, programme, urn)
    form = AskForm(request.POST, leads=list(reads.leads_of(school)))
    if form.is_valid():
        try:
            asked = [
                acts.ask(programme=programme, school=school, email=email, lead=lead, by=request.user)
                for email, lead in form.asked()
            ]
        except WrongAddressError as refusal:
            form.add_error("email" if "email" in form.fields else "leads", str(refusal))
        except NotAskedError as refusal:
            form.add_error(None, str(refusal))
        else:
            to = " and ".join(check.email for check in asked)
            messages.success(request, f"Asked: {to}. The link is open for 7 days, and any earlier one is dead.")
            return redirect("participants:list-check", slug=slug, urn=urn)
    return _page(request, programme, school, form=form, status=422)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def end(request: AuthenticatedRequest, slug: str, urn: int, pk: int) -> HttpResponse:
    """Ends a link: whoever opens it from now on is told whom to ask."""
    programme = hub_of_lists(request.user, slug)
    found = ListCheck.objects.visible_to(request.user).filter(programme=programme, school=urn)
    acts.end(check=get_object_or_404(found, pk=pk), by=request.user)
    messages.success(request, "The link is dead. What came by it stays here.")
    return redirect("participants:list-check", slug=slug, urn=urn)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def accept(request: AuthenticatedRequest, slug: str, urn: int, pk: int) -> HttpResponse:
    """Carries out one thing a school proposed, if it still stands as the page showed it."""
    programme, proposal = _proposal(request.user, slug, urn, pk)
    day = LastDayForm(request.POST)
    if not day.is_valid():
        words = "The last day is no day of the calendar. Write it again."
        return _page(request, programme, proposal.list_check.school, refusal=words, status=422)
    try:
        list_proposal.accept(
            proposal=proposal,
            seen=request.POST.get("seen", ""),
            last_day=day.cleaned_data["last_day"],
            by=request.user,
        )
    except (ListCheckRefusedError, LeavingRefusedError) as refusal:
        words = f"{proposal.child.name}: {refusal}" if proposal.child else str(refusal)
        return _page(request, programme, proposal.list_check.school, refusal=words, status=409)
    is_missing = proposal.kind == ListProposal.Kind.MISSING
    messages.success(request, "Noted, to come in by a class list." if is_missing else "Accepted, and written down.")
    return redirect("participants:list-check", slug=slug, urn=urn)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def decline(request: AuthenticatedRequest, slug: str, urn: int, pk: int) -> HttpResponse:
    """Leaves everything as it is."""
    programme, proposal = _proposal(request.user, slug, urn, pk)
    try:
        list_proposal.decline(proposal=proposal, by=request.user)
    except ListCheckRefusedError as refusal:
        return _page(request, programme, proposal.list_check.school, refusal=str(refusal), status=409)
    messages.success(request, "Declined: everything stays as it is.")
    return redirect("participants:list-check", slug=slug, urn=urn)


def _proposal(user: User, slug: str, urn: int, pk: int) -> tuple[Programme, ListProposal]:
    programme = hub_of_lists(user, slug)
    found = ListProposal.objects.visible_to(user).filter(programme=programme, list_check__school=urn)
    related = ("child", "list_check__programme", "list_check__school")
    return programme, get_object_or_404(found.select_related(*related), pk=pk)
