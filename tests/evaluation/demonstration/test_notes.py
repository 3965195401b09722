from inharmony.access.scope import Scope, scoped
from participants.models import AccessNote, Enrolment
from programmes.models import Programme
from tests.evaluation.demonstration.conftest import TODAY


def test_three_children_of_each_hub_have_a_note_and_are_there(filled):
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        notes = AccessNote.objects.standing()
        assert sorted(notes.values_list("programme__slug", flat=True)) == ["leeds"] * 3 + ["liverpool"] * 3
        there = Enrolment.objects.on(TODAY).filter(child__in=notes.values("child"))
        assert there.count() == 6
