"""Class lists: bring one in, look at what it would do, decide, accept, take back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from inharmony.pages.exporting import Offer, hand_out, offer
from participants.actions import roster as acts
from participants.actions import roster_accepting, roster_undo
from participants.exports.left_out import left_out
from participants.exports.roster import rosters_out
from participants.forms.roster import RosterForm
from participants.imports.roster import page, preview
from participants.imports.roster.comparing import Sent
from participants.imports.roster.rereading import choices_of, kept_sheet
from participants.imports.roster.upn import without_upn
from participants.models import RosterImport
from participants.queries.roll_forward import year_to_roll
from participants.queries.roster import left_out_rows
from participants.views.roster_reading import asking
from participants.views.roster_shared import get_import_for, steps
from programmes.models import Programme
from schools.models import AcademicYear

PAGE = 25
LEFT_OUT = "rows that did not go in"


@needs(Permission.IMPORT_ROSTER)
def rosters(request: AuthenticatedRequest) -> HttpResponse:
    """The class lists of the hub, newest first."""
    imports = RosterImport.objects.visible_to(request.user).select_related("school", "academic_year", "uploaded_by")
    shown = Paginator(imports, PAGE).get_page(request.GET.get("page"))
    keeps = request.user.reach.programmes_for(Permission.IMPORT_ROSTER)
    context = {
        "page": shown,
        "export": offer(request, "participants:roster-export", what="class lists") if shown.object_list else None,
        "hubs": Programme.objects.visible_to(request.user).filter(pk__in=keeps),
        "year": year_to_roll(timezone.localdate()),
    }
    return render(request, "participants/roster/list.html", context)


@needs(Permission.IMPORT_ROSTER, fresh=True)
@require_POST
def rosters_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same lists as a spreadsheet."""
    imports = RosterImport.objects.visible_to(request.user).select_related("school", "academic_year", "uploaded_by")
    return hand_out(request, rosters_out(imports))


