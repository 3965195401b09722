"""Pages made to break the request's transaction, for the middleware's tests."""

from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from inharmony.access.gates import keeps_accounts, open_to_all, signed_in
from inharmony.audit.record import audit
from participants.models import Child
from programmes.models import Ensemble


@signed_in
def late(request):
    """Reads its children while it is rendered, after the view has returned."""
    template = engines["django"].from_string("{% for child in children %}[{{ child.name }}]{% endfor %}")
    return TemplateResponse(request, template, {"children": Child.objects.visible_to(request.user)})


@signed_in
def unfiltered(request):
    """Forgot `.visible_to`: only the wall stands."""
    return HttpResponse(" ".join(child.name for child in Child.objects.all()))


@signed_in
def breaks(request):
    """Writes, then fails."""
    audit(act="test.before_failure", by=request.user)
    raise RuntimeError("broken on purpose")


@signed_in
def is_absent(request):
    """Writes, then does not find."""
    audit(act="test.before_404", by=request.user)
    raise Http404


@signed_in
def writes_twice(request):
    """Writes, then writes into whatever hub is in reach."""
    audit(act="test.before_closing", by=request.user)
    with transaction.atomic():
        Ensemble.objects.filter(programme__in=request.user.reach.programmes).update(capacity=30)
    return HttpResponse("done")


def undeclared(request):
    """Declares no gate."""
    return HttpResponse("never seen")


@open_to_all("a test of reading without a person")
def nobody(request):
    """Reads children with nobody signed in."""
    return HttpResponse(str(Child.objects.count()))


@keeps_accounts
@signed_in
def own(request):
    """Keeps accounts: says how many children are in reach, and as whom the database is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return HttpResponse(f"{Child.objects.count()} {cursor.fetchone()[0]}")


urlpatterns = [
    path("late/", late),
    path("unfiltered/", unfiltered),
    path("breaks/", breaks),
    path("absent/", is_absent),
    path("twice/", writes_twice),
    path("undeclared/", undeclared),
    path("nobody/", nobody),
    path("own/", own),
    path("", include("inharmony.urls")),
]
