"""A kind that leaves something unsaid fails when it is imported."""

from dataclasses import replace

import pytest
from django.template.loader import get_template

from programmes.kinds import KIND_OF, KINDS, SHELVES, Group, IncompleteKindError
from programmes.kinds.kind import Asked
from programmes.models.entry import Entry, Kept

MILESTONE = KINDS["milestone"]


def without(name):
    return tuple(
        replace(group, fields=tuple(one for one in group.fields if one.name != name)) for group in MILESTONE.groups
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"noun": ""}, "has no noun"),
        ({"preview": ""}, "has no preview"),
        ({"search": ()}, "has no search"),
        ({"groups": ()}, "has no groups"),
        ({"groups": without("words")}, "says nothing of words"),
        ({"groups": without("source")}, "does not ask for its source"),
        ({"groups": without("happened_on")}, "says nothing of happened_on, precision"),
        ({"groups": (*MILESTONE.groups, Group("More", (Asked("colour", "Colour"),)))}, "asks for colour"),
        ({"groups": (*without("until"), Group("More", (Asked("until", ""),)))}, "until has no label"),
        ({"groups": (*without("title"), Group("More", (Asked("title", "Title"),)))}, "title cannot be empty"),
        ({"groups": (*MILESTONE.groups, Group("More", (Asked("why", "Why"),)))}, "calls a field why"),
    ],
)
def test_what_is_missing_is_named(change, words):
    with pytest.raises(IncompleteKindError, match=words):
        replace(MILESTONE, **change)


def test_every_model_of_the_record_has_its_kind():
    kept = {model for base in (Kept, Entry) for model in base.__subclasses__() if not model._meta.abstract}
    assert set(KIND_OF) == kept
    assert len(KINDS) == sum(len(shelf) for _, shelf in SHELVES)


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_has_a_preview_and_words_that_read(key):
    kind = KINDS[key]
    get_template(f"programmes/entry/preview/{kind.preview}.html")
    assert kind.about.endswith(".")
    assert all(label[0].isupper() for label in (one.label for one in kind.asked.values()))
    assert {one.name for one in kind.asked.values() if one.precision} <= set(kind.names)
