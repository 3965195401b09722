"""Photos of a hub in its report: those that are public as it is made, printed from the files of the public pages."""

from collections.abc import Iterator

from evaluation.figures.period import Period
from evaluation.reports.declaration import Contents, Photograph, Section, ShownNoMoreError
from inharmony.accounts.models import User
from participants.queries.photo import file_of, photos_in_report
from programmes.models import Programme

TITLE = "The year in pictures"
AGREED = "Every child who can be recognised is shown with the consent of the family."


def year_in_pictures(programme: Programme, period: Period, user: User | None) -> Iterator[Section]:
    """Yields the section of the hub's photos that were taken in a year; nothing where it chose none. One statement."""
    taken = (period.starts_on, period.ends_on)
    photos = tuple(
        Photograph(one.mark, one.key, one.width, one.height, one.alternative, one.caption, one.credit)
        for one in photos_in_report(programme=programme, taken=taken, user=user)
    )
    if photos:
        yield Section(TITLE, AGREED, (), photos=photos)


def read_photos(contents: Contents) -> dict[str, bytes]:
    """Returns each photo's file, by its name as `static:<name>`; raises ShownNoMoreError where one is gone."""
    found = {}
    for photo in contents.photos:
        data = file_of(photo.key, photo.width)
        if data is None:
            raise ShownNoMoreError("Something in it was taken back while it was made")
        found[photo.file] = data
    return found
