"""Whatever happens in whatever order: public are the photos somebody published and whose every child may be shown since."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import at_risk
from participants.actions import photo as acts
from participants.models import Child, Consent, Photo, PhotoChild
from participants.queries.care import PhotoBadge, care_of
from participants.wordings import wording_on
from programmes.models import PublicPhoto
from tests.factories import photos

HISTORIES, ACTS = 200, 14


class History:
    """Photos, children and answers at random, and what a person would say is public."""

    def __init__(self, cast, seed):
        self.cast, self.random = cast, Random(seed)
        self.children = [*cast.children, *cast.others]
        self.on = {self.photo(): set() for _ in range(2)}
        self.nobody, self.public = set(), set()
        # most families have said yes when it begins
        Consent.objects.bulk_create(
            self.said(child, purpose, "given", timezone.localdate())
            for child in self.children[1:]
            for purpose in (photos.INSIDE, photos.PUBLIC)
        )

    def photo(self):
        return photos.photo(self.cast.liverpool, by=self.cast.ruth)

    def step(self):
        photo, child = self.random.choice(list(self.on)), self.random.choice(self.children)
        does = self.random.choices(
            [self.name, self.unname, self.publish, self.withdraw, self.say_nobody, self.answer, self.risk],
            [4, 1, 6, 1, 1, 6, 1],
        )[0]
        does(photo, child)
        badges = care_of([one.pk for one in self.children], self.cast.ruth)
        self.may = {
            each
            for each, on in self.on.items()
            if (on and all(badges[one].badge is PhotoBadge.NONE for one in on)) or (not on and each in self.nobody)
        }
        if does == self.publish and photo in self.may:
            self.public.add(photo)
        # what comes off stays off
        self.public &= self.may

    def name(self, photo, child):
        acts.name_child(photo=photo, child=child, by=self.cast.ruth)
        self.on[photo].add(child.pk)
        if photo in self.nobody:
            self.nobody.discard(photo)
            self.public.discard(photo)

    def unname(self, photo, child):
        acts.unname_child(photo=photo, child=child, by=self.cast.ruth)
        self.on[photo].discard(child.pk)

    def publish(self, photo, _child):
        with suppress(acts.NotPublishableError):
            acts.publish(photo=photo, by=self.cast.joanne)

    def withdraw(self, photo, _child):
        acts.withdraw(photo=photo, by=self.cast.ruth)
        self.public.discard(photo)

    def say_nobody(self, photo, _child):
        if not self.on[photo]:
            acts.say_nobody(photo=photo, is_nobody=True, by=self.cast.ruth)
            self.nobody.add(photo)

    def answer(self, _photo, child):
        """An answer of any day, as a pile of old forms brings them: the newest counts, whenever it is written down."""
        day = timezone.localdate() - timedelta(days=self.random.choice([0, 0, 0, 1, 400]))
        purpose = self.random.choice([photos.INSIDE, photos.PUBLIC])
        self.said(child, purpose, self.random.choice([*Consent.Answer.values, "given", "given", "given"]), day).save()

    def said(self, child, purpose, answer, day):
        return Consent(
            programme_id=child.programme_id,
            child=child,
            purpose=purpose,
            answer=answer,
            given_by="Their mother",
            answered_on=day,
            wording_version=wording_on(purpose, day).version,
            recorded_by=self.cast.ruth,
        )

    def risk(self, _photo, child):
        act = self.random.choice([at_risk.flag_at_risk, at_risk.clear_at_risk, at_risk.clear_at_risk])
        act(child=child, by=self.cast.ruth)


@pytest.mark.parametrize("part", range(4))
def test_after_every_act_of_any_history_public_is_what_everybody_on_it_agreed_to(cast, part):
    ever = 0
    with scoped(cast.liverpool_scope):
        for seed in range(part, HISTORIES, 4):
            history = History(cast, seed)
            for number in range(ACTS):
                history.step()
                seen = set(PublicPhoto.objects.values_list("key", flat=True))
                assert seen == {photo.key for photo in history.public}, (seed, number)
                ever += len(seen)
            states = dict(Photo.objects.values_list("pk", "state"))
            assert {pk for pk, state in states.items() if state == "public"} == {one.pk for one in history.public}
            PhotoChild.objects.all().delete()
            Photo.objects.all().delete()
            Child.objects.filter(pk__in=[one.pk for one in history.children]).update(is_at_risk=False)
    assert ever > 100
