"""What is destroyed of photos on its date."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from inharmony.access.scope import Scope, scoped
from participants.actions.photo import delete
from participants.actions.photo_files import forget_files, keys_in_storage
from participants.models import Enrolment, Photo, PhotoChild
from programmes.models import Programme

YEARS = 3
# who left by a list that was wrong is here again by then: so long a list can be taken back
AFTER_LEAVING = timedelta(days=30)


def destroy_due(*, today: date) -> int:
    """
    Destroys photos taken three years ago, those whose every child left thirty days ago, and files without a photo.

    Returns how many photos went. Harmless twice.
    """
    keys = keys_in_storage()
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        due = list(Photo.objects.filter(_due(today)))
        for photo in due:
            delete(photo=photo, by=None)
        keys -= set(Photo.objects.values_list("key", flat=True))
    forget_files(keys)
    return len(due)


def kept_since(today: date) -> date:
    """Returns the last day of which photos are not kept any more."""
    # 29 February counts until the last day of February
    return today.replace(year=today.year - YEARS, day=28 if (today.month, today.day) == (2, 29) else today.day)


def _due(today: date) -> Q:
    named = PhotoChild.objects.filter(photo=OuterRef("pk"))
    here = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today - AFTER_LEAVING))
    return Q(taken_on__lte=kept_since(today)) | (Exists(named) & ~Exists(named.filter(child__in=here.values("child"))))