@needs(Permission.IMPORT_ROSTER, fresh=True)
@require_POST
def left_out_export(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The rows that did not go in, in the school's own layout, with a column of reasons: to send back to the school."""
    found = get_import_for(request.user, pk)
    try:
        sheet = kept_sheet(found, choices_of(found).place)
        sees_upns = request.user.reach.may(Permission.SEE_UPN, programme_id=found.programme_id)
        return hand_out(request, left_out(found, sheet, request.user, str if sees_upns else without_upn))
    except acts.RosterRefusedError as refusal:
        return refused(request, found, refusal)


@needs(Permission.IMPORT_ROSTER)
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """Where class lists are sent; a file that cannot be read is refused here, with what to do."""
    form = RosterForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        staged = []
        for file in form.cleaned_data["file"]:
            try:
                staged.append(preview.stage(_sent(form, file), by=request.user))
            except preview.AlreadyImportedError as known:
                messages.info(request, f"“{file.name}”: {known}")
                staged.append(known.roster_import)
            except preview.FileRefusedError as refusal:
                form.add_error("file", str(refusal))
            except acts.AgreementMissingError as refusal:
                form.add_error("partnership", str(refusal))
                break
        if staged and (len(staged) > 1 or form.errors):
            _tell_of(request, staged, form)
            return redirect("participants:roster-list")
        if staged:
            return redirect("participants:roster", pk=staged[0].pk)
    context = {"form": form, "steps": steps(0), "has_schools": form.has_schools}
    return render(request, "participants/roster/upload.html", context, status=422 if form.errors else 200)


def _offer_of_left_out(request: AuthenticatedRequest, found: RosterImport) -> Offer | None:
    is_any = found.destroyed_at is None and left_out_rows(found).exists()
    return offer(request, "participants:roster-left-out", found.pk, what=LEFT_OUT) if is_any else None


def _tell_of(request: AuthenticatedRequest, staged: list[RosterImport], form: RosterForm) -> None:
    """What became of several files at once; each is a list of its own."""
    read = f"{len(staged)} list{'s' if len(staged) > 1 else ''} read. Open each to check it before anything changes."
    messages.success(request, read)
    for words in form.errors.get("file", []):
        messages.error(request, f"Not read: {words}")


def _sent(form: RosterForm, file: UploadedFile) -> Sent:
    cleaned = form.cleaned_data
    return Sent(
        data=file.read(),
        file_name=file.name or "",
        partnership=cleaned["partnership"],
        academic_year=AcademicYear(year=cleaned["year"]),
    )


@needs(Permission.IMPORT_ROSTER)
def roster(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A class list: what accepting it would do, or what it did."""
    return _page(request, get_import_for(request.user, pk))


def _page(request: AuthenticatedRequest, found: RosterImport, *, refusal: str = "", status: int = 200) -> HttpResponse:
    if found.state == RosterImport.State.ASKING:
        return asking(request, found, refusal=refusal, status=status)
    only = request.GET.get("kind", "")
    only = only if only in page.KINDS else ""
    kinds = page.kinds(found, request.user, only=only, page=request.GET.get("page", 1))
    shown = page.children_shown(kinds)
    audit(act="roster.viewed", by=request.user, programme_id=found.programme_id, subject=found, children=shown)
    context = {"import": found, "refusal": refusal, "only": only, "is_mine": found.uploaded_by_id == request.user.pk}
    if found.state == RosterImport.State.REFUSED:
        return render(request, "participants/roster/refused.html", context, status=status)
    is_waiting = found.state == RosterImport.State.PREVIEW
    context |= {
        "kinds": kinds,
        "steps": steps(2 if is_waiting else 4),
        "columns": page.columns_read(found),
        "left_out": [*found.ignored, *found.dropped],
        "postcodes": page.postcodes(found),
        "ready": page.ready(found),
        "blanks": page.blanks(found),
        "joins": page.joins(found),
        "export": _offer_of_left_out(request, found),
        "token": roster_accepting.token_for(found, request.user) if is_waiting else "",
        "undo_until": page.may_be_undone_until(found, roster_undo.DAYS),
    }
    template = "participants/roster/check.html" if is_waiting else "participants/roster/result.html"
    return render(request, template, context, status=status)


@needs(Permission.IMPORT_ROSTER, fresh=True)
@require_POST
def accept(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Writes what the page showed, wholly or not at all."""
    found = get_import_for(request.user, pk)
    try:
        preview.accept(found, request.POST.get("token", ""), by=request.user)
    except acts.RosterRefusedError as refusal:
        return refused(request, found, refusal)
    return redirect("participants:roster", pk=pk)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def discard(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Removes a list that waits, with its file."""
    found = get_import_for(request.user, pk)
    try:
        acts.discard(roster_import=found, by=request.user)
    except acts.RosterRefusedError as refusal:
        return refused(request, found, refusal)
    messages.success(request, f"“{found.file_name}” and what was read of it are deleted. No child was changed.")
    return redirect("participants:roster-list")


def refused(request: AuthenticatedRequest, found: RosterImport, refusal: acts.RosterRefusedError) -> HttpResponse:
    """Answers an act on an import that cannot be done: with the page as it stands now, and why."""
    if isinstance(refusal, acts.NotTheUploaderError):
        raise PermissionDenied from refusal
    found = get_import_for(request.user, found.pk)
    return _page(request, found, refusal=str(refusal), status=409)


@needs(Permission.IMPORT_ROSTER)
def undo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, with what would happen, and takes an accepted list back."""
    found = get_import_for(request.user, pk)
    try:
        if request.method == "POST":
            done = roster_undo.undo(roster_import=found, by=request.user)
            words = f"Undone: {len(done.removed)} children removed, {len(done.restored)} put back as they were."
            if done.kept:
                words += f" {len(done.kept)} left as they are: {_named(done.kept)}."
            messages.success(request, words)
            return redirect("participants:roster", pk=pk)
        planned = roster_undo.plan_undo(found)
    except acts.RosterRefusedError as refusal:
        return _page(request, found, refusal=str(refusal), status=409)
    return render(request, "participants/roster/undo.html", {"import": found, "planned": planned})


def _named(kept: list[roster_undo.Kept]) -> str:
    first = "; ".join(f"row {row.row} {row.why}" for row in kept[:5])
    return f"{first}; and {len(kept) - 5} more" if len(kept) > 5 else first
