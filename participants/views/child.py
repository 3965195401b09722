from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
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
    audit(act="children.listed", by=request.user, details={"children": [child.pk for child in page]})
    labels = dict(YearGroup.choices)
    rows = [{"child": child, "year_group": labels.get(getattr(child, "year_group", None) or "", "")} for child in page]
    context = {"page": page, "rows": rows, "schools": schools, "school": school, "find": search, "total": found.count()}
    return render(request, "participants/child/list.html", context)
