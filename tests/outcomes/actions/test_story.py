"""A story is shown only while every child in it may be; nothing but a person brings it back."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from outcomes.actions import story as acts
from outcomes.models import Story, StoryChild
from outcomes.queries.story import shared_stories
from participants.actions import at_risk, merge, merge_undo
from participants.actions import consent as answers
from participants.models import Child, Placement
from programmes.actions import closing
from programmes.models import Closing, Indicator, SharedStory
from schools.models import AcademicYear
from tests.factories import participants, stories
from tests.trail import entries

SaidBy = stories.SaidBy


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        stories.consent(cast.children, by=cast.ruth)
        yield cast


def seen():
    return set(SharedStory.objects.values_list("key", flat=True))


def withdraw(child, by):
    return answers.withdraw_consent(child=child, purpose=stories.QUOTED, given_by="Their father", by=by)


def test_a_quotation_of_a_child_who_consents_is_shared_and_says_nothing_of_who(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1])
    assert seen() == set()
    shared = stories.share(made, by=hub.joanne)
    row = SharedStory.objects.get(key=made.key)
    assert (row.words, row.programme, row.said_by, row.indicator) == (made.words, hub.liverpool, "child", "music")
    told = entries()[-1]
    assert (told.act, set(told.children)) == ("story.shared", {hub.children[0].pk})
    assert stories.share(shared, by=hub.ruth).shared_by == hub.joanne
    columns = {field.name for field in SharedStory._meta.fields}
    assert columns.isdisjoint({"child", "children", "permission", "written_by", "shared_by", "id", "story"})


def test_withdrawing_one_childs_consent_takes_each_story_of_that_child_off(hub):
    one = stories.story(hub.liverpool, by=hub.ruth, of=hub.children, is_shared=True)
    two = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    other = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[1:], is_shared=True)
    withdraw(hub.children[0], hub.ruth)
    assert seen() == {other.key}
    off = Story.objects.filter(pk__in=[one.pk, two.pk])
    assert {(story.state, story.taken_off_at is not None) for story in off} == {("off", True)}
    assert [story.key for story in shared_stories(year=one.academic_year_id)] == [other.key]


def test_consent_given_again_brings_no_story_back_by_itself(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    withdraw(hub.children[0], hub.ruth)
    stories.consent(hub.children[:1], by=hub.ruth)
    assert seen() == set()
    stories.share(made, by=hub.ruth)
    assert seen() == {made.key}


def test_an_answer_about_photos_takes_no_story_off(hub):
    from tests.factories import photos

    photos.consent(hub.children, by=hub.ruth)
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    photos.consent(hub.children, by=hub.ruth, answer=photos.REFUSED)
    assert seen() == {made.key}


def test_a_child_who_has_not_answered_keeps_a_story_from_being_shared(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=[*hub.children, hub.others[0]])
    with pytest.raises(acts.NotShareableError, match="1 child in it may not be shown") as refused:
        stories.share(made, by=hub.ruth)
    assert hub.others[0].surname not in str(refused.value)
    assert seen() == set()


def test_a_protected_child_takes_the_story_off_and_keeps_it_off(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children, is_shared=True)
    at_risk.flag_at_risk(child=hub.children[1], by=hub.ruth)
    assert seen() == set()
    with pytest.raises(acts.NotShareableError):
        stories.share(made, by=hub.ruth)


def test_naming_a_child_who_does_not_consent_takes_a_shared_story_off(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    acts.name_child(story=made, child=hub.children[1], by=hub.ruth)
    assert seen() == {made.key}
    assert acts.name_child(story=made, child=hub.others[0], by=hub.ruth).state == "off"
    assert seen() == set()


def test_naming_a_child_whose_name_stands_in_a_shared_story_takes_it_off(hub):
    child = hub.children[1]
    words = f"We sat by {child.forename} and played."
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], words=words, is_shared=True)
    assert acts.name_child(story=made, child=child, by=hub.ruth).state == "off"
    assert seen() == set()


@pytest.mark.parametrize("who", [SaidBy.CHILD, SaidBy.FAMILY])
def test_what_a_child_or_a_family_said_needs_the_child(hub, who):
    written = stories.of_adult(who) if who == SaidBy.FAMILY else stories.told()
    made = stories.story(hub.liverpool, by=hub.ruth, written=written, is_nobody=True)
    with pytest.raises(acts.NotShareableError, match="Say which child it is of"):
        stories.share(made, by=hub.ruth)
    with pytest.raises(DatabaseError), transaction.atomic():
        now = timezone.now()
        Story.objects.filter(pk=made.pk).update(state="shared", shared_at=now, shared_by=hub.ruth)


def test_a_tutor_is_quoted_once_it_is_said_that_no_child_can_be_recognised(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, written=stories.of_adult())
    with pytest.raises(acts.NotShareableError, match="no child can be recognised"):
        stories.share(made, by=hub.ruth)
    acts.say_nobody(story=made, is_nobody=True, by=hub.ruth)
    stories.share(made, by=hub.ruth)
    assert seen() == {made.key}
    acts.say_nobody(story=made, is_nobody=False, by=hub.ruth)
    assert seen() == set()


@pytest.mark.parametrize("who", [SaidBy.FAMILY, SaidBy.TUTOR, SaidBy.SCHOOL_STAFF])
@pytest.mark.parametrize("missing", [{"permission": ""}, {"permission_on": None}])
def test_an_adult_is_not_quoted_without_permission(hub, who, missing):
    of = hub.children[:1]
    made = stories.story(hub.liverpool, by=hub.ruth, of=of, written=stories.of_adult(who, **missing))
    with pytest.raises(acts.NotShareableError, match="Write down who agreed"):
        stories.share(made, by=hub.ruth)


@pytest.mark.parametrize(
    ("written", "match"),
    [
        (stories.told, {"words": "  "}),
        (stories.told, {"words": "\u200b …"}),
        (stories.case_study, {"title": ""}),
        (stories.told, {"said_by": ""}),
    ],
)
def test_a_story_without_its_words_its_title_or_who_said_it_is_not_shared(hub, written, match):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], written=written(**match))
    with pytest.raises(acts.NotShareableError, match=r"Write its words|Give it a title|Say who said it"):
        stories.share(made, by=hub.ruth)


def test_words_in_which_a_name_stands_are_not_shared(hub):
    child, other = hub.children[0], hub.others[0]
    for words in (
        f"“{child.forename}’s bow was new.",
        f"Then {child.surname.upper()} came in.",
        f"She sat beside {other.forename} {other.surname}, and played.",
        "Write to mum@example.org",
        "Ring 0151 496 0123",
        "Her number is A801200001001",
        "Here at Saltwharf we play",
        "I was born on 1 September.",
    ):
        made = stories.story(hub.liverpool, by=hub.ruth, of=[child], words=words)
        with pytest.raises(acts.NotShareableError, match=r"name of a child|Its words hold|is a school"):
            stories.share(made, by=hub.ruth)
    fine = stories.story(hub.liverpool, by=hub.ruth, of=[child], words=f"{other.forename} is a name in a song.")
    stories.share(fine, by=hub.ruth)
    assert seen() == {fine.key}


def test_where_nobody_is_in_it_no_first_name_of_the_hub_stands_in_it_nor_the_adults(hub):
    for words in (f"Then {hub.others[0].forename} smiled", "Hannah told them"):
        made = stories.story(hub.liverpool, by=hub.ruth, written=stories.of_adult(words=words), is_nobody=True)
        with pytest.raises(acts.NotShareableError, match=r"the name of a child|of who agreed"):
            stories.share(made, by=hub.ruth)
    assert seen() == set()


def test_a_coordinator_is_not_told_the_name_of_a_child_they_do_not_see(hub):
    from outcomes.queries.story import blocking

    hidden = hub.others[0]
    made = stories.story(
        hub.liverpool, by=hub.priya, words=f"{hidden.forename} {hidden.surname} plays", is_nobody=False
    )
    assert not any("name of a child" in words for words in blocking(made, hub.priya))
    assert any("name of a child" in words for words in blocking(made, hub.ruth))


def test_other_words_of_a_shared_story_wait_until_a_person_shares_them(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    changed = acts.describe(
        story=made, told=stories.told(words="I like the high notes."), seen=acts.version_of(made), by=hub.ruth
    )
    assert (changed.state, seen()) == ("waiting", set())
    assert entries()[-1].details == {"fields": ["words"]}
    many = len(entries())
    acts.describe(story=made, told=stories.told(words="I like the high notes."), seen="", by=hub.ruth)
    assert len(entries()) == many
    stories.share(made, by=hub.joanne)
    assert SharedStory.objects.get().words == "I like the high notes."


def test_the_database_lets_no_word_of_a_shared_story_change_under_it(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    with pytest.raises(DatabaseError, match="other words"), transaction.atomic():
        Story.objects.filter(pk=made.pk).update(words="Something else")


def test_nothing_is_overwritten_or_shared_that_was_not_seen(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1])
    before = acts.version_of(made)
    acts.describe(story=made, told=stories.told(words="First"), seen=before, by=hub.ruth)
    with pytest.raises(acts.StoryChangedError, match="Nothing of yours"):
        acts.describe(story=made, told=stories.told(words="Second"), seen=before, by=hub.joanne)
    with pytest.raises(acts.StoryChangedError):
        acts.share(story=made, seen=before, by=hub.joanne)
    assert Story.objects.get(pk=made.pk).words == "First"
    assert seen() == set()


def test_nothing_is_shared_once_another_child_or_nobody_is_in_it_or_the_year_group_goes(hub):
    many = [(f"Nova{chr(97 + n)}", f"Other{chr(97 + n)}") for n in range(10)]
    group = participants.children(hub.liverpool, hub.saltwharf, by=hub.ruth, names=many, year_group="2")
    stories.consent(group, by=hub.ruth)
    quote = stories.story(hub.liverpool, by=hub.ruth, of=group[:1])
    study = stories.story(hub.liverpool, by=hub.priya, of=group[:1], written=stories.case_study())
    before = {story: acts.version_of(story) for story in (quote, study)}
    Placement.objects.filter(child=group[9]).update(year_group="3")
    acts.unname_child(story=study, child=group[0], by=hub.priya)
    acts.say_nobody(story=study, is_nobody=True, by=hub.priya)
    for story, version in before.items():
        with pytest.raises(acts.StoryChangedError):
            acts.share(story=story, seen=version, by=hub.joanne)
    assert seen() == set()


def test_who_gets_a_name_that_stands_in_it_takes_the_story_off(hub):
    one, other = hub.children[0], hub.others[0]
    stories.consent(hub.others, by=hub.ruth)
    made = [stories.story(hub.liverpool, by=hub.ruth, of=[one], words=words) for words in ("A Ñandu sang", "We sang")]
    for story in made:
        stories.share(story, by=hub.joanne)
    Child.objects.filter(pk=one.pk).update(known_as="Nandu")
    assert seen() == {made[1].key}
    stories.share(stories.story(hub.liverpool, by=hub.ruth, of=[one], words=f"So {other.forename} sang"), by=hub.joanne)
    # their record goes into one of another name, and with it who is in the story
    merge.merge(kept=other, gone=one, theirs=[], by=hub.ruth)
    assert seen() == {made[1].key}


def test_what_somebody_else_deleted_is_gone_for_everybody(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    acts.delete(story=made, by=hub.joanne)
    acts.delete(story=made, by=hub.ruth)
    for act in (
        lambda: acts.withdraw(story=made, by=hub.ruth),
        lambda: acts.share(story=made, seen="", by=hub.ruth),
        lambda: acts.describe(story=made, told=stories.told(), seen="", by=hub.ruth),
        lambda: acts.name_child(story=made, child=hub.children[0], by=hub.ruth),
    ):
        with pytest.raises(acts.StoryGoneError):
            act()


def test_of_a_closed_hub_a_story_is_withdrawn_emptied_and_deleted_and_nothing_else(hub):
    waits = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1])
    shared = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    Closing.objects.create(programme=hub.liverpool, closed_on=timezone.localdate(), closed_by=hub.olu)
    version = acts.version_of(waits)
    for act in (
        lambda: acts.write(programme=hub.liverpool, told=stories.told(), by=hub.ruth),
        lambda: acts.describe(story=waits, told=stories.told(words="Other"), seen=version, by=hub.ruth),
        lambda: acts.name_child(story=waits, child=hub.children[1], by=hub.ruth),
        lambda: acts.share(story=waits, seen=version, by=hub.ruth),
    ):
        with pytest.raises(DatabaseError, match="Liverpool is closed since"), transaction.atomic():
            act()
    assert acts.withdraw(story=shared, by=hub.ruth).state == "withdrawn"
    acts.unname_child(story=waits, child=hub.children[0], by=hub.ruth)
    acts.delete(story=waits, by=hub.ruth)
    assert Story.objects.count() == 1


def test_what_is_too_long_or_agreed_tomorrow_is_not_written(hub):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for told in (
        stories.told(words="a" * 401),
        stories.case_study(words="a" * 3001),
        stories.case_study(title="a" * 121),
        stories.of_adult(permission="a" * 121),
        stories.of_adult(permission_on=tomorrow),
        stories.told(words="I like \u202eit"),
        stories.told(words="I like\x00it"),
    ):
        with pytest.raises(acts.StoryRefusedError, match=r"at most|still to come|nobody sees"):
            acts.write(programme=hub.liverpool, told=told, by=hub.ruth)
        if "\x00" not in told.words and told.permission_on != tomorrow and "\u202e" not in told.words:
            with pytest.raises(DatabaseError), transaction.atomic():
                year = AcademicYear.objects.get(year=told.academic_year)
                Story.objects.create(
                    programme=hub.liverpool,
                    written_by=hub.ruth,
                    written_at=timezone.now(),
                    academic_year=year,
                    **{name: value for name, value in told.fields.items() if name != "academic_year_id"},
                )
    assert not Story.objects.exists()
    assert acts.write(programme=hub.liverpool, told=stories.case_study(words="a" * 3000), by=hub.ruth).pk


def test_nobody_cannot_be_said_of_a_story_with_names_and_a_name_takes_it_back(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1])
    with pytest.raises(acts.StoryRefusedError, match="Children are named"):
        acts.say_nobody(story=made, is_nobody=True, by=hub.ruth)
    other = stories.story(hub.liverpool, by=hub.ruth, written=stories.of_adult(), is_nobody=True, is_shared=True)
    assert acts.name_child(story=other, child=hub.children[0], by=hub.ruth).is_nobody is False
    assert seen() == set()


def test_who_is_taken_out_leaves_a_story_that_waits_for_a_person(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:2], is_shared=True)
    assert acts.unname_child(story=made, child=hub.children[0], by=hub.priya).state == "waiting"
    assert seen() == set()
    assert set(entries()[-1].children) == {child.pk for child in hub.children[:2]}
    stories.share(made, by=hub.joanne)
    # whoever writes it
    StoryChild.objects.filter(story=made).delete()
    assert (Story.objects.get(pk=made.pk).state, seen()) == ("waiting", set())


def test_a_withdrawn_story_is_nowhere_and_stays_with_the_hub_until_it_is_deleted(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    acts.withdraw(story=made, by=hub.ruth)
    acts.withdraw(story=made, by=hub.joanne)
    assert seen() == set()
    assert Story.objects.get(pk=made.pk).withdrawn_by == hub.ruth
    acts.delete(story=made, by=hub.joanne)
    assert not Story.objects.exists()
    assert not StoryChild.objects.exists()
    assert (entries()[-1].act, entries()[-1].children) == ("story.deleted", [hub.children[0].pk])


def test_a_shared_story_that_is_deleted_is_shown_no_more(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    acts.delete(story=made, by=hub.joanne)
    assert seen() == set()


def test_the_database_refuses_what_may_not_be_shown_whoever_writes_it(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.others[:1])
    with pytest.raises(DatabaseError, match="no consent"), transaction.atomic():
        Story.objects.filter(pk=made.pk).update(state="shared", shared_at=made.written_at, shared_by=hub.ruth)
    with pytest.raises(DatabaseError, match="kept by triggers"), transaction.atomic():
        fields = [field.attname for field in SharedStory._meta.fields if field.name != "shared_at"]
        SharedStory.objects.create(**{name: getattr(made, name) for name in fields}, shared_at=made.written_at)
    shared = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    with pytest.raises(DatabaseError, match="kept by triggers"), transaction.atomic():
        SharedStory.objects.filter(key=shared.key).update(words="Something else")


def test_two_records_of_one_child_become_one_and_the_stories_follow_what_both_families_said(hub):
    one, other, third = hub.children
    of_other = stories.story(hub.liverpool, by=hub.ruth, of=[other, third], is_shared=True)
    of_both = stories.story(hub.liverpool, by=hub.ruth, of=[one, other], is_shared=True)
    act = merge.merge(kept=one, gone=other, theirs=[], by=hub.ruth)
    # fewer children are in it than a person saw
    assert seen() == {of_other.key}
    assert StoryChild.objects.filter(child=one).count() == 2
    merge_undo.undo(act=act, by=hub.ruth)
    assert set(StoryChild.objects.filter(story=of_both.pk).values_list("child", flat=True)) == {one.pk, other.pk}
    assert set(StoryChild.objects.filter(story=of_other.pk).values_list("child", flat=True)) == {other.pk, third.pk}
    assert seen() == {of_other.key}


def test_a_story_deleted_since_leaves_the_others_with_the_child_they_are_of(hub):
    from tests.factories import photos

    one, other, third = hub.children
    photos.consent([other], by=hub.ruth)
    of_both = stories.story(hub.liverpool, by=hub.ruth, of=[one, other])
    of_other = stories.story(hub.liverpool, by=hub.ruth, of=[other, third], is_shared=True)
    photo = photos.photo(hub.liverpool, by=hub.ruth, on=[other], is_public=True)
    act = merge.merge(kept=one, gone=other, theirs=[], by=hub.ruth)
    acts.delete(story=of_both, by=hub.ruth)
    assert merge_undo.undo(act=act, by=hub.ruth) == merge_undo.Parted([], 0)
    assert seen() == {of_other.key}
    assert set(photo.children.values_list("child", flat=True)) == {other.pk}
    withdraw(other, hub.ruth)
    assert seen() == set()


def test_what_is_shared_between_a_merge_and_its_undoing_is_of_both_and_comes_off(hub):
    one, other, third = hub.children
    before = stories.story(hub.liverpool, by=hub.ruth, of=[one], is_shared=True)
    act = merge.merge(kept=one, gone=other, theirs=[], by=hub.ruth)
    since = stories.story(hub.liverpool, by=hub.ruth, of=[one, third], is_shared=True)
    assert merge_undo.undo(act=act, by=hub.ruth) == merge_undo.Parted([], 1)
    assert set(StoryChild.objects.filter(story=since).values_list("child", flat=True)) == {one.pk, other.pk, third.pk}
    assert seen() == {before.key}
    stories.share(since, by=hub.joanne)
    withdraw(other, hub.ruth)
    assert seen() == {before.key}


def test_a_no_that_was_said_of_two_records_that_were_one_is_of_both_when_they_are_two_again(hub):
    one, other, third = hub.children
    made = stories.story(hub.liverpool, by=hub.ruth, of=[other, third], is_shared=True)
    act = merge.merge(kept=one, gone=other, theirs=[], by=hub.ruth)
    withdraw(one, hub.ruth)
    merge_undo.undo(act=act, by=hub.ruth)
    assert seen() == set()
    with pytest.raises(acts.NotShareableError):
        stories.share(made, by=hub.joanne)


def test_a_merge_with_a_record_whose_family_refused_takes_the_story_off(hub):
    one, other = hub.children[0], hub.others[0]
    made = stories.story(hub.liverpool, by=hub.ruth, of=[one], is_shared=True)
    stories.consent([other], by=hub.ruth, answer=stories.REFUSED)
    merge.merge(kept=other, gone=one, theirs=[], by=hub.ruth)
    assert seen() == set()
    assert Story.objects.get(pk=made.pk).state == "off"


def test_raw_statements_take_stories_off_too(hub):
    stories.story(hub.liverpool, by=hub.ruth, of=hub.children, is_shared=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE participants_child SET is_at_risk = true WHERE id = %s", [hub.children[2].pk])
    assert seen() == set()


@pytest.mark.parametrize("first", ["share", "withdraw"])
def test_who_shares_while_a_family_withdraws_leaves_nothing_shared(committed_cast, first):
    """A third holds the lock until both wait for it, each in the middle of what they do."""
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        stories.consent(cast.children, by=cast.ruth)
        made = stories.story(cast.liverpool, by=cast.ruth, of=cast.children)
    went_wrong = []

    def run(act):
        try:
            with scoped(cast.liverpool_scope):
                act()
        except acts.StoryRefusedError:
            pass
        except Exception as error:
            went_wrong.append(error)
        finally:
            connection.close()

    presses = {
        "share": lambda: stories.share(made, by=cast.joanne),
        "withdraw": lambda: withdraw(cast.children[0], cast.ruth),
    }
    threads = []
    with scoped(cast.liverpool_scope):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('participants_photo'))")
        for many, press in enumerate(sorted(presses, key=lambda name: name != first), start=1):
            threads.append(threading.Thread(target=run, args=[presses[press]]))
            threads[-1].start()
            until_waiting(many)
    for thread in threads:
        thread.join()
    assert went_wrong == []
    assert seen() == set()


def until_waiting(many):
    """Returns once so many wait for the lock."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if cursor.fetchone()[0] >= many:
                return
        time.sleep(0.05)
    raise AssertionError("they do not wait")


