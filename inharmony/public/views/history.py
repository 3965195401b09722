"""How did we get here: the timeline, of one hub where the address asks for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.pages.public import public_page
from inharmony.public.queries.history import choices, years
from inharmony.public.queries.hub import hubs


@public_page("The public record: what happened when, and who says so.")
def history(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("hub", "")
    offered = choices(hubs(timezone.localdate()), asked)
    chosen = next((one for one in offered if one.is_chosen), None)
    context = {
        "years": years(chosen.slug if chosen else ""),
        "choices": offered,
        "chosen": chosen,
        "is_unknown": bool(asked) and chosen is None,
    }
    return render(request, "public/history.html", context)
