"""Two records of one child: the likely ones of a hub, those of one child, side by side, made one, and two again."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions import merge as acts
from participants.actions import merge_undo
from participants.forms import merge as forms
from participants.imports.roster.matching import Double, likely_doubles
from participants.models import Child, Merge
from participants.queries import child as children
from participants.queries import merge as reads
from participants.queries.care import Care, care_of
from participants.views.child import get_child_for, keep_words, sought
from participants.views.roll_forward import hub_of_lists
from schools.models import AcademicYear

PAGE = 50
_MOST = 20


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one child, what speaks for it, and what to heed."""

    one: Child
    other: Child
    why: str
    care: Care
    other_care: Care

    @property
    def is_off_paper(self) -> bool:
        """Whether no paper may show one of them."""
        return not (self.care.is_printed and self.other_care.is_printed)


@needs(Permission.IMPORT_ROSTER)
def doubles(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The children of a hub who may be there twice, and what was made one lately."""
    programme, user, today = hub_of_lists(request.user, slug), request.user, timezone.localdate()
    known = reads.children_to_compare(programme, user, AcademicYear.year_of(today))
    page = Paginator(likely_doubles(known), PAGE).get_page(request.GET.get("page"))
    done = reads.merges_of(programme, user)
    pairs = _pairs(list(page), user, also=[act.child_id for act in done], programme_id=programme.pk)
    context = {
        "programme": programme,
        "page": page,
        "pairs": pairs,
        "done": done,
        "off_paper": sum(pair.is_off_paper for pair in pairs),
    }
    return render(request, "participants/merge/doubles.html", context)


def _pairs(found: list[Double], user: User, *, also: list[int], programme_id: int) -> list[Pair]:
    ids = {record.id for pair in found for record in (pair.one, pair.other)}
    shown = Child.objects.visible_to(user).in_bulk(ids)
    audit(act="doubles.viewed", by=user, programme_id=programme_id, children=sorted({*ids, *also}))
    care = care_of(ids, user)
    return [
        Pair(shown[pair.one.id], shown[pair.other.id], pair.why, care[pair.one.id], care[pair.other.id])
        for pair in found
        if pair.one.id in shown and pair.other.id in shown
    ]


@needs(Permission.IMPORT_ROSTER)
def twice(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Which other record is the same child's: those that look like it, or one that is searched for."""
    found, user, today = (
        get_child_for(request.user, pk, to=Permission.IMPORT_ROSTER),
        request.user,
        timezone.localdate(),
    )
    year = AcademicYear.year_of(today)
    known = reads.children_to_compare(found.programme, user, year, like=found)
    likely = likely_doubles(known, of=found.pk)
    search = sought(request)
    named = []
    if search:
        every = children.children_list(user, day=today, year=year, search=search)
        named = list(every.filter(programme=found.programme).exclude(pk=found.pk)[:_MOST])
    pairs = _pairs(likely, user, also=[found.pk, *(child.pk for child in named)], programme_id=found.programme_id)
    care = care_of([found.pk, *(child.pk for child in named)], user)
    context = {
        "child": found,
        "pairs": [(pair.other if pair.one.pk == found.pk else pair.one, pair.why) for pair in pairs],
        "named": [(child, care[child.pk]) for child in named],
        "find": search,
        "is_printed": not any(pair.is_off_paper for pair in pairs) and care[found.pk].is_printed,
    }
    return keep_words(render(request, "participants/merge/twice.html", context))


@needs(Permission.IMPORT_ROSTER, fresh=True)
def merge(request: AuthenticatedRequest, pk: int, other: int) -> HttpResponse:
    """Two records side by side, field by field; posted, they become one."""
    kept = get_child_for(request.user, pk, to=Permission.IMPORT_ROSTER)
    gone = get_child_for(request.user, other, to=Permission.IMPORT_ROSTER)
    if kept.pk == gone.pk or kept.programme_id != gone.programme_id:
        raise Http404
    if request.method != "POST":
        return _side_by_side(request, kept, gone)
    if request.POST.get("version") != forms.version_of(kept, gone):
        words = "One of the two was changed since this page was opened. Look at them again."
        return _side_by_side(request, kept, gone, refusal=words)
    try:
        acts.merge(kept=kept, gone=gone, theirs=forms.theirs_in(request.POST.dict()), by=request.user)
    except acts.MergeRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("participants:doubles", slug=kept.programme.slug)
    messages.success(request, "The two records are one. It can be undone for 30 days, on the page of likely doubles.")
    return redirect("participants:child", pk=kept.pk)


def _side_by_side(request: AuthenticatedRequest, kept: Child, gone: Child, *, refusal: str = "") -> HttpResponse:
    user, both = request.user, [kept.pk, gone.pk]
    audit(act="doubles.viewed", by=user, programme_id=kept.programme_id, children=sorted(both))
    records, care = reads.records_of(kept, gone), care_of(both, user)
    rows = forms.rows_of(records, {} if refusal else request.POST.dict())
    context = {
        "kept": kept,
        "gone": gone,
        "hanging": forms.hanging(records),
        "rows": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs],
        "version": forms.version_of(kept, gone),
        "is_printed": all(care[child].is_printed for child in both),
        "is_at_risk": kept.is_at_risk or gone.is_at_risk,
        "refusal": refusal,
    }
    return render(request, "participants/merge/choose.html", context, status=409 if refusal else 200)


@needs(Permission.IMPORT_ROSTER)
@require_POST
def undo(request: AuthenticatedRequest, slug: str, act: int) -> HttpResponse:
    """Makes two records of one again."""
    programme = hub_of_lists(request.user, slug)
    found = get_object_or_404(Merge.objects.visible_to(request.user), pk=act, programme=programme)
    try:
        parted = merge_undo.undo(act=found, by=request.user)
    except acts.MergeRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Undone: there are two records again.{_besides(parted)}")
    return redirect("participants:doubles", slug=slug)


def _besides(parted: merge_undo.Parted) -> str:
    said = ""
    if parted.left:
        changed = "; ".join(each.words for each in parted.left)
        said = f" With the record that stayed, because it was changed since: {changed}."
    if parted.of_both:
        many = "1 photo or story" if parted.of_both == 1 else f"{parted.of_both} photos and stories"
        said += f" Both are named in {many} made since, and no page shows those: say which child is in them."
    return said