def test_next_door_the_story_is_not_there_and_a_coordinator_sees_their_own(hub):
    stories.story(hub.liverpool, by=hub.ruth, of=hub.children)
    own = stories.story(hub.liverpool, by=hub.priya, of=hub.children)
    with scoped(hub.leeds_scope):
        assert not Story.objects.exists()
        assert not StoryChild.objects.exists()
    assert not Story.objects.visible_to(hub.omar).exists()
    assert list(Story.objects.visible_to(hub.priya)) == [own]
    assert Story.objects.visible_to(hub.ruth).count() == 2


def test_of_a_closed_hub_none_is_shown_and_once_it_opens_again_none_from_before(hub):
    made = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1], is_shared=True)
    year = made.academic_year_id
    with scoped(Scope(person=hub.olu.pk)):
        closing.close(programme=hub.liverpool, on=timezone.localdate(), by=hub.olu)
        assert shared_stories(year=year) == []
        closing.reopen(programme=hub.liverpool, by=hub.olu)
    assert seen() == set()
    made.refresh_from_db()
    assert made.state == "off"
    stories.share(made, by=hub.ruth)
    assert [story.key for story in shared_stories(year=year, programme=hub.liverpool)] == [made.key]
    assert shared_stories(year=year, indicator=Indicator.SCHOOL) == []
    assert shared_stories(year=year - 1) == []
    assert shared_stories(year=year, programme=hub.leeds) == []
