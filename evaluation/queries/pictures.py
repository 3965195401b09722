"""Charts of releases, as they were drawn when each was cut."""

from collections.abc import Iterable, Mapping

from evaluation.models import Release, ReleaseChart


def charts_of(release: Release, keys: Iterable[str]) -> Mapping[str, ReleaseChart]:
    """Returns charts of a release by key, without their pixels; one statement."""
    found = ReleaseChart.objects.filter(release=release, key__in=list(keys)).defer("png")
    return {one.key: one for one in found}


def newest_trend(key: str) -> ReleaseChart | None:
    """Returns the course of a figure as it was drawn last: with the release of a year cut last; one statement."""
    found = ReleaseChart.objects.filter(key=key, release__term="").select_related("release__academic_year")
    return found.order_by("-release__cut_at", "-release_id").defer("png").first()


def chart_file(release: Release, key: str) -> ReleaseChart | None:
    """Returns a chart of a release with its pixels; one statement."""
    return ReleaseChart.objects.filter(release=release, key=key).first()
