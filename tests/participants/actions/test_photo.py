"""A photo is public only while every child on it may be shown; nothing but a person brings it back."""

import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from inharmony.pages import public
from participants.actions import at_risk, merge, merge_undo
from participants.actions import consent as answers
from participants.actions import photo as acts
from participants.models import Consent, Photo, PhotoChild
from participants.queries.photo import file_name
from programmes.actions import closing
from programmes.models import PublicPhoto
from tests.factories import photos
from tests.trail import entries

PUBLIC, INSIDE, GIVEN, REFUSED = photos.PUBLIC, photos.INSIDE, photos.GIVEN, photos.REFUSED


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
        yield cast


def seen():
    return set(PublicPhoto.objects.values_list("key", flat=True))


def withdraw(child, by, purpose=PUBLIC):
    return answers.withdraw_consent(child=child, purpose=purpose, given_by="Their father", by=by)


def test_a_photo_of_children_who_all_consent_can_be_published(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[:2])
    assert seen() == set()
    acts.publish(photo=made, by=hub.joanne)
    row = PublicPhoto.objects.get(key=made.key)
    assert (row.alternative, row.credit, row.programme) == (made.alternative, made.credit, hub.liverpool)
    told = entries()[-1]
    assert (told.act, set(told.children)) == ("photo.published", {child.pk for child in hub.children[:2]})
    assert acts.publish(photo=made, by=hub.ruth).published_by == hub.joanne


@pytest.mark.parametrize("purpose", [PUBLIC, INSIDE])
def test_withdrawing_one_childs_consent_takes_each_photo_of_that_child_off(hub, purpose):
    one = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children, is_public=True)
    two = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[:1], is_public=True)
    other = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[1:], is_public=True)
    withdraw(hub.children[0], hub.ruth, purpose)
    assert seen() == {other.key}
    off = Photo.objects.filter(pk__in=[one.pk, two.pk])
    assert {(photo.state, photo.taken_off_at is not None) for photo in off} == {("off", True)}


def test_consent_given_again_brings_no_photo_back_by_itself(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[:1], is_public=True)
    withdraw(hub.children[0], hub.ruth)
    photos.consent(hub.children[:1], by=hub.ruth)
    assert seen() == set()
    acts.publish(photo=made, by=hub.ruth)
    assert seen() == {made.key}


@pytest.mark.parametrize("answered", [(), (INSIDE,), (PUBLIC,)])
def test_a_child_who_has_not_answered_keeps_a_photo_from_being_published(hub, answered):
    child = hub.others[0]
    photos.consent([child], by=hub.ruth, purposes=answered)
    made = photos.photo(hub.liverpool, by=hub.ruth, on=[*hub.children, child])
    with pytest.raises(acts.NotPublishableError, match="1 child on it may not be shown in public"):
        acts.publish(photo=made, by=hub.ruth)
    assert seen() == set()


def test_a_protected_child_takes_the_photo_off_and_keeps_it_off(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children, is_public=True)
    at_risk.flag_at_risk(child=hub.children[1], by=hub.ruth)
    assert seen() == set()
    with pytest.raises(acts.NotPublishableError):
        acts.publish(photo=made, by=hub.ruth)


def test_naming_a_child_who_does_not_consent_takes_a_public_photo_off(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[:1], is_public=True)
    acts.name_child(photo=made, child=hub.children[1], by=hub.ruth)
    assert seen() == {made.key}
    assert acts.name_child(photo=made, child=hub.others[0], by=hub.ruth).state == "off"
    assert seen() == set()


def test_a_photo_on_which_nobody_is_named_needs_the_word_that_nobody_can_be_recognised(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth)
    with pytest.raises(acts.NotPublishableError, match="nobody can be recognised"):
        acts.publish(photo=made, by=hub.ruth)
    acts.say_nobody(photo=made, is_nobody=True, by=hub.ruth)
    acts.publish(photo=made, by=hub.ruth)
    assert seen() == {made.key}
    acts.say_nobody(photo=made, is_nobody=False, by=hub.ruth)
    assert seen() == set()


def test_nobody_cannot_be_said_of_a_photo_with_names(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[:1])
    with pytest.raises(acts.PhotoRefusedError, match="Children are named"):
        acts.say_nobody(photo=made, is_nobody=True, by=hub.ruth)


def test_naming_a_child_takes_back_that_nobody_can_be_recognised(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, is_nobody=True, is_public=True)
    assert acts.name_child(photo=made, child=hub.children[0], by=hub.ruth).is_nobody is False


