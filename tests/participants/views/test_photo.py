"""The office names who is on a photo and publishes it; anybody sees it only while every child on it may be shown."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from inharmony.access.scope import scoped
from inharmony.pages import public
from participants.actions import at_risk
from participants.models import Photo, PhotoChild
from participants.queries.photo import file_name
from programmes.models import Closing, PublicPhoto
from tests.factories import photos
from tests.trail import entries


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
    return cast


def made(hub, **options):
    with scoped(hub.liverpool_scope):
        return photos.photo(hub.liverpool, by=hub.ruth, **options)


def at(photo, name="", **query):
    return reverse(f"participants:photo{name}", args=[photo.pk])


def stored(photo):
    with scoped_all():
        return Photo.objects.get(pk=photo.pk)


def scoped_all():
    from inharmony.access.scope import Scope
    from programmes.models import Programme

    return scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True))))


def sent(name="hall.jpg", data=None):
    return SimpleUploadedFile(name, data or photos.encoded(photos.drawn((1000, 700))), "image/jpeg")


def test_photos_are_sent_several_at_once_and_nobody_else_sees_them(hub, client):
    client.force_login(hub.ruth)
    answer = client.post("/photos/new/", {"taken_on": "12/06/2026", "file": [sent(), sent("b.png")]}, follow=True)
    assert answer.redirect_chain[-1][0] == "/photos/"
    assert "2 photos are in" in answer.content.decode()
    with scoped_all():
        kept = list(Photo.objects.all())
    assert [(one.programme, one.taken_on, one.widths, one.state) for one in kept] == [
        (hub.liverpool, date(2026, 6, 12), [480, 960], "waiting")
    ] * 2
    assert default_storage.exists(file_name(kept[0].key, 960))
    assert not PublicPhoto.objects.exists()


def test_a_picture_that_cannot_be_read_is_named_with_what_to_do(hub, client):
    client.force_login(hub.ruth)
    answer = client.post("/photos/new/", {"taken_on": "12/06/2026", "file": [sent("list.jpg", b"name,born\n")]})
    assert answer.status_code == 422
    assert "“list.jpg” is not a picture that can be read. Send a photo as JPEG, PNG or WebP." in answer.content.decode()
    with scoped_all():
        assert not Photo.objects.exists()


@pytest.mark.parametrize("day", ["12/06/2023", "01/01/0026"])
def test_a_day_of_which_no_photo_is_kept_is_refused_before_the_photo_is_destroyed_that_night(hub, client, day):
    client.force_login(hub.ruth)
    answer = client.post("/photos/new/", {"taken_on": day, "file": [sent()]})
    assert (answer.status_code, "goes 3 years after it was taken" in answer.content.decode()) == (422, True)
    with scoped_all():
        assert not Photo.objects.exists()


def test_more_than_can_be_read_while_one_waits_and_days_to_come_are_refused(hub, client):
    client.force_login(hub.ruth)
    answer = client.post("/photos/new/", {"taken_on": "12/06/2126", "file": [sent() for _ in range(9)]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "At most 8 photos" in page
    assert "still to come" in page


def test_a_photo_is_described_its_children_named_and_then_published(hub, client):
    photo, child = made(hub, alternative="", credit=""), hub.children[0]
    client.force_login(hub.ruth)
    page = client.get(at(photo), {"find": child.forename}).content.decode()
    assert "Is on it" in page
    client.post(at(photo, "-child"), {"child": child.pk})
    said = {"alternative": "Two violins", "credit": "A. Camera", "taken_on": "12/06/2026", "is_on_page": "on"}
    client.post(at(photo), said)
    assert "Everybody on it may be shown" in client.get(at(photo)).content.decode()
    client.post(at(photo, "-publish"))
    row = PublicPhoto.objects.get()
    assert (row.key, row.alternative, row.credit) == (photo.key, "Two violins", "A. Camera")


def test_a_photo_is_chosen_for_the_report_of_its_year_where_its_words_are(hub, client):
    photo = made(hub)
    client.force_login(hub.ruth)
    assert "Show it in the hub’s report of its year" in client.get(at(photo)).content.decode()
    said = {"alternative": "Two violins", "credit": "A. Camera", "taken_on": "12/06/2026", "is_in_report": "on"}
    for is_chosen in (True, False):
        client.post(at(photo), said if is_chosen else {**said, "is_in_report": ""})
        with scoped(hub.liverpool_scope):
            assert Photo.objects.get(pk=photo.pk).is_in_report == is_chosen


def test_who_keeps_a_photo_from_being_public_is_named_on_its_page(hub, client):
    photo = made(hub, on=[*hub.children, hub.others[0]])
    client.force_login(hub.joanne)
    page = client.get(at(photo)).content.decode()
    assert page.count("No photo consent yet") == 1
    assert "1 child on it may not be shown in public." in page
    assert ">Publish<" not in page
    answer = client.post(at(photo, "-publish"), follow=True)
    assert "Not done. 1 child on it may not be shown" in answer.content.decode()
    assert not PublicPhoto.objects.exists()


def test_naming_a_protected_child_takes_a_public_photo_off(hub, client):
    photo = made(hub, on=hub.children[:1], is_public=True)
    with scoped(hub.liverpool_scope):
        at_risk.flag_at_risk(child=hub.children[1], by=hub.ruth)
    client.force_login(hub.ruth)
    answer = client.post(at(photo, "-child"), {"child": hub.children[1].pk}, follow=True)
    assert "The photo is off every public page." in answer.content.decode()
    assert "Taken off" in answer.content.decode()
    assert not PublicPhoto.objects.exists()


def test_that_nobody_can_be_recognised_must_be_said(hub, client):
    photo = made(hub)
    client.force_login(hub.ruth)
    assert "or that nobody can be recognised" in client.get(at(photo)).content.decode()
    client.post(at(photo, "-nobody"), {"is_nobody": "1"})
    client.post(at(photo, "-publish"))
    assert PublicPhoto.objects.count() == 1
    client.post(at(photo, "-withdraw"))
    assert PublicPhoto.objects.count() == 0


def test_words_that_are_missing_are_asked_for(hub, client):
    photo = made(hub)
    client.force_login(hub.ruth)
    answer = client.post(at(photo), {"alternative": "", "credit": "", "taken_on": "12/06/2026"})
    assert answer.status_code == 422
    assert "What is to be seen is missing." in answer.content.decode()


def test_deleting_asks_once(hub, client, django_capture_on_commit_callbacks):
    photo = made(hub, on=hub.children, is_public=True)
    client.force_login(hub.ruth)
    assert "cannot be undone" in client.get(at(photo, "-delete")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(photo, "-delete"))
    with scoped_all():
        assert not Photo.objects.exists()
    assert not default_storage.exists(file_name(photo.key, 480))


def test_each_sight_of_named_children_is_in_the_trail(hub, client):
    photo = made(hub, on=hub.children[:2])
    client.force_login(hub.ruth)
    client.get("/photos/")
    listed = entries()[-1]
    assert (listed.act, set(listed.children)) == ("photos.listed", {child.pk for child in hub.children[:2]})
    client.get(at(photo), {"find": hub.others[0].surname})
    seen = entries()[-1]
    assert (seen.act, seen.subject_id) == ("photo.viewed", photo.pk)
    assert set(seen.children) >= {*(child.pk for child in hub.children[:2]), hub.others[0].pk}


def test_a_state_is_asked_for_in_the_address(hub, client):
    made(hub, is_nobody=True, is_public=True, alternative="The one that is seen")
    made(hub, alternative="The one that waits")
    client.force_login(hub.ruth)
    page = client.get("/photos/?state=public").content.decode()
    assert "The one that is seen" in page
    assert "The one that waits" not in page
    assert client.get("/photos/?state=x&page=9").status_code == 200


@pytest.mark.parametrize("who", ["omar", "priya", "sam", "nia", "olu", "stranger"])
def test_nobody_but_the_hubs_office_reaches_its_photos(hub, client, who):
    photo = made(hub, on=hub.children, is_public=True)
    client.force_login(getattr(hub, who))
    expected = 404 if who == "omar" else 403
    for name in ("", "-delete"):
        assert client.get(at(photo, name)).status_code == expected
    for name in ("", "-child", "-nobody", "-publish", "-withdraw", "-delete"):
        assert client.post(at(photo, name), {"child": hub.children[0].pk}).status_code == expected
    assert client.get(reverse("participants:photo-file", args=[photo.pk, 480])).status_code == expected
    assert stored(photo).is_public
    if who == "omar":
        assert photo.alternative not in client.get("/photos/").content.decode()


def test_no_child_of_another_hub_can_be_named(hub, client):
    photo, child = made(hub), hub.leeds_children[0]
    client.force_login(hub.ruth)
    assert (
        child.surname
        not in client.get(at(photo), {"find": child.surname[:3]})
        .content.decode()
        .split('<h2 id="who"')[1]
        .split("filters")[0]
    )
    for value in (child.pk, "", "x", "9" * 30):
        assert client.post(at(photo, "-child"), {"child": value}).status_code == 404
    with scoped_all():
        assert not PhotoChild.objects.exists()


def test_a_page_of_a_photo_asks_the_database_the_same_whatever_is_on_it(hub, client, django_assert_max_num_queries):
    photo = made(hub, on=hub.children)
    client.force_login(hub.ruth)
    client.get(at(photo))
    with django_assert_max_num_queries(22):
        client.get(at(photo), {"find": "b"})


# ---- what anybody sees ----


@pytest.fixture
def anybody(settings):
    settings.ROOT_URLCONF = "tests.participants.views.public_pages"
    public.new_edition()
    return Client()


def test_withdrawing_one_childs_consent_takes_the_photo_off_a_kept_page_at_the_next_request(
    committed_cast, anybody, client
):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
        photo = photos.photo(cast.liverpool, by=cast.ruth, on=cast.children, is_public=True)
    address = f"/pictures/{photo.key}/960.jpg"
    for _ in range(2):
        assert address in anybody.get("/photos-of-all/").content.decode()
    tag = anybody.get(address)["ETag"]
    client.force_login(cast.ruth)
    client.post(f"/children/{cast.children[2].pk}/consent/photo_public/withdraw/", {"given_by": "Their mother"})
    assert address not in anybody.get("/photos-of-all/").content.decode()
    assert anybody.get(address).status_code == 404
    assert anybody.get(address, headers={"If-None-Match": tag}).status_code == 404
    assert client.get(reverse("participants:photo-file", args=[photo.pk, 960])).status_code == 200


def test_a_protected_child_is_off_a_kept_page_at_the_next_request(committed_cast, anybody, client):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
        photo = photos.photo(cast.liverpool, by=cast.ruth, on=cast.children, is_public=True)
    assert photo.key in anybody.get("/photos-of-all/").content.decode()
    client.force_login(cast.ruth)
    client.post(f"/children/{cast.children[0].pk}/protect/")
    assert photo.key not in anybody.get("/photos-of-all/").content.decode()


def test_a_picture_is_one_statement_without_a_session_and_is_asked_for_each_time(
    hub, anybody, django_assert_num_queries
):
    photo = made(hub, is_nobody=True, is_public=True)
    for _ in range(2):
        with django_assert_num_queries(1):
            answer = anybody.get(f"/pictures/{photo.key}/480.jpg")
    assert answer.status_code == 200
    assert not answer.streaming
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "public, no-cache")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer
    assert answer["X-Robots-Tag"] == "noimageindex, noarchive"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    again = anybody.get(f"/pictures/{photo.key}/480.jpg", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["{key}/481.jpg", "{key}/1600.jpg", "x/480.jpg", "{key}/99999999999999999999.jpg"])
def test_what_is_no_file_of_a_public_photo_is_not_there(hub, anybody, path):
    photo = made(hub, is_nobody=True, is_public=True)
    assert anybody.get("/pictures/" + path.format(key=photo.key)).status_code == 404


def test_a_photo_that_waits_is_nobodys_to_see(hub, anybody):
    photo = made(hub, on=hub.children)
    assert anybody.get(f"/pictures/{photo.key}/480.jpg").status_code == 404
    assert photo.key not in anybody.get("/photos-of-all/").content.decode()


def test_of_a_closed_hub_no_photo_is_seen(hub, anybody):
    photo = made(hub, is_nobody=True, is_public=True)
    Closing.objects.create(programme=hub.liverpool, closed_on=date(2026, 1, 1), closed_by=hub.olu)
    assert anybody.get(f"/pictures/{photo.key}/480.jpg").status_code == 404
    assert photo.key not in anybody.get("/photos-of-all/").content.decode()
