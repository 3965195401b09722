"""Photos in the hub's participation report: those it chose, of the year, and only while every child may be shown."""

from datetime import date

import pytest
from PIL import Image

from evaluation.reports.declaration import NothingToReportError, ShownNoMoreError, Subject
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.photos import AGREED, TITLE, read_photos
from evaluation.reports.printing import printed
from inharmony.access.scope import Scope, scope_of, scoped
from inharmony.images import Picture
from participants.actions import photo as acts
from participants.actions.photo_files import forget_files
from programmes.models import Closing
from tests.evaluation.conftest import contents_of_2026
from tests.factories import photos
from tests.tagged import Tagged

IN_JUNE = date(2027, 6, 12)
MEGABYTE = 1_000_000


@pytest.fixture
def chosen(signed):
    """Returns a function that brings a photo of Liverpool into its report, with a child whose family agrees."""
    with scoped(signed.liverpool_scope):
        photos.consent(signed.children[:2], by=signed.ruth)

    def bring(cast=signed, **changes):
        said = {"taken_on": IN_JUNE, "is_in_report": True, "is_public": True, "on": cast.children[:1], **changes}
        with scoped(cast.liverpool_scope):
            return photos.photo(cast.liverpool, by=cast.joanne, **said)

    return bring


def sections(cast, user=None):
    return {one.title: one for one in contents_of_2026(cast, PROGRAMME_PARTICIPATION, user or cast.joanne).sections}


def test_a_photo_stands_in_the_report_with_its_words_and_who_took_it(signed, chosen):
    chosen(caption="The summer concert", credit="Mo Demo")
    contents = contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne)
    pdf = Tagged(printed(PROGRAMME_PARTICIPATION, contents).data)
    (figure,) = [tag for tag in pdf.tree.all("Figure") if tag.alt == "Children with violins in a school hall"]
    assert figure.page > 0
    assert len(pdf.reader.pages[figure.page].images) == 1
    assert "The summer concert Photo: Mo Demo" in pdf.tree.text
    assert AGREED in pdf.tree.text


@pytest.mark.parametrize(
    "changes",
    [
        {"is_in_report": False},
        {"is_public": False},
        {"taken_on": date(2026, 8, 31)},
        {"taken_on": date(2027, 9, 1)},
    ],
    ids=["not chosen", "not public", "before the year", "after it"],
)
def test_any_other_is_not_there(signed, chosen, changes):
    chosen(**changes)
    assert TITLE not in sections(signed)


def test_the_days_at_the_ends_of_the_year_are_of_it(signed, chosen):
    for day in (date(2026, 9, 1), date(2027, 8, 31)):
        chosen(taken_on=day)
    assert len(sections(signed)[TITLE].photos) == 2


def test_a_photo_of_another_hub_is_not_there(signed, chosen):
    with scoped(signed.both):
        said = {"taken_on": IN_JUNE, "is_in_report": True, "is_public": True, "is_nobody": True}
        photos.photo(signed.leeds, by=signed.omar, **said)
    assert TITLE not in sections(signed)


def test_a_report_holds_four_the_last_published_first(signed, chosen, time_machine):
    for number in range(5):
        time_machine.move_to(f"2027-09-01 09:0{number}+01:00", tick=False)
        chosen(caption=f"Number {number}")
    shown = [photo.caption for photo in sections(signed)[TITLE].pictures]
    assert shown == ["Number 4", "Number 3", "Number 2", "Number 1"]


def test_the_portal_by_itself_shows_them_too(signed, chosen):
    chosen()
    with scoped(Scope(frozenset({signed.liverpool.pk}))):
        contents = PROGRAMME_PARTICIPATION.contents(Subject(signed.liverpool), 2026, None)
    assert len(contents.photos) == 1


def test_in_a_closed_hub_there_is_none(signed, chosen):
    chosen()
    Closing.objects.create(programme=signed.liverpool, closed_on=date(2027, 9, 1), closed_by=signed.olu)
    assert TITLE not in sections(signed)


def test_other_words_under_a_photo_are_another_report(signed, chosen):
    photo = chosen()
    before = contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne).hash()
    with scoped(scope_of(signed.joanne)):
        acts.describe(
            photo=photo, words=photos.words(taken_on=IN_JUNE, is_in_report=True, caption="Now"), by=signed.joanne
        )
    assert contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne).hash() != before


def test_what_was_read_stays_whatever_was_published_since(signed, chosen, time_machine):
    marks = []
    for number in range(6):
        time_machine.move_to(f"2027-09-01 09:0{number}+01:00", tick=False)
        chosen(caption=f"Number {number}")
        marks.append(contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne).shown)
    read = contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne).showing_only(marks[3])
    assert [photo.caption for photo in read.photos] == ["Number 3", "Number 2", "Number 1", "Number 0"]
    assert read.shown == marks[3]


def test_a_photo_that_goes_while_the_report_is_made_ends_the_making(signed, chosen):
    photo = chosen()
    contents = contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne)
    with scoped(signed.liverpool_scope):
        acts.delete(photo=photo, by=signed.joanne)
    forget_files([photo.key])
    with pytest.raises(ShownNoMoreError):
        read_photos(contents)


def test_of_a_public_photo_whose_file_is_lost_it_is_said_which_and_what_to_do(signed, chosen):
    photo = chosen()
    contents = contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne)
    forget_files([photo.key])
    with pytest.raises(NothingToReportError, match="photo “Children with violins in a school hall” is lost"):
        read_photos(contents)


def test_with_four_photos_of_fine_detail_it_stays_under_a_megabyte(signed, chosen, monkeypatch):
    # noise: busier than any photo of a hall full of children
    noise = Image.effect_noise((960, 640), 60).convert("RGB")
    files = {wide: photos.encoded(noise.resize((wide, wide * 2 // 3)), quality=82) for wide in (480, 960)}
    monkeypatch.setattr(photos, "picture", lambda: Picture(960, 640, files))
    for _ in range(4):
        chosen()
    contents = contents_of_2026(signed, PROGRAMME_PARTICIPATION, signed.joanne)
    assert sum(map(len, read_photos(contents).values())) > MEGABYTE
    assert len(printed(PROGRAMME_PARTICIPATION, contents).data) < MEGABYTE
