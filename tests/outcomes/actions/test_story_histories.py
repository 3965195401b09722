"""Whatever happens in whatever order: shown are the stories somebody shared and whose every child may be shown since."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from outcomes.actions import story as acts
from outcomes.models import Story, StoryChild
from participants.actions import at_risk
from participants.models import Child, Consent
from participants.wordings import wording_on
from programmes.models import SharedStory
from tests.factories import stories

HISTORIES, ACTS = 120, 14


class History:
    """Stories, children and answers at random, and what a person would say is shown."""

    def __init__(self, cast, seed):
        self.cast, self.random = cast, Random(seed)
        self.children = [*cast.children, *cast.others]
        # one of a child, who must be named; one of a tutor, in which none need be
        tutors = stories.story(cast.liverpool, by=cast.ruth, written=stories.of_adult())
        self.of = {stories.story(cast.liverpool, by=cast.ruth): set(), tutors: set()}
        self.needs_none = {tutors}
        self.nobody, self.shown, self.words = set(), set(), 0
        Consent.objects.bulk_create(self.said(child, "given", timezone.localdate()) for child in self.children[1:])

    def step(self):
        story, child = self.random.choice(list(self.of)), self.random.choice(self.children)
        does = self.random.choices(
            [self.name, self.unname, self.share, self.withdraw, self.say_nobody, self.answer, self.risk, self.write],
            [4, 1, 6, 1, 1, 6, 1, 1],
        )[0]
        does(story, child)
        self.may = {
            each
            for each, of in self.of.items()
            if (of and all(map(self.consents, of))) or (not of and each in self.nobody & self.needs_none)
        }
        if does == self.share and story in self.may:
            self.shown.add(story)
        # what comes off stays off
        self.shown &= self.may

    def consents(self, pk):
        child = Child.objects.get(pk=pk)
        last = Consent.objects.filter(child=child, purpose=stories.QUOTED).order_by("-answered_on", "-id").first()
        return not child.is_at_risk and last is not None and last.answer == "given"

    def name(self, story, child):
        acts.name_child(story=story, child=child, by=self.cast.ruth)
        self.of[story].add(child.pk)
        if story in self.nobody:
            self.nobody.discard(story)
            self.shown.discard(story)

    def unname(self, story, child):
        acts.unname_child(story=story, child=child, by=self.cast.ruth)
        if child.pk in self.of[story]:
            self.shown.discard(story)
        self.of[story].discard(child.pk)

    def share(self, story, _child):
        with suppress(acts.NotShareableError):
            stories.share(story, by=self.cast.joanne)

    def withdraw(self, story, _child):
        acts.withdraw(story=story, by=self.cast.ruth)
        self.shown.discard(story)

    def write(self, story, _child):
        found, self.words = Story.objects.get(pk=story.pk), self.words + 1
        written = stories.of_adult if story in self.needs_none else stories.told
        told = written(words=f"In other words, {self.words}")
        acts.describe(story=found, told=told, seen=acts.version_of(found), by=self.cast.ruth)
        self.shown.discard(story)

    def say_nobody(self, story, _child):
        if not self.of[story]:
            acts.say_nobody(story=story, is_nobody=True, by=self.cast.ruth)
            self.nobody.add(story)

    def answer(self, _story, child):
        """An answer of any day, as a pile of old forms brings them: the newest counts, whenever it is written down."""
        day = timezone.localdate() - timedelta(days=self.random.choice([0, 0, 0, 1, 20]))
        self.said(child, self.random.choice([*Consent.Answer.values, "given", "given", "given"]), day).save()

    def said(self, child, answer, day):
        return Consent(
            programme_id=child.programme_id,
            child=child,
            purpose=stories.QUOTED,
            answer=answer,
            given_by="Their mother",
            answered_on=day,
            wording_version=wording_on(stories.QUOTED, day).version,
            recorded_by=self.cast.ruth,
        )

    def risk(self, _story, child):
        act = self.random.choice([at_risk.flag_at_risk, at_risk.clear_at_risk, at_risk.clear_at_risk])
        act(child=child, by=self.cast.ruth)


@pytest.mark.parametrize("part", range(2))
def test_after_every_act_of_any_history_shown_is_what_everybody_in_it_agreed_to(cast, part):
    ever = 0
    with scoped(cast.liverpool_scope):
        for seed in range(part, HISTORIES, 2):
            history = History(cast, seed)
            for number in range(ACTS):
                history.step()
                seen = set(SharedStory.objects.values_list("key", flat=True))
                assert seen == {story.key for story in history.shown}, (seed, number)
                ever += len(seen)
            states = dict(Story.objects.values_list("pk", "state"))
            assert {pk for pk, state in states.items() if state == "shared"} == {one.pk for one in history.shown}
            StoryChild.objects.all().delete()
            Story.objects.all().delete()
            Child.objects.filter(pk__in=[one.pk for one in history.children]).update(is_at_risk=False)
    assert ever > 100
