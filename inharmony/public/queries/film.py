"""Films about In Harmony, by what they are about."""

from dataclasses import dataclass

from programmes.models import Film


@dataclass(frozen=True)
class Shown:
    """A film as it is told of here; the film itself stands elsewhere."""

    key: int
    theme: str
    title: str
    summary: str
    transcript: str
    address: str
    minutes: int | None
    source: str
    hub: str
    poster: str


def films() -> list[Shown]:
    """Returns the films in the order of their themes; one statement."""
    order = Film.Theme.values.index
    rows = Film.objects.shown().select_related("programme").order_by("id")
    return [
        Shown(
            row.pk,
            row.get_theme_display(),
            row.title,
            row.summary,
            row.transcript,
            row.address,
            row.minutes,
            row.source,
            row.programme.short_name if row.programme else "",
            f"img/poster-{row.theme}.svg",
        )
        for row in sorted(rows, key=lambda row: order(row.theme))
    ]
