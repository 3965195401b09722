"""Reads of photos: those anybody sees, and those of a hub's office with who is on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.models import AuditEvent
from participants.models import Child, Photo, PhotoChild
from participants.queries.care import PhotoBadge, care_for, care_of, with_answers
from participants.queries.naming import children_like
from programmes.models import Closing, Film, Programme, PublicPhoto

FOLDER = "photos"
# the width of `src`, for browsers that choose no other
USUAL = 960
# photos in one report
IN_REPORT = 4
# what marks of photos begin with, among those of all that is shown by consent
MARK = "photo "
# how wide a photo stands in a page, where the page says nothing else
SIZES = "(min-width: 60rem) 30rem, 100vw"


@dataclass(frozen=True)
class PublicPicture:
    """A photo as a page for anybody shows it; `components/photo.html` takes one as `photo`."""

    key: str
    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    credit: str
    caption: str
    film_id: int | None


def public_photos(
    *, programme: Programme | None = None, film: Film | None = None, limit: int = 6, sizes: str = SIZES
) -> list[PublicPicture]:
    """
    Returns the photos anybody sees, the last published first; one statement, of what is public at this moment.

    Of a programme those of its page, of a film its poster; of neither, those of all programmes' pages.
    """
    shown = _shown()
    shown = shown.filter(film=film) if film is not None else shown.filter(is_on_page=True)
    if programme is not None:
        shown = shown.filter(programme=programme)
    return [_picture(photo, sizes) for photo in shown[:limit]]


def posters(films: Iterable[Film], *, sizes: str = SIZES) -> dict[int, PublicPicture]:
    """
    Returns the poster of each film that has one, by the film's id; one statement.

    The first that was published stays: no other hub can put its own in the place of it.
    """
    shown = _shown().filter(film__in=list(films)).order_by("-published_at", "-key")
    return {photo.film_id: _picture(photo, sizes) for photo in shown if photo.film_id}


def _shown() -> QuerySet[PublicPhoto]:
    # of a closed hub nobody can write down that a family takes its consent back
    return PublicPhoto.objects.exclude(programme__in=Closing.objects.on(timezone.localdate()).values("programme"))


def _picture(photo: PublicPhoto | Photo, sizes: str, addresses: dict[int, str] | None = None) -> PublicPicture:
    places = addresses or {width: public_address(photo.key, width) for width in photo.widths}
    width = max((wide for wide in photo.widths if wide <= USUAL), default=min(photo.widths))
    return PublicPicture(
        key=photo.key,
        src=places[width],
        srcset=", ".join(f"{place} {wide}w" for wide, place in sorted(places.items())),
        sizes=sizes,
        width=width,
        height=round(photo.height * width / photo.width),
        alt=photo.alternative,
        credit=photo.credit,
        caption=photo.caption,
        film_id=photo.film_id,
    )


def as_shown(photo: Photo, *, sizes: str = SIZES) -> PublicPicture:
    """Returns a photo as its public page would show it, from addresses that only the hub's office opens."""
    places = {width: reverse("participants:photo-file", args=[photo.pk, width]) for width in photo.widths}
    return _picture(photo, sizes, places)


def public_address(key: str, width: int) -> str:
    """Returns where anybody finds a file of a public photo."""
    return reverse("participants:public-photo", args=[key, width])


def file_name(key: str, width: int) -> str:
    """Returns the name of a file in storage."""
    return f"{FOLDER}/{key}/{width}.jpg"


def file_of(key: str, width: int) -> bytes | None:
    """Returns the bytes of a file, None where there is none."""
    try:
        with default_storage.open(file_name(key, width)) as file:
            data: bytes = file.read()
            return data
    except FileNotFoundError:
        return None


def public_file(key: str, width: int) -> bytes | None:
    """Returns the bytes of a public photo in a width it has; None of any other. One statement."""
    widths = _shown().filter(key=key).values_list("widths", flat=True).first()
    return file_of(key, width) if widths and width in widths else None


@dataclass(frozen=True)
class InReport:
    """A photo as a report shows it; `mark` says which one, as it was published: published again it is another."""

    mark: str
    key: str
    # of the file it is printed from, in pixels
    width: int
    height: int
    alternative: str
    caption: str
    credit: str

    @property
    def file(self) -> str:
        """The name that its file has in the report."""
        return f"photo-{self.key}.jpg"


def photos_for_report(*, programme: Programme, taken: tuple[date, date], user: User | None = None) -> list[InReport]:
    """
    Returns the photos a hub chose for its report, taken on the days from and to, the last published first: those that
    are public at this moment, more than a report has room for.

    `user` is None where the portal makes the report by itself, in a scope of the hub. One statement.
    """
    of_hub = Photo.objects.all() if user is None else Photo.objects.visible_to(user)
    closed = Closing.objects.on(timezone.localdate()).values("programme")
    shown = of_hub.filter(state=Photo.State.PUBLIC, is_in_report=True, programme=programme, taken_on__range=taken)
    return [_in_report(photo) for photo in shown.exclude(programme__in=closed).order_by("-published_at", "-pk")]


