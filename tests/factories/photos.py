"""Photos, brought in by the act that brings them in; their pictures are made here."""

from datetime import date
from functools import cache
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw

from inharmony.images import Picture
from participants.actions import photo as acts
from participants.models import Consent
from tests.factories import participants

PUBLIC, INSIDE = Consent.Purpose.PHOTO_PUBLIC, Consent.Purpose.PHOTO_INSIDE
GIVEN, REFUSED = Consent.Answer.GIVEN, Consent.Answer.REFUSED


def drawn(size=(1200, 800), mode="RGB") -> Image.Image:
    """Returns a picture of a few shapes."""
    image = Image.new("RGB", size, "navy")
    draw = ImageDraw.Draw(image)
    draw.ellipse((size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2), fill="orange")
    return image.convert(mode)


def encoded(image: Image.Image, kind="JPEG", **options) -> bytes:
    """Returns the bytes of a picture as a file."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def picture(width=960, height=640) -> Picture:
    """Returns a picture as the limited child makes one."""
    files = {wide: encoded(drawn((wide, wide * height // width))) for wide in (480, 960) if wide <= width}
    return Picture(width, height, files)


def words(**changes) -> acts.Words:
    """Returns what is said of a photo."""
    said = {
        "taken_on": date(timezone.localdate().year - 1, 6, 12),
        "alternative": "Children with violins in a school hall",
        "credit": "Demonstration photographer",
    }
    return acts.Words(**{**said, **changes})


def photo(programme, *, by, on=(), is_nobody=False, is_public=False, **changes):
    """Returns a photo with words, of these children, published if it should be."""
    said = words(**changes)
    made = acts.bring_in(programme=programme, picture=picture(), taken_on=said.taken_on, by=by, words=said)
    for child in on:
        made = acts.name_child(photo=made, child=child, by=by)
    if is_nobody:
        made = acts.say_nobody(photo=made, is_nobody=True, by=by)
    return acts.publish(photo=made, by=by) if is_public else made


def consent(children, *, by, answer=GIVEN, purposes=(INSIDE, PUBLIC), answered_on=None):
    """The families of these children answer about photos."""
    for child in children:
        for purpose in purposes:
            participants.answer(child, purpose, answer, by=by, answered_on=answered_on)
