"""The turn of the year: who moves up into which year group, by school class; and what was done, to be undone."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.actions import destination
from participants.actions import roll_forward as acts
from participants.forms import roll_forward as forms
from participants.models import RollForward
from participants.models.enrolment import YearGroup
from participants.queries import roll_forward as reads
from participants.queries.destination import progression
from programmes.models import Programme
from schools.models import AcademicYear


def hub_of_lists(user: User, slug: str) -> Programme:
    """Returns a hub whose class lists the person keeps; 404 for one they have no part in, 403 for one they only see."""
    found = get_object_or_404(Programme.objects.visible_to(user), slug=slug)
    if not user.reach.may(Permission.IMPORT_ROSTER, programme_id=found.pk):
        raise PermissionDenied
    return found


@needs(Permission.IMPORT_ROSTER)
def roll_forward(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """What the turn of the year would do, class by class; posted, it is done."""
    programme = hub_of_lists(request.user, slug)
    if request.method != "POST":
        return _page(request, programme)
    sent = forms.read(request.POST)
    if sent.problems:
        return _page(request, programme, sent=sent, status=422)
    try:
        act = acts.move_up(
            programme=programme, academic_year=AcademicYear(year=sent.year), classes=sent.classes, by=request.user
        )
    except acts.RollForwardRefusedError as refusal:
        return _page(request, programme, refusal=str(refusal), status=409)
    if act is None:
        messages.info(request, "Nobody was left to move: every child of these classes has a year group already.")
    else:
        messages.success(request, f"{many(act.children)} moved up into {act.academic_year}.")
    return redirect("participants:roll-forward", slug=slug)


@dataclass(frozen=True)
class Section:
    """A school on the page, with its classes."""

    school: reads.MovingSchool
    rows: list[forms.Row]


@dataclass(frozen=True)
class Done:
    """What was done, and whether it can still be undone."""

    act: RollForward
    is_undoable: bool


def _page(
    request: AuthenticatedRequest,
    programme: Programme,
    *,
    sent: forms.Sent | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    year, due = reads.year_to_roll(today), reads.roll_forward_due(programme, request.user, today)
    chosen = request.GET.get("school", "")
    shown = [each for each in due if each.key == chosen] or due
    how = request.GET.get("names", "")
    labels = dict(YearGroup.choices)
    sections = [Section(each, forms.rows_of(each, how, labels, sent)) for each in shown if each.classes]
    context = {
        "programme": programme,
        "year": year,
        "is_planned": today < year.starts_on,
        "next_words": _next_words(year),
        "due": due,
        "school": shown[0].key if len(shown) < len(due) else "",
        "sections": sections,
        "moving": sum(section.school.moving for section in sections),
        "leaving": [each for each in due if each.leaving],
        "names": [(value, words, value == how) for value, words in forms.NAMES],
        "problems": [row for section in sections for row in section.rows if row.problem],
        "refusal": refusal,
        "progression": progression(programme, request.user, year),
        "done": [Done(act, today <= reads.undo_until(act)) for act in reads.acts_of(programme, request.user, year)],
    }
    return render(request, "participants/roll_forward/show.html", context, status=status)


def _next_words(year: AcademicYear) -> str:
    """Returns what the page is for once nothing is left to do."""
    opens = year.ends_on.replace(month=reads.PLANNED_FROM, day=1)
    return f"{AcademicYear(year=year.pk + 1)} can be planned here from {dates.day(opens)}."


@needs(Permission.IMPORT_ROSTER)
@require_POST
def undo(request: AuthenticatedRequest, slug: str, act: int) -> HttpResponse:
    """Undoes what one press did at the turn of a year."""
    taken_back = {RollForward.Kind.MOVED: acts.undo, RollForward.Kind.LEFT: destination.undo}
    programme = hub_of_lists(request.user, slug)
    found = get_object_or_404(RollForward.objects.visible_to(request.user), pk=act, programme=programme)
    try:
        kept = taken_back[RollForward.Kind(found.kind)](act=found, by=request.user)
    except acts.RollForwardRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        stay = f" {many(kept)} {'stays' if kept == 1 else 'stay'} as they are: changed since." if kept else ""
        messages.success(request, f"Undone: {many(found.children - kept)} as before.{stay}")
    return redirect("participants:roll-forward", slug=slug)


def many(children: int) -> str:
    """Returns "1 child", "1,357 children"."""
    return "1 child" if children == 1 else f"{children:,} children"
