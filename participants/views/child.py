from collections import defaultdict
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.models import Child
from participants.models.enrolment import YearGroup
from participants.queries.child import children_list
from schools.models import AcademicYear, School

PAGE = 50


@needs(Permission.SEE_CHILDREN)
def children(request: AuthenticatedRequest) -> HttpResponse:
    """The children one sees who are enrolled today, searched and filtered in the address."""
    today = timezone.localdate()
    schools = School.objects.visible_to(request.user)
    chosen = request.GET.get("school", "")
    school = schools.filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdigit() else None
    search = request.GET.get("find", "")[:60]
    found = children_list(
        request.user,
        day=today,
        year=AcademicYear.year_of(today),
        search=search,
        school=school.pk if school else None,
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    _audit_listing(request.user, page)
    labels = dict(YearGroup.choices)
    rows = [{"child": child, "year_group": labels.get(getattr(child, "year_group", None) or "", "")} for child in page]
    # hubs one answers for: there a child's row leads to who saw the child
    traced = request.user.reach.programmes_for(Permission.SEE_TRAIL)
    context = {"page": page, "rows": rows, "schools": schools, "school": school, "find": search, "traced": traced}
    return render(request, "participants/child/list.html", context | {"total": found.count()})


def _audit_listing(user: User, shown: Iterable[Child]) -> None:
    """Writes one entry a hub: each hub reads whose names of its children were on the page."""
    of_hub: dict[int, list[int]] = defaultdict(list)
    for child in shown:
        of_hub[child.programme_id].append(child.pk)
    for programme_id, children_ in of_hub.items():
        audit(act="children.listed", by=user, programme_id=programme_id, children=children_)
