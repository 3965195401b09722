"""
Photos: brought in, described, said who is on them, made public, withdrawn, deleted.

Whether a photo may be public is kept by the database (migration 0023); the acts say so in words beforehand. Whoever
writes takes the children's rows first and the lock of photos after, as the triggers do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.images import Picture
from inharmony.pages import dates
from participants.actions.photo_files import forget_files, keep_files
from participants.models import Child, Photo, PhotoChild
from participants.queries.photo import blocking
from programmes.models import Film, Programme

State = Photo.State


class PhotoRefusedError(Exception):
    """What cannot be done with a photo; the text says why and what to do."""


class NotPublishableError(PhotoRefusedError):
    """Somebody on it does not consent, nobody said who is on it, or its words are missing."""


@dataclass(frozen=True)
class Words:
    """What is said of a photo, and where it is shown."""

    taken_on: date
    alternative: str
    credit: str
    caption: str = ""
    film: Film | None = None
    is_on_page: bool = True
    is_in_report: bool = False


@transaction.atomic
def bring_in(*, programme: Programme, picture: Picture, taken_on: date, by: User, words: Words | None = None) -> Photo:
    """Keeps a photo that nobody sees but the hub's office, and returns it."""
    photo = Photo.objects.create(
        programme=programme,
        taken_on=taken_on,
        width=picture.width,
        height=picture.height,
        widths=picture.widths,
        uploaded_at=timezone.now(),
        uploaded_by=by,
        **(_fields(words) if words else {}),
    )
    keep_files(photo.key, picture)
    _audit("photo.brought_in", photo, by)
    return photo


def _fields(words: Words) -> dict[str, object]:
    return {name: getattr(words, name) for name in Words.__dataclass_fields__ if name != "taken_on"}


@transaction.atomic
def describe(*, photo: Photo, words: Words, by: User) -> Photo:
    """
    Says what is to be seen on a photo, who took it and where it is shown; a public one is seen so at once.

    Raises PhotoRefusedError for a day still to come.
    """
    if words.taken_on > timezone.localdate():
        raise PhotoRefusedError(f"{dates.day(words.taken_on)} is still to come. Write the day the photo was taken.")
    found = _locked(photo)
    wanted = {"taken_on": words.taken_on, **_fields(words)}
    changed = [name for name, value in wanted.items() if getattr(found, name) != value]
    if changed:
        for name in changed:
            setattr(found, name, wanted[name])
        found.save(update_fields=changed)
        _audit("photo.described", found, by, fields=changed)
    return found


@transaction.atomic
def name_child(*, photo: Photo, child: Child, by: User) -> Photo:
    """Says that a child can be recognised on a photo; a public one comes off if the child does not consent."""
    Child.objects.select_for_update().get(pk=child.pk, programme_id=photo.programme_id)
    found = _locked(photo)
    # where nobody was said to be on it, the name alone takes it off
    _, is_new = PhotoChild.objects.get_or_create(photo=found, child=child, programme_id=found.programme_id)
    Photo.objects.filter(pk=found.pk, is_nobody=True).update(is_nobody=False)
    if is_new:
        _audit("photo.child_named", found, by)
    found.refresh_from_db()
    return found


@transaction.atomic
def unname_child(*, photo: Photo, child: Child, by: User) -> Photo:
    """Takes back that a child is on a photo; one on which nobody is named any more is not public."""
    Child.objects.select_for_update().get(pk=child.pk, programme_id=photo.programme_id)
    found = _locked(photo)
    gone, _ = PhotoChild.objects.filter(photo=found, child=child).delete()
    if gone:
        _audit("photo.child_taken_back", found, by, besides=[child.pk])
    found.refresh_from_db()
    return found


@transaction.atomic
def say_nobody(*, photo: Photo, is_nobody: bool, by: User) -> Photo:
    """
    Says that nobody can be recognised on a photo, or takes that back.

    Raises PhotoRefusedError where a child is named.
    """
    found = _locked(photo)
    if is_nobody and PhotoChild.objects.filter(photo=found).exists():
        raise PhotoRefusedError("Children are named on this photo. Take their names off it first.")
    if found.is_nobody != is_nobody:
        found.is_nobody = is_nobody
        fields = ["is_nobody"]
        if found.is_public:
            # nobody said who is on it any more
            found.state, found.taken_off_at = State.OFF, timezone.now()
            fields += ["state", "taken_off_at"]
        found.save(update_fields=fields)
        _audit("photo.described", found, by, fields=["is_nobody"])
    return found


@transaction.atomic
def publish(*, photo: Photo, by: User) -> Photo:
    """
    Lets anybody see a photo, from the commit on; one that is public already is returned as it is.

    Raises NotPublishableError.
    """
    found = _locked(photo)
    if found.is_public:
        return found
    why = blocking(found)
    if why:
        raise NotPublishableError(" ".join(why))
    found.state, found.published_at, found.published_by = State.PUBLIC, timezone.now(), by
    found.save(update_fields=["state", "published_at", "published_by"])
    _audit("photo.published", found, by)
    return found


@transaction.atomic
def withdraw(*, photo: Photo, by: User) -> Photo:
    """Takes a photo off every public page, from the next request on; twice is once."""
    found = _locked(photo)
    if found.is_public:
        found.state, found.withdrawn_at, found.withdrawn_by = State.WITHDRAWN, timezone.now(), by
        found.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
        _audit("photo.withdrawn", found, by)
    return found


@transaction.atomic
def delete(*, photo: Photo, by: User | None) -> None:
    """Destroys a photo: its row, who is on it, and its files once this is committed. `by` is None on its date."""
    found = _locked(photo)
    key, named = found.key, _named(found)
    if by:
        _audit("photo.deleted", found, by)
    else:
        # whether it was taken back before its date came: reports ask (`queries.photo.photos_taken_back`)
        _audit("photo.destroyed", found, None, state=found.state)
    PhotoChild.objects.filter(photo=found, child__in=named).delete()
    found.delete()
    transaction.on_commit(lambda: forget_files([key]), robust=True)


def _locked(photo: Photo) -> Photo:
    """The photo as it stands, with nobody else writing photos or what decides whether they are public."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('participants_photo'))")
    return Photo.objects.select_related("programme").get(pk=photo.pk)


def _named(photo: Photo) -> list[int]:
    return list(PhotoChild.objects.filter(photo=photo).values_list("child_id", flat=True))


def _audit(
    act: str,
    photo: Photo,
    by: User | None,
    *,
    fields: list[str] | None = None,
    besides: Sequence[int] = (),
    state: str = "",
) -> None:
    audit(
        act=act,
        by=by,
        programme_id=photo.programme_id,
        subject=photo,
        children=[*_named(photo), *besides],
        details={**({"fields": fields} if fields else {}), **({"state": state} if state else {})},
    )
