"""Somebody writes a story and names who is in it, a manager shares it, and both impact pages show it while they may."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.pages import dates, public
from outcomes.actions import story as acts
from outcomes.actions import story_keeping
from outcomes.models import Story
from participants.actions import at_risk
from participants.models import Enrolment
from programmes.models import Closing, SharedStory
from schools.models import AcademicYear
from tests.clients import SignedInClient
from tests.factories import stories
from tests.factories.schools import this_year
from tests.trail import entries

LIST, NEW = "/hub/liverpool/stories/", "/hub/liverpool/stories/new/"
HUB_PAGE, NATIONAL_PAGE = "/hub/liverpool/impact/", "/national/impact/"


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        stories.consent(cast.children, by=cast.ruth)
    return cast


def made(hub, by=None, **options):
    with scoped(hub.liverpool_scope):
        return stories.story(hub.liverpool, by=by or hub.ruth, **options)


def stored(hub):
    with scoped(hub.both):
        return Story.objects.select_related("written_by").get()


def at(story, name=""):
    return reverse(f"outcomes:story{name}", args=[story.pk])


def signed_in(person):
    client = SignedInClient()
    client.force_login(person)
    return client


def seen_on(page):
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def written(**changes):
    said = {"words": "I like the low notes.", "said_by": "child", "indicator": "music"}
    return {**said, "academic_year": this_year().pk, **changes}


def test_a_coordinator_writes_and_names_a_manager_shares_and_both_pages_show_it(hub):
    child, coordinator, manager = hub.children[0], signed_in(hub.priya), signed_in(hub.joanne)
    answer = coordinator.post(NEW, written(), follow=True)
    assert "It is written. Say who is in it" in answer.content.decode()
    story = stored(hub)
    assert (story.written_by, story.state) == (hub.priya, "waiting")
    assert "Is in it" in coordinator.get(at(story), {"find": child.forename}).content.decode()
    coordinator.post(at(story, "-child"), {"child": child.pk})
    assert "The hub’s manager does that" in coordinator.get(at(story)).content.decode()
    assert coordinator.post(at(story, "-share")).status_code == 403
    page = manager.get(at(story)).content.decode()
    manager.post(at(story, "-share"), {"seen": seen_on(page)})
    assert SharedStory.objects.get().key == story.key
    for client, path in ((manager, HUB_PAGE), (signed_in(hub.nia), NATIONAL_PAGE)):
        page = client.get(path).content.decode()
        assert '<blockquote><p dir="auto">I like the low notes.</p></blockquote>' in page
        assert "A child, Liverpool" in page
        assert child.forename not in page
        assert "@stories" not in page


def test_it_is_gone_from_the_very_next_request_once_a_family_takes_its_consent_back(hub):
    made(hub, of=hub.children[:1], is_shared=True, words="I like the low notes.")
    office, national = signed_in(hub.ruth), signed_in(hub.nia)
    public.new_edition()
    for _ in range(2):
        assert "low notes" in office.get(HUB_PAGE).content.decode()
        assert "low notes" in national.get(NATIONAL_PAGE).content.decode()
    edition = public._edition()
    withdrawn = f"/children/{hub.children[0].pk}/consent/quotation/withdraw/"
    assert office.post(withdrawn, {"given_by": "Their mother"}).status_code == 302
    # the kept body stays as it is, and shows it no more
    assert public._edition() == edition
    assert "low notes" not in national.get(NATIONAL_PAGE).content.decode()
    assert "low notes" not in office.get(HUB_PAGE).content.decode()


def test_a_case_study_stands_in_full_under_its_heading_with_an_anchor(hub):
    words = "It began in the hall.\n\nThen came <winter>."
    story = made(hub, of=hub.children[:1], written=stories.case_study(words=words), is_shared=True)
    for person, path in ((hub.joanne, HUB_PAGE), (hub.nia, NATIONAL_PAGE)):
        page = signed_in(person).get(path).content.decode()
        assert f'id="story-{story.key}"' in page
        assert "A year with the cello</h3>" in page
        assert '<p dir="auto">It began in the hall.</p><p dir="auto">Then came &lt;winter&gt;.</p>' in page


def test_without_a_story_the_country_shows_nothing_and_the_hub_how_to_add_one(hub):
    assert "stories of the hub" in signed_in(hub.joanne).get(HUB_PAGE).content.decode()
    page = signed_in(hub.nia).get(NATIONAL_PAGE).content.decode()
    assert "uotation" not in page
    assert "stories" not in page


def test_a_story_of_another_year_or_hub_is_not_on_the_page(hub):
    with scoped(hub.both):
        stories.consent(hub.leeds_children, by=hub.omar)
        stories.story(hub.leeds, by=hub.omar, of=hub.leeds_children[:1], words="Of Leeds", is_shared=True)
    AcademicYear.objects.get_or_create(year=this_year().pk - 1)
    made(hub, of=hub.children[:1], words="Of last year", academic_year=this_year().pk - 1, is_shared=True)
    page = signed_in(hub.joanne).get(HUB_PAGE).content.decode()
    assert "Of Leeds" not in page
    assert "Of last year" not in page
    national = signed_in(hub.nia).get(NATIONAL_PAGE).content.decode()
    assert "Of Leeds" in national
    assert "Of last year" not in national


def test_the_database_role_of_national_staff_reads_what_is_shared_and_no_story(hub):
    story = made(hub, of=hub.children[:1], is_shared=True)
    assert story.words in signed_in(hub.nia).get(NATIONAL_PAGE).content.decode()
    for path in (LIST, at(story)):
        assert signed_in(hub.nia).get(path).status_code in {403, 404}


def test_a_share_of_other_words_than_were_seen_is_refused_with_what_stands(hub):
    story = made(hub, of=hub.children[:1])
    manager, writer = signed_in(hub.joanne), signed_in(hub.ruth)
    seen = seen_on(manager.get(at(story)).content.decode())
    writer.post(at(story), written(words="Other words.", seen=seen_on(writer.get(at(story)).content.decode())))
    page = manager.post(at(story, "-share"), {"seen": seen}, follow=True).content.decode()
    assert "Not done. Somebody else changed this story" in page
    assert "Other words." in page
    assert not SharedStory.objects.exists()


def test_two_who_write_at_once_overwrite_nothing_unseen(hub):
    story = made(hub)
    one, other = signed_in(hub.joanne), signed_in(hub.ruth)
    seen = seen_on(one.get(at(story)).content.decode())
    assert one.post(at(story), written(words="First", seen=seen)).status_code == 302
    answer = other.post(at(story), written(words="Second", seen=seen))
    assert answer.status_code == 422
    assert "Somebody else changed this story" in answer.content.decode()
    assert stored(hub).words == "First"


def test_other_words_of_a_shared_story_take_it_off_and_say_so(hub):
    story = made(hub, of=hub.children[:1], is_shared=True)
    client = signed_in(hub.ruth)
    sent = written(words="Other words.", seen=seen_on(client.get(at(story)).content.decode()))
    assert "waits until it is shared again" in client.post(at(story), sent, follow=True).content.decode()
    assert not SharedStory.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": ""}, "This field is required|Write|Enter"),
        ({"words": "a" * 401}, "has at most 400 characters; this has 401"),
        ({"said_by": "tutor", "permission_on": "17/11/2126"}, "still to come"),
        ({"academic_year": "1999"}, "valid choice"),
        ({"indicator": "luck"}, "valid choice"),
    ],
)
def test_what_cannot_be_written_is_refused_beside_its_field(hub, changes, words):
    answer = signed_in(hub.priya).post(NEW, written(**changes))
    assert answer.status_code == 422
    assert any(each in answer.content.decode() for each in words.split("|"))
    with scoped(hub.both):
        assert not Story.objects.exists()


def test_the_adult_who_agreed_is_kept_and_shown_on_no_page_of_figures(hub):
    client = signed_in(hub.joanne)
    sent = written(said_by="tutor", permission="Hannah Hale", permission_on="01/09/2026")
    client.post(NEW, sent)
    story = stored(hub)
    assert story.permission == "Hannah Hale"
    client.post(at(story, "-nobody"), {"is_nobody": "1"})
    client.post(at(story, "-share"), {"seen": seen_on(client.get(at(story)).content.decode())})
    page = client.get(HUB_PAGE).content.decode()
    assert "A tutor, Liverpool" in page
    assert "Hannah Hale" not in page


def test_who_keeps_it_from_being_shared_is_named_to_the_office_alone(hub):
    story = made(hub, by=hub.priya, of=[*hub.children[:1], hub.others[0]])
    page = signed_in(hub.joanne).get(at(story)).content.decode()
    assert page.count("May not be shown") == 1
    assert "1 child in it may not be shown." in page
    assert ">Share it<" not in page
    assert hub.others[0].surname in page
    page = signed_in(hub.priya).get(at(story)).content.decode()
    assert hub.others[0].surname not in page
    assert "1 child you do not see is in it too" in page


def test_a_protected_child_is_no_reason_to_ask_the_family(hub):
    story = made(hub, of=hub.children[:1])
    with scoped(hub.liverpool_scope):
        at_risk.flag_at_risk(child=hub.children[0], by=hub.ruth)
    page = signed_in(hub.joanne).get(at(story)).content.decode()
    assert "1 child in it may not be shown." in page
    assert "May not be shown" in page
    assert "onsent to" not in page
    assert "sk the family" not in page


def test_a_coordinator_is_offered_nothing_that_is_refused_where_the_office_named_a_child(hub):
    story = made(hub, by=hub.priya, written=stories.of_adult())
    with scoped(hub.liverpool_scope):
        acts.name_child(story=story, child=hub.others[0], by=hub.ruth)
    page = signed_in(hub.priya).get(at(story)).content.decode()
    assert "1 child you do not see is in it too" in page
    assert "No child can be recognised" not in page


def test_the_page_says_when_a_story_goes_and_who_has_left(hub):
    story = made(hub, of=hub.children[:1])
    with scoped(hub.liverpool_scope):
        Enrolment.objects.filter(child=hub.children[0]).update(ends_on=timezone.localdate() - timedelta(days=1))
        goes_on = dates.day(story_keeping.goes_on(story))
    page = signed_in(hub.joanne).get(at(story)).content.decode()
    assert f"It is destroyed on {goes_on}" in page
    assert "Has left" in page
    assert goes_on in signed_in(hub.joanne).get(at(story, "-delete")).content.decode()


def test_of_a_closed_hub_the_pages_say_so_and_offer_what_is_left(hub):
    story = made(hub, of=hub.children[:1])
    Closing.objects.create(programme=hub.liverpool, closed_on=timezone.localdate(), closed_by=hub.olu)
    client = signed_in(hub.joanne)
    page = client.get(at(story)).content.decode()
    assert "Liverpool is closed." in page
    assert "Not in it" in page
    for gone in (">Save it<", ">Share it<", "Name a child"):
        assert gone not in page
    page = client.get(LIST).content.decode()
    assert "Write a quotation" not in page
    assert client.get(NEW)["Location"] == LIST
    assert client.post(at(story, "-share"), {"seen": ""}).status_code in {302, 403}


def test_a_coordinator_reads_that_the_list_is_of_their_own_stories(hub):
    page = signed_in(hub.priya).get(LIST).content.decode()
    assert "Your stories in Liverpool" in page
    assert "You have written no story yet" in page
    assert "Stories of Liverpool</h1>" in signed_in(hub.joanne).get(LIST).content.decode()


def test_a_coordinator_names_no_child_of_another_ensemble_and_sees_nobody_elses_story(hub):
    own, other = made(hub, by=hub.priya), made(hub)
    client = signed_in(hub.priya)
    assert client.post(at(own, "-child"), {"child": hub.others[0].pk}).status_code == 404
    assert client.get(at(other)).status_code == 404
    assert f'href="{at(other)}"' not in client.get(LIST).content.decode()
    assert f'href="{at(own)}"' in client.get(LIST).content.decode()


def test_the_list_shows_stories_of_a_state_and_a_year_and_the_trail_who_was_seen(hub):
    shared = made(hub, of=hub.children[:1], words="One that is shared", is_shared=True)
    made(hub, words="One that waits")
    client = signed_in(hub.ruth)
    page = client.get(LIST).content.decode()
    assert "One that is shared" in page
    assert "One that waits" in page
    assert (entries()[-1].act, entries()[-1].children) == ("stories.listed", [hub.children[0].pk])
    page = client.get(LIST, {"state": "shared", "year": str(this_year())}).content.decode()
    assert at(shared) in page
    assert "One that waits" not in page
    assert "There is no such story" in client.get(LIST, {"state": "withdrawn"}).content.decode()
    assert client.get(LIST, {"state": "lost"}).status_code == 404
    assert client.get("/stories/")["Location"] == LIST


def test_the_list_says_how_many_are_off(hub):
    for child in hub.children[:2]:
        made(hub, of=[child], is_shared=True)
    client = signed_in(hub.joanne)
    assert "off every page" not in client.get(LIST).content.decode()
    for child, words in zip(
        hub.children, ("1 story is off every page.", "2 stories are off every page."), strict=False
    ):
        with scoped(hub.liverpool_scope):
            at_risk.flag_at_risk(child=child, by=hub.ruth)
        assert words in client.get(LIST).content.decode()


def test_a_story_is_withdrawn_and_deleted_once_one_is_sure(hub):
    story = made(hub, of=hub.children[:1], is_shared=True)
    client = signed_in(hub.ruth)
    assert "off every page" in client.post(at(story, "-withdraw"), follow=True).content.decode()
    assert "Delete this story?" in client.get(at(story, "-delete")).content.decode()
    client.post(at(story, "-delete"))
    with scoped(hub.both):
        assert not Story.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("omar", 404), ("nia", 403), ("olu", 403)])
def test_nobody_outside_the_hub_reaches_a_story(hub, who, status):
    story = made(hub, of=hub.children[:1], is_shared=True)
    client = signed_in(getattr(hub, who))
    for path in (at(story), at(story, "-delete"), LIST, NEW):
        assert client.get(path).status_code == status
    for name in ("-child", "-nobody", "-withdraw"):
        assert client.post(at(story, name)).status_code == status
    assert client.post(at(story, "-share")).status_code in {403, 404}


def test_the_page_of_a_hub_asks_one_statement_more_for_any_number_of_stories(hub, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(hub.joanne)
    counts = []
    for _ in range(3):
        client.get(HUB_PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(HUB_PAGE)
        counts.append(len(asked))
        made(hub, of=hub.children[:1], is_shared=True)
    assert len(set(counts)) == 1
