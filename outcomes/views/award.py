"""Awards of children: recorded for an ensemble or a school class at once, withdrawn one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.fields import Problem
from outcomes.actions import award as acts
from outcomes.awards.boards import SYLLABUSES
from outcomes.forms.award import ChoiceForm, read
from outcomes.models import Award
from outcomes.queries import award as reads
from participants.models import Child
from participants.queries.care import Care, care_of
from participants.queries.playing import played_on
from programmes.instruments import by_family
from programmes.models import Programme


def get_hub_for(user: User, slug: str) -> Programme:
    """Returns a hub whose awards the person keeps; 404 for what they do not see at all, PermissionDenied for a role."""
    found = get_object_or_404(Programme.objects.visible_to(user), slug=slug)
    if not user.reach.may(Permission.KEEP_AWARDS, programme_id=found.pk):
        raise PermissionDenied
    return found


@dataclass(frozen=True)
class Row:
    """A child on the page: what to heed, what stands already, what is typed, and what is wrong with it."""

    child: Child
    care: Care
    standing: list[Award]
    typed: str
    instrument: str
    problem: str


@needs(Permission.KEEP_AWARDS)
def awards(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?of=&award=&taken_on=`: the children of a group with a box for each; POST: records what was typed."""
    hub, user, today = get_hub_for(request.user, slug), request.user, timezone.localdate()
    form = ChoiceForm(request.GET, groups=reads.groups_of(user, hub, today), today=today)
    if not form.is_asked or not form.is_valid():
        if request.method == "POST":
            raise Http404
        context = {"programme": hub, "choice": form, "syllabuses": SYLLABUSES, "form": form if form.is_asked else None}
        return render(request, "outcomes/award/record.html", context, status=422 if form.is_asked else 200)
    children = reads.children_of(user, hub, form.cleaned_data["of"], today)
    problems: Mapping[int, str] = {}
    if request.method == "POST":
        problems = _record(request, form, children)
        if not problems:
            return redirect(request.get_full_path())
    return _grid(request, hub, form, children, problems)


def _record(request: AuthenticatedRequest, form: ChoiceForm, children: list[Child]) -> Mapping[int, str]:
    """Records what was typed and says so; returns what is wrong, by the child's id, and then records nothing."""
    kind = form.kind
    taken, problems = read(request.POST, children, kind)
    if problems:
        # all that is wrong is said at once
        return acts.wrong_with(kind, taken) | problems
    if not taken:
        messages.info(request, "Nothing was typed, so nothing is recorded.")
        return {}
    try:
        made = acts.record_awards(
            kind=kind,
            taken_on=form.cleaned_data["taken_on"],
            taken=taken,
            today=timezone.localdate(),
            by=request.user,
        )
    except acts.ChildrenRefusedError as refusal:
        return refusal.problems
    except acts.AwardsRefusedError as refusal:
        messages.error(request, f"Nothing is recorded. {refusal}")
        return {}
    many = f"{len(made)} child{'' if len(made) == 1 else 'ren'}"
    messages.success(request, f"Recorded for {many}: {kind.title}." if made else "That is recorded already.")
    return {}


def _grid(
    request: AuthenticatedRequest, hub: Programme, form: ChoiceForm, children: list[Child], problems: Mapping[int, str]
) -> HttpResponse:
    ids, user = [child.pk for child in children], request.user
    audit(act="awards.viewed", by=user, programme_id=hub.pk, subject=hub, children=ids)
    kind, care = form.kind, care_of(ids, user)
    standing = reads.awards_by_child(user, ids, kind)
    plays = played_on(ids, user, form.cleaned_data["taken_on"]) if kind.syllabus.of_instrument else {}
    rows = [
        Row(
            child,
            care[child.pk],
            standing[child.pk],
            request.POST.get(f"m-{child.pk}", ""),
            request.POST.get(f"i-{child.pk}", plays[child.pk].instrument if child.pk in plays else ""),
            problems.get(child.pk, ""),
        )
        for child in children
    ]
    context = {
        "programme": hub,
        "choice": form,
        "kind": kind,
        "rows": rows,
        "wrong": [Problem(f"{row.child.name}: {row.problem}", f"#m-{row.child.pk}") for row in rows if row.problem],
        "families": by_family(),
        "off_paper": care.off_paper,
        "syllabuses": SYLLABUSES,
    }
    return render(request, "outcomes/award/record.html", context, status=422 if problems else 200)


@needs(Permission.KEEP_AWARDS)
@require_POST
def withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Withdraws an award that was recorded wrongly, and leads back to the child."""
    found = get_object_or_404(Award.objects.visible_to(request.user), pk=pk)
    if not request.user.reach.may(Permission.KEEP_AWARDS, programme_id=found.programme_id):
        raise PermissionDenied
    if acts.withdraw_award(award=found, by=request.user):
        messages.success(request, f"Withdrawn: {found.title}.")
    else:
        messages.info(request, "That was withdrawn already.")
    return redirect("participants:child", pk=found.child_id)
