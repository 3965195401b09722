"""What the children of an ensemble play, for all on one page; and of one child, on the child's own."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.actions import playing as acts
from participants.forms import playing as forms
from participants.models import Child, Playing
from participants.queries.care import Care, care_of
from participants.queries.membership import members
from participants.queries.playing import played_on
from participants.views.child import get_child_for
from participants.views.known_absence import get_ensemble_with_registers
from programmes.instruments import by_family
from programmes.models import Ensemble


@needs(Permission.TAKE_REGISTER)
def instruments(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The instrument of each child in an ensemble; posted, those that differ are written down."""
    found = get_ensemble_with_registers(request.user, pk)
    inside = list(members(found, request.user, timezone.localdate()))
    form = forms.FromDayForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, inside, form, status=422 if form.errors else 200)
    day = form.cleaned_data["starts_on"]
    try:
        chosen = forms.read(request.POST, inside)
        changed = acts.set_instruments(chosen=chosen, starts_on=day, ensemble=found, by=request.user)
    except (acts.InstrumentRefusedError, forms.UnknownInstrumentError) as refusal:
        form.add_error("starts_on" if isinstance(refusal, acts.InstrumentRefusedError) else None, str(refusal))
        stays = getattr(refusal, "children", frozenset[int]())
        return _page(request, found, inside, form, later=stays, status=422)
    if changed:
        messages.success(request, f"Written down for {_many(len(changed))}, from {dates.day(day)}.")
    else:
        messages.info(request, "Nothing was changed: no child has another instrument than before.")
    return redirect("participants:ensemble", pk=pk)


@dataclass(frozen=True)
class Row:
    """A child on the page: what they play, what is chosen, what to heed, and whether a later change is in the way."""

    child: Child
    now: Playing | None
    chosen: str
    care: Care
    is_later: bool

    @property
    def was(self) -> str:
        """What the child plays, as the form says it back."""
        return self.now.instrument if self.now else ""


def _page(
    request: AuthenticatedRequest,
    found: Ensemble,
    inside: list[Child],
    form: forms.FromDayForm,
    *,
    later: frozenset[int] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    ids, this = [child.pk for child in inside], [found.pk]
    audit(
        act="instruments.viewed",
        by=request.user,
        programme_id=found.programme_id,
        subject=found,
        children=ids,
    )
    now = played_on(ids, request.user, timezone.localdate(), inside=this)
    care = care_of(ids, request.user, inside=this)
    # an ensemble that teaches one instrument has said what its children play
    preset = found.instruments[0] if len(found.instruments) == 1 else ""
    rows = [
        Row(
            child,
            now.get(child.pk),
            request.POST.get(f"i-{child.pk}", now[child.pk].instrument if child.pk in now else preset),
            care[child.pk],
            child.pk in later,
        )
        for child in inside
    ]
    context = {
        "ensemble": found,
        "form": form,
        "rows": rows,
        "families": by_family(),
        "preset": preset and sum(row.now is None for row in rows),
        "off_paper": care.off_paper,
    }
    return render(request, "participants/playing/instruments.html", context, status=status)


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def child_instrument(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Writes down what one child plays from a day on."""
    child = get_child_for(request.user, pk, to=Permission.KEEP_ENSEMBLES)
    form = forms.FromDayForm(request.POST)
    try:
        chosen = forms.read(request.POST, [child])
        if not form.is_valid():
            messages.error(request, f"Nothing was changed. {' '.join(map(str, form.errors['starts_on']))}")
        elif acts.set_instruments(chosen=chosen, starts_on=form.cleaned_data["starts_on"], by=request.user):
            messages.success(request, f"Written down, from {dates.day(form.cleaned_data['starts_on'])}.")
        else:
            messages.info(request, "Nothing was changed: that is what this child plays.")
    except (acts.InstrumentRefusedError, forms.UnknownInstrumentError) as refusal:
        messages.error(request, str(refusal))
    return redirect("participants:child", pk=pk)


def _many(children: int) -> str:
    return "1 child" if children == 1 else f"{children} children"
