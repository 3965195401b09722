"""Figures and downloads: what others printed, and releases; as pages, CSV and JSON."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from inharmony.pages.public import public_page
from inharmony.public.exports import fields
from inharmony.public.exports import published as published_out
from inharmony.public.exports import release as release_out
from inharmony.public.queries import published, releases
from inharmony.spreadsheets.sheet import SheetOut
from inharmony.spreadsheets.writing import CONTENT_TYPES, CSV, file_name, write
from programmes.models import Programme, PublishedFigure

JSON = "json"
_NO_NAME = re.compile(r"[^a-z0-9-]")


@public_page("Figures for the press, evaluators and anybody: protected releases, and what others printed.")
def figures(request: HttpRequest) -> HttpResponse:
    """GET `?hub=&measure=`: figures in print of a hub and of a measure; the newest release; all releases."""
    hub, measure = _asked(request)
    every = published.printed()
    shown = [
        one
        for one in every
        if (not hub or _hub_of(one.figure) == hub) and (not measure or one.figure.measure == measure)
    ]
    found = releases.releases()
    newest = releases.newest(found)
    query = request.GET.copy()
    for name in set(query) - {"hub", "measure"}:
        del query[name]
    return render(
        request,
        "public/figures/list.html",
        {
            "shown": shown,
            "hub": hub,
            "measure": measure,
            "query": f"?{query.urlencode()}" if query else "",
            "hubs": Programme.objects.values_list("slug", "short_name"),
            "measures": PublishedFigure.Measure.choices,
            "changes": published.changes(every),
            "releases": found,
            "opened": releases.opened(newest) if newest else None,
            "licence": release_out.LICENCE,
            "release_fields": fields.RELEASE,
            "printed_fields": fields.PRINTED,
        },
    )


@public_page("Figures in print, as a file.")
def figures_published(request: HttpRequest, kind: str) -> HttpResponse:
    """GET `?hub=&measure=`: the figures of the page, as CSV or JSON."""
    shown = published.printed(*_asked(request))
    return _file(kind, published_out.as_json(shown), published_out.as_sheet(shown), "in harmony published figures")


@public_page("A release: protected figures of a period.")
def figures_release(request: HttpRequest, year: str, period: str, number: str) -> HttpResponse:
    """GET: a release, at an address that stays; "latest" is the newest of the period."""
    return render(request, "public/figures/release.html", {"opened": _opened(year, period, number)})


@public_page("A release: protected figures of a period, as a file.")
def figures_release_file(_request: HttpRequest, year: str, period: str, number: str, kind: str) -> HttpResponse:
    """GET: a release as CSV or JSON, at an address that stays; "latest" is the newest of the period."""
    opened = _opened(year, period, number)
    release = opened.numbered.release
    name = f"{'demonstration ' if release.is_demonstration else ''}in harmony {release}"
    return _file(kind, release_out.as_json(opened), release_out.as_sheet(opened), name)


def _asked(request: HttpRequest) -> tuple[str, str]:
    """The hub and the measure asked for; what could be no name of one is none that is known."""
    hub, measure = (_NO_NAME.sub("?", request.GET.get(name, "")[:40]) for name in ("hub", "measure"))
    return hub, measure


def _hub_of(figure: PublishedFigure) -> str:
    return figure.programme.slug if figure.programme else published.NATION


def _opened(year: str, period: str, number: str) -> releases.Opened:
    found = releases.find(year, period, number)
    if found is None:
        raise Http404
    return releases.opened(found)


def _file(kind: str, fields: dict[str, Any], sheet: SheetOut, name: str) -> HttpResponse:
    if kind == JSON:
        return JsonResponse(fields, json_dumps_params={"ensure_ascii": False, "indent": 1})
    if kind != CSV:
        raise Http404
    answer = HttpResponse(write(CSV, [sheet], title=sheet.name), content_type=CONTENT_TYPES[CSV])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(name, CSV)}"'
    return answer
