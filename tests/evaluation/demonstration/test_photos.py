"""The demonstration's photos are drawn, say so, and those that are public name invented children who may be shown."""

from inharmony.access.scope import Scope, scoped
from participants.models import Photo
from participants.queries.photo import children_on
from programmes.models import Programme, PublicPhoto


def test_public_ones_name_children_who_may_be_shown_and_one_waits_for_a_refusal(filled):
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        photos = list(Photo.objects.select_related("uploaded_by", "programme"))
        assert sorted(photo.programme.slug for photo in photos) == ["leeds"] * 3 + ["liverpool"] * 3
        assert PublicPhoto.objects.count() == 4
        for photo in photos:
            named = children_on(photo, photo.uploaded_by)
            assert named
            assert photo.is_public == (not any(each.is_blocking for each in named))
            assert photo.alternative.startswith("Drawing:")
            assert photo.credit == "drawn for the demonstration"
