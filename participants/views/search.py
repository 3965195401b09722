"""One search for whatever has a name: children, ensembles, schools."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from participants.queries import search as reads
from participants.views.child import LONGEST, audit_listing, keep_words, rows_of, sought, where_others_are


@needs(Permission.SEE_CHILDREN)
def search(request: AuthenticatedRequest) -> HttpResponse:
    """The children, ensembles and schools one sees in whose names the words stand: a few of each, with their count."""
    words, only, today = sought(request), request.GET.get("only", ""), timezone.localdate()
    context: dict[str, object] = {"find": words, "longest": LONGEST, "leaves_out": where_others_are(request.user)}
    if words:
        children = reads.children_found(request.user, words, today)
        audit_listing(request.user, children.shown)
        rows, off_paper = rows_of(children.shown, request.user)
        ensembles = reads.ensembles_found(request.user, words, today, every=only == "ensembles")
        schools = reads.schools_found(request.user, words, every=only == "schools")
        context |= {
            "children": children,
            "rows": rows,
            "off_paper": off_paper,
            "ensembles": ensembles,
            "schools": schools,
            "total": children.total + ensembles.total + schools.total,
        }
    return keep_words(render(request, "participants/search.html", context))