def test_who_is_taken_off_last_leaves_a_photo_that_is_not_public(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[:2], is_public=True)
    acts.unname_child(photo=made, child=hub.children[0], by=hub.ruth)
    assert seen() == {made.key}
    told = entries()[-1]
    assert set(told.children) == {child.pk for child in hub.children[:2]}
    acts.unname_child(photo=made, child=hub.children[1], by=hub.ruth)
    assert seen() == set()


@pytest.mark.parametrize("missing", [{"alternative": ""}, {"credit": ""}])
def test_a_photo_without_words_is_not_published(hub, missing):
    made = photos.photo(hub.liverpool, by=hub.ruth, is_nobody=True, **missing)
    with pytest.raises(acts.NotPublishableError, match="Say w"):
        acts.publish(photo=made, by=hub.ruth)


def test_other_words_of_a_public_photo_are_seen_at_once(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, is_nobody=True, is_public=True)
    acts.describe(photo=made, words=photos.words(caption="In the hall", is_on_page=False), by=hub.ruth)
    row = PublicPhoto.objects.get(key=made.key)
    assert (row.caption, row.is_on_page) == ("In the hall", False)
    assert entries()[-1].details == {"fields": ["caption", "is_on_page"]}
    many = len(entries())
    acts.describe(photo=made, words=photos.words(caption="In the hall", is_on_page=False), by=hub.ruth)
    assert len(entries()) == many


def test_a_withdrawn_photo_is_nowhere_and_stays_with_the_hub(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, is_nobody=True, is_public=True)
    acts.withdraw(photo=made, by=hub.ruth)
    acts.withdraw(photo=made, by=hub.joanne)
    assert seen() == set()
    assert Photo.objects.get(pk=made.pk).withdrawn_by == hub.ruth
    assert default_storage.exists(file_name(made.key, 480))


def test_a_deleted_photo_leaves_neither_rows_nor_files(hub, django_capture_on_commit_callbacks):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children, is_public=True)
    with django_capture_on_commit_callbacks(execute=True):
        acts.delete(photo=made, by=hub.joanne)
    assert seen() == set()
    assert not Photo.objects.exists()
    assert not PhotoChild.objects.exists()
    assert not default_storage.exists(file_name(made.key, 480))
    told = entries()[-1]
    assert (told.act, set(told.children)) == ("photo.deleted", {child.pk for child in hub.children})


def test_the_database_refuses_a_public_photo_of_a_child_without_consent_whoever_writes_it(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.others[:1])
    with pytest.raises(DatabaseError, match="no consent"), transaction.atomic():
        Photo.objects.filter(pk=made.pk).update(state="public", published_at=made.uploaded_at, published_by=hub.ruth)
    with pytest.raises(DatabaseError, match="kept by triggers"), transaction.atomic():
        PublicPhoto.objects.create(
            **{
                field.attname: getattr(made, field.attname)
                for field in PublicPhoto._meta.fields
                if field.name != "published_at"
            },
            published_at=made.uploaded_at,
        )


def test_two_records_of_one_child_become_one_and_the_photos_follow_what_both_families_said(hub):
    one, other, third = hub.children
    of_other = photos.photo(hub.liverpool, by=hub.ruth, on=[other, third], is_public=True)
    of_both = photos.photo(hub.liverpool, by=hub.ruth, on=[one, other], is_public=True)
    act = merge.merge(kept=one, gone=other, theirs=[], by=hub.ruth)
    assert seen() == {of_other.key, of_both.key}
    assert PhotoChild.objects.filter(child=one).count() == 2
    merge_undo.undo(act=act, by=hub.ruth)
    assert set(PhotoChild.objects.filter(photo=of_both.pk).values_list("child", flat=True)) == {one.pk, other.pk}
    assert set(PhotoChild.objects.filter(photo=of_other.pk).values_list("child", flat=True)) == {other.pk, third.pk}
    assert seen() == {of_other.key, of_both.key}


def test_a_no_that_was_said_of_two_records_that_were_one_is_of_both_when_they_are_two_again(hub):
    one, other, third = hub.children
    made = photos.photo(hub.liverpool, by=hub.ruth, on=[other, third], is_public=True)
    act = merge.merge(kept=one, gone=other, theirs=[], by=hub.ruth)
    withdraw(one, hub.ruth)
    merge_undo.undo(act=act, by=hub.ruth)
    assert seen() == set()
    for child in (one, other):
        assert answers.standing_answer(child, PUBLIC).answer == "withdrawn"
        assert answers.standing_answer(child, INSIDE).is_given
    with pytest.raises(acts.NotPublishableError):
        acts.publish(photo=made, by=hub.joanne)


