"""The income of a hub: seen by its office, written down by its manager."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.exporting import hand_out, offer
from programmes.actions import income as acts
from programmes.exports.income import income_out
from programmes.forms.income import IncomeForm, YearForm
from programmes.models import Income, Programme
from programmes.queries import income as reads
from schools.models import AcademicYear


def get_hub_for(user: User, slug: str) -> Programme:
    """Returns a hub whose figures the person sees; 404 for what they do not see at all, PermissionDenied for a role."""
    found = Programme.objects.filter(slug=slug).first()
    if found is not None and found.pk in user.reach.programmes_for(Permission.SEE_HUB_FIGURES):
        return found
    if Programme.objects.visible_to(user).filter(slug=slug).exists():
        raise PermissionDenied
    raise Http404


@needs(Permission.SEE_HUB_FIGURES)
def income(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: the income of a year beside that of the year before; POST: writes it down."""
    hub, user = get_hub_for(request.user, slug), request.user
    years = YearForm(request.GET, years=reads.years_of_income(timezone.localdate()))
    if not years.is_valid():
        raise Http404
    keeps = user.reach.may(Permission.KEEP_INCOME, programme_id=hub.pk)
    if request.method == "POST" and not keeps:
        raise PermissionDenied
    year = years.chosen
    found = reads.income_by_year(user, hub, (year.pk - 1, year.pk))
    standing = {source: acts.Line(row.amount, row.note) for source, row in found[year.pk].items()}
    form = IncomeForm(request.POST if request.method == "POST" else None, standing=standing)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _kept(request, form, hub, year):
            return redirect(f"{reverse('programmes:income', args=[slug])}?year={year}")
        status = 422
    context = {
        "programme": hub,
        "years": years,
        "year": year,
        "year_before": AcademicYear(year=year.pk - 1),
        "form": form,
        "rows": form.rows(found[year.pk - 1]),
        "sources": _sources(found[year.pk], found[year.pk - 1]),
        "total": reads.total_of(found[year.pk].values()),
        "total_before": reads.total_of(found[year.pk - 1].values()),
        "keeps": keeps,
        "changes": reads.changes_of(hub, year) if keeps else [],
        "export": offer(request, "programmes:income-export", slug, what="income", about="of all years"),
    }
    return render(request, "programmes/income/show.html", context, status=status)


def _kept(request: AuthenticatedRequest, form: IncomeForm, hub: Programme, year: AcademicYear) -> bool:
    """Writes down what was entered, and says so; where it is refused, says why with the form."""
    try:
        changed = acts.keep_income(
            programme=hub, year=year, lines=form.lines, seen=form.cleaned_data["seen"], by=request.user
        )
    except acts.IncomeRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    said = f"The income of {year} is kept." if changed else "Nothing is different from what stood already."
    messages.success(request, said)
    return True


def _sources(now: dict[str, Income], before: dict[str, Income]) -> list[tuple[str, Income | None, Income | None]]:
    """Each source with what came from it in either year, for who only reads."""
    return [(str(label), now.get(source), before.get(source)) for source, label in Income.Source.choices]


@needs(Permission.SEE_HUB_FIGURES, fresh=True)
@require_POST
def income_export(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Hands out the income of all years as a spreadsheet."""
    hub = get_hub_for(request.user, slug)
    return hand_out(request, income_out(reads.all_income(request.user, hub), hub))
