"""Lists of the back office brought in as spreadsheets: ensembles, sessions, schools. Read, shown, then written."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.backoffice.resource import BackOfficeResource, Review, run
from inharmony.backoffice.table import Table, table_of
from inharmony.backoffice.token import TokenRefusedError, rows_in, token_for
from inharmony.pages.exporting import hand_out, offer
from inharmony.spreadsheets import Unreadable
from programmes.exports.session import sessions_out
from programmes.forms.bringing import SheetForm
from programmes.imports.ensemble import EnsembleResource
from programmes.imports.session import SessionResource
from programmes.queries.session import sessions_of_year
from schools.exports.school import schools_out
from schools.imports.sheet import SchoolResource
from schools.models import AcademicYear, School

MEANT = {
    "refused": ("Refused", "nothing is written until these are right", True),
    "new": ("New", "not there before", True),
    "changed": ("Changed", "what stands now, and what the file says", True),
    "unchanged": ("Unchanged", "nothing to do", False),
}
SHOWN = 200


@dataclass(frozen=True)
class Brought:
    """A list that can be brought in: what it is called, its page and the page of the list, and its export."""

    of: str
    out: str
    title: str
    about: str
    resource: type[BackOfficeResource]
    page: str
    back: str
    export: str
    act: str


ENSEMBLES = Brought(
    "ensembles",
    "ensembles that play now or soon",
    "Bring in ensembles",
    "A row an ensemble, found by its hub and name. Who leads it, what it teaches and its end are kept on its page.",
    EnsembleResource,
    "programmes:ensembles-bring",
    "participants:ensembles",
    "participants:ensembles-export",
    act="ensembles.brought_in",
)
SESSIONS = Brought(
    "sessions",
    "sessions of this academic year",
    "Bring in sessions",
    "A row a session, found by ensemble, date and start. One is cancelled, or moved to another start, on its page.",
    SessionResource,
    "programmes:timetable-bring",
    "programmes:timetable",
    "programmes:year-export",
    act="sessions.brought_in",
)
SCHOOLS = Brought(
    "schools",
    "schools of the register",
    "Bring in schools",
    "A row a school, found by its URN. The whole register of schools comes by the command import_schools.",
    SchoolResource,
    "programmes:schools-bring",
    "programmes:hubs",
    "programmes:schools-export",
    act="schools.brought_in",
)


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
def ensembles(request: AuthenticatedRequest) -> HttpResponse:
    """Where a list of ensembles is sent, shown and accepted."""
    return _bring(request, ENSEMBLES)


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
def sessions(request: AuthenticatedRequest) -> HttpResponse:
    """Where sessions are sent, shown and accepted."""
    return _bring(request, SESSIONS)


@needs(Permission.KEEP_HUBS, fresh=True)
def schools(request: AuthenticatedRequest) -> HttpResponse:
    """Where schools are sent, shown and accepted."""
    return _bring(request, SCHOOLS)


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
@require_POST
def year_export(request: AuthenticatedRequest) -> HttpResponse:
    """The sessions of this academic year as a spreadsheet."""
    year = AcademicYear.year_of(timezone.localdate())
    found = sessions_of_year(year, request.user)
    return hand_out(request, sessions_out(found, about=str(AcademicYear(year=year))))


@needs(Permission.KEEP_HUBS, fresh=True)
@require_POST
def schools_export(request: AuthenticatedRequest) -> HttpResponse:
    """The schools of the register as a spreadsheet."""
    return hand_out(request, schools_out(School.objects.all()))


def _bring(request: AuthenticatedRequest, brought: Brought) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, brought, SheetForm())
    if token := request.POST.get("token", ""):
        return _accept(request, brought, token)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, brought, form)
    sent = form.cleaned_data["file"]
    resource = brought.resource
    try:
        table = table_of(sent.read(), sent.name, known=resource.known(), needed=resource.needed)
    except Unreadable as refusal:
        form.add_error("file", str(refusal))
        return _ask(request, brought, form)
    return _show(request, brought, table, run(resource, table, by=request.user, dry=True))


def _accept(request: AuthenticatedRequest, brought: Brought, token: str) -> HttpResponse:
    """Writes what was shown, all of it or nothing; shows it again where it would do something else by now."""
    try:
        table, digest = rows_in(token, brought.of, request.user)
    except TokenRefusedError as refusal:
        form = SheetForm({})
        form.add_error("file", str(refusal))
        return _ask(request, brought, form)
    with transaction.atomic():
        review = run(brought.resource, table, by=request.user, dry=False)
        is_other = review.digest != digest
        if is_other or review.is_refused:
            transaction.set_rollback(True)
        else:
            _audit_brought(brought, table, review, request.user)
    if is_other or review.is_refused:
        why = "Something has changed since the file was read. Look at what it would do now."
        return _show(request, brought, table, review, why=why, status=409)
    messages.success(request, f"Brought in: {_counted(review)}.")
    return redirect(brought.back)


def _audit_brought(brought: Brought, table: Table, review: Review, by: User) -> None:
    audit(act=brought.act, by=by, details={"rows": len(table.rows), "file": table.file_hash, **review.counts})


def _counted(review: Review) -> str:
    return ", ".join(f"{found:,} {outcome}" for outcome, found in review.counts.items()) or "no rows"


def _ask(request: AuthenticatedRequest, brought: Brought, form: SheetForm) -> HttpResponse:
    resource = brought.resource
    context = {
        "brought": brought,
        "form": form,
        "needed": resource.needed,
        "known": [name for name in resource.known() if name not in resource.needed],
        "export": offer(request, brought.export, what=brought.out, about="to be changed and sent back here"),
    }
    return render(request, "programmes/bringing/ask.html", context, status=422 if form.errors else 200)


def _show(
    request: AuthenticatedRequest, brought: Brought, table: Table, review: Review, *, why: str = "", status: int = 200
) -> HttpResponse:
    kinds = [
        {
            "key": outcome,
            "title": title,
            "about": about,
            "is_open": is_open,
            "size": review.count(outcome),
            "lines": [line for line in review.lines if line.outcome == outcome][:SHOWN],
        }
        for outcome, (title, about, is_open) in MEANT.items()
        if review.count(outcome)
    ]
    written = review.count("new") + review.count("changed")
    context = {
        "brought": brought,
        "kinds": kinds,
        "review": review,
        "why": why,
        "ignored": table.ignored,
        "rows": len(table.rows),
        "written": written,
        "token": "" if review.is_refused or not written else token_for(table, brought.of, review.digest, request.user),
    }
    return render(request, "programmes/bringing/show.html", context, status=status)
