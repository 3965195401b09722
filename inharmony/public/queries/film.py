"""Films about In Harmony, by what they are about."""

from dataclasses import dataclass

from participants.queries.photo import PublicPicture, posters
from programmes.models import Film

# how wide a poster stands in the page
SIZES = "(min-width: 60rem) 32rem, 100vw"


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
    # drawn, where no photo of it is public
    poster: str
    photo: PublicPicture | None


def films() -> list[Shown]:
    """Returns the films in the order of their themes, each with the photo that is public of it; two statements."""
    order = Film.Theme.values.index
    rows = list(Film.objects.shown().select_related("programme").order_by("id"))
    photos = posters(rows, sizes=SIZES)
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
            photos.get(row.pk),
        )
        for row in sorted(rows, key=lambda row: order(row.theme))
    ]
