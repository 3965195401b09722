"""Photos of a hub in its report: those that are public as it is made, printed from the files of the public pages."""

from collections.abc import Iterator

from evaluation.figures.period import Period
from evaluation.reports.declaration import Contents, NothingToReportError, Section, ShownNoMoreError
from inharmony.accounts.models import User
from participants.queries.photo import file_of, photos_for_report, photos_not_public
from programmes.models import Programme

TITLE = "The year in pictures"
AGREED = "Every child who can be recognised is shown with the consent of the family."


def year_in_pictures(programme: Programme, period: Period, user: User | None) -> Iterator[Section]:
    """
    Yields the section of the hub's photos that were taken in a year; nothing where it chose none. One statement.

    All that it chose: a report shows those it has room for, and one that was read those that were in it, although
    others were published since.
    """
    taken = (period.starts_on, period.ends_on)
    photos = tuple(photos_for_report(programme=programme, taken=taken, user=user))
    if photos:
        yield Section(TITLE, AGREED, (), photos=photos)


def read_photos(contents: Contents) -> dict[str, bytes]:
    """
    Returns the file of each photo that is shown, by its name as `static:<name>`.

    Raises ShownNoMoreError where one was taken back meanwhile, and NothingToReportError where the file of a public one
    is lost.
    """
    found = {}
    for photo in contents.photos:
        data = file_of(photo.key, photo.width)
        if data is None:
            if photos_not_public([photo.mark]):
                raise ShownNoMoreError("Something in it was taken back while it was made")
            raise NothingToReportError(
                f"The file of the photo “{photo.alternative}” is lost. Delete the photo, or take it out of the report, "
                "and ask for the report again."
            )
        found[photo.file] = data
    return found
