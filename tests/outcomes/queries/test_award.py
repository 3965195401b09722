from datetime import timedelta

from inharmony.access.scope import scoped
from outcomes.actions.award import Taken, withdraw_award
from outcomes.awards.boards import BY_KEY
from outcomes.queries.award import awards_by_child, children_of, groups_of
from tests.outcomes.actions.test_award import GRADE_3, MEDAL, TODAY, record


def keys(groups):
    return {label: [key for key, _ in choices] for label, choices in groups}


def test_groups_are_the_ensembles_and_school_classes_of_the_hub_one_sees(cast, django_assert_num_queries):
    with scoped(cast.both):
        assert cast.ruth.reach.whole_programmes
        with django_assert_num_queries(2):
            found = groups_of(cast.ruth, cast.liverpool, TODAY)
        assert keys(found) == {
            "Ensembles": [f"ensemble-{cast.strings.pk}", f"ensemble-{cast.brass.pk}"],
            "School classes": [f"class-{cast.marigold.pk}-4B", f"class-{cast.saltwharf.pk}-4B"],
        }
        assert ("4B, Saltwharf Primary") in [name for _, name in found[1][1]]
        assert keys(groups_of(cast.omar, cast.liverpool, TODAY)) == {"Ensembles": [], "School classes": []}


def test_the_children_of_a_group_are_those_of_the_hub_in_name_order(cast):
    with scoped(cast.both):
        of_class = children_of(cast.ruth, cast.liverpool, f"class-{cast.saltwharf.pk}-4B", TODAY)
        assert of_class == cast.children
        assert children_of(cast.ruth, cast.liverpool, f"ensemble-{cast.brass.pk}", TODAY) == cast.others
        # of another hub nobody, whatever the key says
        assert children_of(cast.ruth, cast.liverpool, f"ensemble-{cast.leeds_strings.pk}", TODAY) == []
        assert children_of(cast.ruth, cast.liverpool, f"class-{cast.kirkfold.pk}-4B", TODAY) == []
        assert children_of(cast.omar, cast.liverpool, f"class-{cast.saltwharf.pk}-4B", TODAY) == []


def test_what_stands_of_the_same_syllabus_comes_the_latest_first(cast, django_assert_num_queries):
    amara = cast.children[0]
    with scoped(cast.liverpool_scope):
        record(cast, {amara: Taken(mark=120)}, on=TODAY - timedelta(days=300), kind=BY_KEY["abrsm.practical.2"])
        record(cast, {amara: Taken(mark=121)})
        (gone,) = record(cast, {amara: Taken(mark=122, instrument="viola")})
        withdraw_award(award=gone, by=cast.ruth)
        record(cast, {amara: Taken(result=MEDAL.results[0])}, kind=MEDAL)
        assert cast.ruth.reach.whole_programmes
        with django_assert_num_queries(1):
            found = awards_by_child(cast.ruth, [child.pk for child in cast.children], GRADE_3)
        assert [award.mark for award in found[amara.pk]] == [121, 120]
        assert found[cast.children[1].pk] == []