def _in_report(photo: Photo) -> InReport:
    width = max((wide for wide in photo.widths if wide <= USUAL), default=min(photo.widths))
    height = round(photo.height * width / photo.width)
    mark = f"{MARK}{photo.pk} {photo.key} {photo.published_at.isoformat() if photo.published_at else ''}"
    return InReport(mark, photo.key, width, height, photo.alternative, photo.caption, photo.credit)


def photos_not_public(marks: Iterable[str]) -> set[str]:
    """Returns those marks of photos in reports that are not public as they were published; one statement."""
    asked = {mark: tuple(mark.split(" ")[2:]) for mark in marks}
    if not asked:
        return set()
    rows = PublicPhoto.objects.filter(key__in={key for key, _ in asked.values()}).values_list("key", "published_at")
    there = {(key, at.isoformat()) for key, at in rows}
    return {mark for mark, published in asked.items() if published not in there}


def photos_taken_back(marks: Iterable[str]) -> set[str]:
    """
    Returns those marks of photos in reports that somebody took back, in a scope of their hub; two statements.

    Not those that the portal destroyed on their date (`actions.photo_keeping`): what went out with them was agreed to.
    """
    gone = photos_not_public(marks)
    ids = {mark: int(mark.split(" ")[1]) for mark in gone}
    if not ids:
        return set()
    # one that was off by then had been taken back before
    ended = AuditEvent.objects.filter(
        act="photo.destroyed",
        subject=Photo._meta.label_lower,
        subject_id__in=ids.values(),
        details__state=Photo.State.PUBLIC,
    )
    on_their_date = set(ended.values_list("subject_id", flat=True))
    return {mark for mark, pk in ids.items() if pk not in on_their_date}


@dataclass(frozen=True)
class OnPhoto:
    """A child on a photo, and what stands beside the name."""

    child: Child
    badge: PhotoBadge

    @property
    def is_blocking(self) -> bool:
        """Whether the photo cannot be public because of the child."""
        return self.badge is not PhotoBadge.NONE


def children_on(photo: Photo, user: User) -> list[OnPhoto]:
    """Returns the children on a photo that the person sees, by name."""
    named = PhotoChild.objects.filter(photo=photo).values("child")
    found = list(Child.objects.visible_to(user).filter(pk__in=named))
    care = care_of([child.pk for child in found], user)
    return [OnPhoto(child, care[child.pk].badge) for child in found]


def blocking(photo: Photo) -> list[str]:
    """
    Returns why a photo cannot be public now, a sentence each and without a name; nothing where it can.

    Of children who may not be shown only how many, and never why: one who is protected is among them.
    """
    named = with_answers(Child.objects.filter(pk__in=PhotoChild.objects.filter(photo=photo).values("child")))
    badges = [care_for(child).badge for child in named]
    refusing = sum(badge is not PhotoBadge.NONE for badge in badges)
    why = []
    if refusing:
        why.append(f"{'1 child' if refusing == 1 else f'{refusing} children'} on it may not be shown in public.")
    if not badges and not photo.is_nobody:
        why.append("Say which children are on it, or that nobody can be recognised.")
    if not photo.alternative:
        why.append("Say what is to be seen on it.")
    if not photo.credit:
        why.append("Say who took it.")
    return why


def children_to_name(photo: Photo, user: User, search: str) -> list[OnPhoto]:
    """
    Returns the first few children of the photo's hub whose names the words stand in and who are not named on it.

    Those who have left are among them: they are on photos of their time.
    """
    if not search.strip():
        return []
    named = PhotoChild.objects.filter(photo=photo).values("child")
    children = Child.objects.visible_to(user).filter(programme_id=photo.programme_id).exclude(pk__in=named)
    ids = children_like(children, search)
    found = Child.objects.visible_to(user).in_bulk(ids)
    care = care_of(ids, user)
    return [OnPhoto(found[pk], care[pk].badge) for pk in ids]


def hub_photos(user: User, programmes: Iterable[int], state: str = "") -> QuerySet[Photo]:
    """Returns the photos of some hubs, the last brought in first; of a state, or all."""
    found = Photo.objects.visible_to(user).filter(programme_id__in=list(programmes)).select_related("programme")
    return found.filter(state=state) if state in Photo.State.values else found


def named_on(photos: Iterable[Photo]) -> dict[int, list[int]]:
    """Returns the ids of the children on each of some photos, by the photo's id; one statement."""
    found: dict[int, list[int]] = {}
    for photo, child in PhotoChild.objects.filter(photo__in=list(photos)).values_list("photo_id", "child_id"):
        found.setdefault(photo, []).append(child)
    return found
