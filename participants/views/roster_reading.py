"""How a class list is to be read: which sheet, what each column is, what a blank means."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from participants.actions import roster as acts
from participants.forms.roster_reading import ReadingForm, blanks_in
from participants.imports.roster import page, preview
from participants.imports.roster.columns import FIELDS, NotARosterError, said
from participants.imports.roster.rereading import Choices, choices_of, examples_of
from participants.imports.roster.rows import FLAGS
from participants.models import RosterImport
from participants.views.roster_shared import get_import_for, steps

_IN_WORDS = {
    "sen": "SEN status",
    "pupil_premium": "Pupil Premium",
    "fsm": "Free school meals",
    "fsm6": "Free school meals, ever 6",
    "eal": "English as an additional language",
    "home_decile": "Deprivation of the home (IDACI decile)",
    "upn": "UPN",
    "former_upn": "Former UPN",
    "school_urn": "School (URN)",
}


def asking(request: AuthenticatedRequest, found: RosterImport, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """Returns the page that asks which sheet is meant, or what the columns are."""
    if "sheets" not in found.asks:
        return _columns_page(request, found, refusal=refusal, status=status)
    context = {
        "import": found,
        "sheets": found.asks["sheets"],
        "refusal": refusal,
        "steps": steps(1),
        "is_mine": found.uploaded_by_id == request.user.pk,
    }
    return render(request, "participants/roster/sheets.html", context, status=status)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Reads the sheet that was chosen of several."""
    found = get_import_for(request.user, pk)
    places = {str(each["place"]): each["place"] for each in found.asks.get("sheets", [])}
    place = places.get(request.POST.get("place", ""))
    if place is None:
        return asking(request, found, refusal="Choose the sheet that is meant.", status=422)
    return _chosen(request, found, Choices(place=place))


@needs(Permission.IMPORT_ROSTER)
def columns(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What each column of the sheet is read as, with an example; changed here, and read again."""
    found = get_import_for(request.user, pk)
    if found.state not in {RosterImport.State.ASKING, RosterImport.State.PREVIEW} or not found.columns:
        return redirect("participants:roster", pk=pk)
    if request.method != "POST":
        return _columns_page(request, found)
    so_far = choices_of(found)
    form = _form(found, so_far, request.POST)
    if not form.is_valid():
        return _columns_page(request, found, form=form, status=422)
    row = form.cleaned_data["heading_row"] if form.is_moved else so_far.heading_row
    return _chosen(request, found, Choices(so_far.place, form.said, so_far.blanks, row))


def _form(found: RosterImport, choices: Choices, posted: QueryDict | None = None) -> ReadingForm:
    words = [(name, _IN_WORDS.get(name, said(name)[:1].upper() + said(name)[1:])) for name in FIELDS]
    examples = examples_of(found)
    columns_ = [column | {"example": examples.get(column["index"], "")} for column in found.columns]
    return ReadingForm(
        posted,
        columns=columns_,
        heading_row=found.heading_row,
        fields=words,
        chosen=choices.columns,
        postcodes=page.postcodes(found).headings,
    )


@needs(Permission.IMPORT_ROSTER)
@require_POST
def blanks(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Notes what a blank means in columns that say only yes, and reads the list again."""
    found = get_import_for(request.user, pk)
    so_far = choices_of(found)
    choices = Choices(so_far.place, so_far.columns, so_far.blanks | blanks_in(request.POST, FLAGS), so_far.heading_row)
    return _chosen(request, found, choices)


def _chosen(request: AuthenticatedRequest, found: RosterImport, choices: Choices) -> HttpResponse:
    if found.uploaded_by_id != request.user.pk:
        raise PermissionDenied
    try:
        preview.choose(found, choices, by=request.user)
    except (NotARosterError, acts.RosterRefusedError) as refusal:
        found = get_import_for(request.user, found.pk)
        if found.state == RosterImport.State.ASKING and found.asks.get("sheets"):
            return asking(request, found, refusal=str(refusal), status=422)
        return _columns_page(request, found, refusal=str(refusal), choices=choices, status=422)
    if found.state == RosterImport.State.PREVIEW:
        messages.success(request, "Read again. Nothing is written before you accept the list.")
    return redirect("participants:roster", pk=found.pk)


def _columns_page(
    request: AuthenticatedRequest,
    found: RosterImport,
    *,
    form: ReadingForm | None = None,
    refusal: str = "",
    choices: Choices | None = None,
    status: int = 200,
) -> HttpResponse:
    audit(act="roster.viewed", by=request.user, programme_id=found.programme_id, subject=found)
    context = {
        "import": found,
        "form": form or _form(found, choices or choices_of(found)),
        "refusal": refusal or found.asks.get("columns", ""),
        "is_asking": found.state == RosterImport.State.ASKING,
        "is_mine": found.uploaded_by_id == request.user.pk,
        "steps": steps(1),
    }
    return render(request, "participants/roster/columns-form.html", context, status=status)
