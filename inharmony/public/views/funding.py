"""Who paid, and when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.pages.public import public_page
from inharmony.public.charts import periods
from inharmony.public.queries.funding import agreements, payers, paying


@public_page("The public record: who paid for In Harmony, and when. Agreements that are not in print are never read.")
def funding(request: HttpRequest) -> HttpResponse:
    paid = payers()
    today = timezone.localdate()
    shown = periods.plot((one.span for one in paid), today)
    context = {
        "own": agreements(is_in_harmony_only=True),
        "whole": agreements(is_in_harmony_only=False),
        "payers": paid,
        "paying": paying(paid, today),
        "chart": periods.drawn(shown, "Who paid, and when") if shown else "",
    }
    return render(request, "public/funding.html", context)