def test_a_merge_with_a_record_whose_family_refused_takes_the_photo_off(hub):
    one, other = hub.children[0], hub.others[0]
    made = photos.photo(hub.liverpool, by=hub.ruth, on=[one], is_public=True)
    photos.consent([other], by=hub.ruth, answer=REFUSED)
    merge.merge(kept=other, gone=one, theirs=[], by=hub.ruth)
    assert seen() == set()
    assert Photo.objects.get(pk=made.pk).state == "off"


def test_a_merge_that_makes_a_child_protected_takes_the_photo_off(hub):
    one, other = hub.children[0], hub.others[0]
    at_risk.flag_at_risk(child=other, by=hub.ruth)
    photos.photo(hub.liverpool, by=hub.ruth, on=[one], is_public=True)
    merge.merge(kept=one, gone=other, theirs=[], by=hub.ruth)
    assert seen() == set()


def test_a_withdrawal_that_is_rolled_back_leaves_the_photo_and_the_pages(committed_cast):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
        made = photos.photo(cast.liverpool, by=cast.ruth, on=cast.children, is_public=True)
    public.new_edition()
    edition = public._edition()
    with pytest.raises(RuntimeError), scoped(cast.liverpool_scope):
        withdraw(cast.children[0], cast.ruth)
        assert seen() == set()
        raise RuntimeError
    assert seen() == {made.key}
    assert public._edition() == edition
    with scoped(cast.liverpool_scope):
        withdraw(cast.children[0], cast.ruth)
        assert public._edition() == edition
    assert public._edition() != edition


def test_answers_that_touch_no_public_photo_leave_the_pages_as_they_are(committed_cast):
    cast = committed_cast
    public.new_edition()
    edition = public._edition()
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth, answer=REFUSED)
        photos.photo(cast.liverpool, by=cast.ruth, on=cast.children)
    assert public._edition() == edition


def test_raw_statements_take_photos_off_and_renew_the_pages_too(committed_cast):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
        photos.photo(cast.liverpool, by=cast.ruth, on=cast.children, is_public=True)
    edition = public._edition()
    with scoped(cast.liverpool_scope), connection.cursor() as cursor:
        cursor.execute("UPDATE participants_child SET is_at_risk = true WHERE id = %s", [cast.children[2].pk])
    assert seen() == set()
    assert public._edition() != edition


@pytest.mark.parametrize("attempt", range(8))
def test_who_publishes_while_a_family_withdraws_leaves_nothing_public(committed_cast, attempt):
    cast, together = committed_cast, threading.Barrier(2)
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
        made = photos.photo(cast.liverpool, by=cast.ruth, on=cast.children)
    went_wrong = []

    def run(act):
        try:
            together.wait()
            with scoped(cast.liverpool_scope):
                act()
        except acts.NotPublishableError:
            pass
        except Exception as error:
            went_wrong.append(error)
        finally:
            connection.close()

    presses = (
        lambda: acts.publish(photo=made, by=cast.joanne),
        lambda: withdraw(cast.children[attempt % 3], cast.ruth),
    )
    threads = [threading.Thread(target=run, args=[press]) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert went_wrong == []
    assert seen() == set()
    with scoped(cast.liverpool_scope):
        assert Consent.objects.filter(answer="withdrawn").count() == 1


def test_next_door_the_photo_is_not_there(hub):
    photos.photo(hub.liverpool, by=hub.ruth, on=hub.children)
    with scoped(hub.leeds_scope):
        assert not Photo.objects.exists()
        assert not PhotoChild.objects.exists()
    assert not Photo.objects.visible_to(hub.omar).exists()
    assert not Photo.objects.visible_to(hub.priya).exists()


def test_a_hub_that_opens_again_shows_no_photo_from_before_it_closed(hub):
    made = photos.photo(hub.liverpool, by=hub.ruth, on=hub.children[:1], is_public=True)
    with scoped(hub.leeds_scope):
        photos.consent(hub.leeds_children, by=hub.ruth)
        other = photos.photo(hub.leeds, by=hub.ruth, on=hub.leeds_children[:1], is_public=True)
    # by whoever keeps hubs and reads no child
    with scoped(Scope(person=hub.olu.pk)):
        closing.close(programme=hub.liverpool, on=timezone.localdate() + timedelta(days=1), by=hub.olu)
        closing.reopen(programme=hub.liverpool, by=hub.olu)
        assert seen() == {made.key, other.key}
        closing.close(programme=hub.liverpool, on=timezone.localdate(), by=hub.olu)
        closing.reopen(programme=hub.liverpool, by=hub.olu)
        assert not Photo.objects.exists()
    assert seen() == {other.key}
    made.refresh_from_db()
    assert made.state == "off"
    acts.publish(photo=made, by=hub.ruth)
    assert seen() == {made.key, other.key}
