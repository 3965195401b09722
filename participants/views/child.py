from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.exporting import hand_out, offer
from participants.exports.child import children_out
from participants.models import Child
from participants.models.enrolment import YearGroup
from participants.queries import child as reads
from participants.queries.access_note import last_note
from participants.queries.care import care_of
from participants.queries.membership import ensembles_to_join
from participants.queries.playing import played_by
from programmes.instruments import by_family
from programmes.models import Ensemble, Programme
from schools.models import AcademicYear, School

PAGE = 50
# of what is searched for
LONGEST = 60


def get_child_for(user: User, pk: int, *, to: Permission | None = None) -> Child:
    """
    Returns a child the person sees; 404 for any other, there or not.

    With a permission named, raises PermissionDenied unless the person holds it in the child's own programme.
    """
    child = get_object_or_404(Child.objects.visible_to(user), pk=pk)
    if to is not None and not user.reach.may(to, programme_id=child.programme_id):
        raise PermissionDenied
    return child


def audit_sight(user: User, child: Child) -> None:
    """Writes into the trail who looked at a child's page, or at a page about an act on the child."""
    audit(act="child.viewed", by=user, programme_id=child.programme_id, subject=child, children=[child.pk])


@needs(Permission.SEE_CHILDREN)
def child(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A child's page: where they learn and play, how often they came, what their family agreed to."""
    found, user, today = get_child_for(request.user, pk), request.user, timezone.localdate()
    audit_sight(user, found)
    enrolment = reads.last_enrolment(found, user, today)
    sees_all = found.programme_id in user.reach.whole_programmes
    playings = list(played_by(found, user))
    context = {
        "child": found,
        "care": care_of([found.pk], user)[found.pk],
        "enrolment": enrolment,
        "placement": reads.placement_of(enrolment, user, AcademicYear.year_of(today)) if enrolment else None,
        "memberships": reads.memberships_of(found, user),
        "playings": playings,
        "plays_now": next((each.instrument for each in playings if each.is_on(today)), ""),
        "families": by_family(),
        "awards": list(reads.awards_of(found, user)),
        "attendance": reads.attendance_so_far(found, user, enrolment, today),
        "consents": reads.consents_of(found, user),
        # what only staff of the whole programme are shown: birth, what is special, who answered
        "sees_all": sees_all,
        "destination": reads.destination_of(found, user) if sees_all else None,
        "age": found.age_on(today),
        "today": today,
        **_permitted(user, found),
        **_note(user, found),
        "ensembles": _offered(found, user, today),
    }
    return render(request, "participants/child/show.html", context)


def _note(user: User, found: Child) -> dict[str, object]:
    """The access note, for whoever keeps it; that it was read is in the trail."""
    if not user.reach.may(Permission.KEEP_ACCESS_NOTES, programme_id=found.programme_id):
        return {"keeps_notes": False}
    note = last_note(found, user)
    if note is not None and note.ended_at is None:
        audit_note(user, found)
    return {"keeps_notes": True, "note": note}


def audit_note(user: User, child: Child) -> None:
    """Writes into the trail who read the access note of a child."""
    audit(act="access_note.viewed", by=user, programme_id=child.programme_id, subject=child, children=[child.pk])


def _offered(found: Child, user: User, day: date) -> list[Ensemble]:
    """The ensembles the person may take the child into."""
    keeps = user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id)
    return list(ensembles_to_join(found, user, day)) if keeps else []


def _permitted(user: User, found: Child) -> dict[str, bool]:
    acts = {
        "keeps_consent": Permission.KEEP_CONSENT,
        "keeps_instrument": Permission.KEEP_ENSEMBLES,
        "keeps_awards": Permission.KEEP_AWARDS,
        "flags": Permission.FLAG_AT_RISK,
        "sees_upn": Permission.SEE_UPN,
        "sees_trail": Permission.SEE_TRAIL,
        "merges": Permission.IMPORT_ROSTER,
    }
    return {name: user.reach.may(act, programme_id=found.programme_id) for name, act in acts.items()}


def sought(request: AuthenticatedRequest) -> str:
    """Returns what a page of names was asked for, as much of it as a name could be."""
    return request.GET.get("find", "").replace("\0", "").strip()[:LONGEST]


def keep_words(response: HttpResponse) -> HttpResponse:
    """Returns the page with the words searched for kept to its own address: what is opened from it is not told them."""
    response["Referrer-Policy"] = "strict-origin"
    return response


@dataclass(frozen=True)
class Asked:
    """What the address asks of the list of children, and who that is."""

    schools: QuerySet[School]
    school: School | None
    find: str
    children: QuerySet[Child]


def _asked(request: AuthenticatedRequest, today: date) -> Asked:
    schools = School.objects.visible_to(request.user)
    chosen = request.GET.get("school", "")
    # longer than a URN could be: Python refuses to read a number of thousands of digits
    is_urn = chosen.isascii() and chosen.isdigit() and len(chosen) < 10
    school = schools.filter(pk=int(chosen)).first() if is_urn else None
    search = sought(request)
    year, of_school = AcademicYear.year_of(today), school.pk if school else None
    found = reads.children_list(request.user, day=today, year=year, search=search, school=of_school)
    return Asked(schools, school, search, found)


@needs(Permission.SEE_CHILDREN)
def children(request: AuthenticatedRequest) -> HttpResponse:
    """The children one sees who are enrolled today, searched and filtered in the address."""
    asked = _asked(request, timezone.localdate())
    page = Paginator(asked.children, PAGE).get_page(request.GET.get("page"))
    audit_listing(request.user, page)
    rows, off_paper = rows_of(page, request.user)
    context = {
        "page": page,
        "rows": rows,
        "schools": asked.schools,
        "school": asked.school,
        "find": asked.find,
        "total": page.paginator.count,
        "off_paper": off_paper,
        "leaves_out": where_others_are(request.user),
        "export": offer(request, "participants:children-export", what="children", of_children=True) if rows else None,
        "hubs": Programme.objects.filter(pk__in=request.user.reach.programmes_for(Permission.IMPORT_ROSTER)),
    }
    return keep_words(render(request, "participants/child/list.html", context))


@needs(Permission.SEE_CHILDREN, fresh=True)
@require_POST
def children_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same children as a spreadsheet."""
    today = timezone.localdate()
    asked = _asked(request, today)
    year = AcademicYear.year_of(today)
    found = reads.children_whole(asked.children, request.user, day=today, year=year)
    return hand_out(request, children_out(found, request.user, about=asked.school.name if asked.school else ""))


def rows_of(shown: Iterable[Child], user: User) -> tuple[list[dict[str, object]], int]:
    """Returns the rows of a list, and how many of them no paper may show."""
    labels = dict(YearGroup.choices)
    care = care_of([one.pk for one in shown], user)
    rows: list[dict[str, object]] = [
        {"child": one, "year_group": labels.get(getattr(one, "year_group", None) or "", ""), "care": care[one.pk]}
        for one in shown
    ]
    return rows, care.off_paper


def where_others_are(user: User) -> str:
    """Returns where the children are whom this list keeps back; said whether there is one or not."""
    if user.reach.own_ensembles_in:
        return "They stand in the register of their ensemble."
    return "Ask your hub about them." if user.reach.schools else ""


def audit_listing(user: User, shown: Iterable[Child]) -> None:
    """Writes one entry a hub: each hub reads whose names of its children were on the page."""
    of_hub: dict[int, list[int]] = defaultdict(list)
    for one in shown:
        of_hub[one.programme_id].append(one.pk)
    for programme_id, children_ in of_hub.items():
        audit(act="children.listed", by=user, programme_id=programme_id, children=children_)
