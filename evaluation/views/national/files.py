"""Tables and charts of releases as files, each at an address that stays. What is in them anybody may read."""

from django.http import Http404, HttpResponse

from evaluation.exports.table import KINDS, file_of, name_of
from evaluation.figures.compared import any_table
from evaluation.models import Release
from evaluation.queries.pictures import chart_file
from evaluation.queries.release import at_number, published, releases_at
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.spreadsheets.writing import CONTENT_TYPES, file_name

PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@needs(Permission.SEE_NATIONAL_FIGURES)
def table_file(
    _request: AuthenticatedRequest, year: str, period: str, number: str, key: str, kind: str
) -> HttpResponse:
    """GET: a table of a release as CSV or OpenDocument; 404 where there is no such release, table or kind."""
    release = _release(year, period, number)
    source = published(release)
    found = any_table(source, key) if kind in KINDS else None
    if found is None or not found.rows:
        raise Http404
    return _file(file_of(source, found, kind), CONTENT_TYPES[kind], name_of(source, found, kind))


@needs(Permission.SEE_NATIONAL_FIGURES)
def chart_of_release(
    _request: AuthenticatedRequest, year: str, period: str, number: str, key: str, kind: str
) -> HttpResponse:
    """GET: a chart of a release as SVG or PNG, as it was drawn when the release was cut."""
    release = _release(year, period, number)
    found = chart_file(release, key) if kind in PICTURE_TYPES else None
    if found is None:
        raise Http404
    invented = "demonstration " if release.is_demonstration else ""
    data = found.svg.encode() if kind == "svg" else bytes(found.png)
    name = file_name(f"{invented}in harmony {release} {key}", kind)
    return _file(data, PICTURE_TYPES[kind], name)


def _release(year: str, period: str, number: str) -> Release:
    release = at_number(releases_at(year, period), number)
    if release is None:
        raise Http404
    return release


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
