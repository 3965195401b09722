"""What a list must show of each child: may they be in a picture, may they stand on paper."""

import pytest

from inharmony.access.scope import scope_of, scoped
from participants.actions import at_risk, consent
from participants.models import Consent
from participants.queries.care import Care, PhotoBadge, care_of, photo_badge
from tests.factories.participants import answer

GIVEN, REFUSED, WITHDRAWN = Consent.Answer
INSIDE, PUBLIC = Consent.Purpose.PHOTO_INSIDE, Consent.Purpose.PHOTO_PUBLIC


@pytest.mark.parametrize(
    ("inside", "public", "badge"),
    [
        (GIVEN, GIVEN, ""),
        (GIVEN, REFUSED, "No public photos"),
        (GIVEN, WITHDRAWN, "No public photos"),
        (GIVEN, None, "No public photos"),
        (REFUSED, GIVEN, "No photos"),
        (REFUSED, REFUSED, "No photos"),
        (REFUSED, WITHDRAWN, "No photos"),
        (REFUSED, None, "No photos"),
        (WITHDRAWN, GIVEN, "No photos"),
        (WITHDRAWN, REFUSED, "No photos"),
        (WITHDRAWN, WITHDRAWN, "No photos"),
        (WITHDRAWN, None, "No photos"),
        (None, GIVEN, "No photo consent yet"),
        (None, REFUSED, "No photos"),
        (None, WITHDRAWN, "No photos"),
        (None, None, "No photo consent yet"),
    ],
)
def test_the_badge_of_every_pair_of_answers(inside, public, badge):
    assert photo_badge(inside, public) == badge


def badges(cast, who="ruth", **inside):
    user = getattr(cast, who)
    with scoped(scope_of(user)):
        care = care_of([child.pk for child in cast.children], user, **inside)
        return [care[child.pk].badge for child in cast.children]


def test_each_child_has_the_badge_of_its_own_standing_answers(cast):
    one, other, _ = cast.children
    with scoped(cast.liverpool_scope):
        for purpose in (INSIDE, PUBLIC):
            answer(one, purpose, GIVEN, by=cast.ruth)
        answer(other, PUBLIC, REFUSED, by=cast.ruth)
        answer(other, Consent.Purpose.SURVEY, GIVEN, by=cast.ruth)
    assert badges(cast) == ["", "No photos", "No photo consent yet"]


def test_a_consent_withdrawn_counts_at_the_next_look(cast):
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        for purpose in (INSIDE, PUBLIC):
            answer(child, purpose, GIVEN, by=cast.ruth)
    assert badges(cast)[0] == ""
    with scoped(cast.liverpool_scope):
        consent.withdraw_consent(child=child, purpose=INSIDE, given_by="Their mother", by=cast.ruth)
    assert badges(cast)[0] == "No photos"


def test_a_child_at_risk_is_in_no_picture_and_on_no_paper_whatever_was_answered(cast):
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        for purpose in (INSIDE, PUBLIC):
            answer(child, purpose, GIVEN, by=cast.ruth)
        at_risk.flag_at_risk(child=child, by=cast.ruth)
        care = care_of([one.pk for one in cast.children], cast.ruth)
    assert care[child.pk] == Care(PhotoBadge.NEVER, is_printed=False)
    assert [care[one.pk].is_printed for one in cast.children] == [False, True, True]
    assert care.off_paper == 1


@pytest.mark.parametrize("who", ["ruth", "joanne", "priya", "sam"])
def test_whoever_lists_a_child_is_told_of_a_refusal(cast, who):
    with scoped(cast.liverpool_scope):
        answer(cast.children[1], INSIDE, REFUSED, by=cast.ruth)
    assert badges(cast, who)[1] == "No photos"


def test_of_a_child_one_cannot_see_nothing_is_told_and_the_most_careful_holds(cast):
    foreign = cast.leeds_children[0]
    with scoped(cast.leeds_scope):
        for purpose in (INSIDE, PUBLIC):
            answer(foreign, purpose, GIVEN, by=cast.omar)
    with scoped(scope_of(cast.ruth)):
        care = care_of([foreign.pk], cast.ruth)
    assert (dict(care), care[foreign.pk]) == ({}, Care(PhotoBadge.NEVER, is_printed=False))


@pytest.mark.parametrize("size", [1, 3])
def test_one_statement_whatever_the_number_of_children(cast, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        for child in cast.children:
            answer(child, INSIDE, REFUSED, by=cast.ruth)
        assert cast.ruth.reach.programmes  # roles are read once a request
        with django_assert_num_queries(1):
            care_of([child.pk for child in cast.children[:size]], cast.ruth)


def test_nobody_asked_for_is_nobody(cast):
    with scoped(cast.liverpool_scope):
        assert dict(care_of([], cast.ruth)) == {}
