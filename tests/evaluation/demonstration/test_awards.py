"""Invented awards are such as the acts would have recorded: a result follows its mark, a child was there."""

from evaluation.demonstration.awards import TAKEN
from inharmony.access.scope import Scope, scoped
from outcomes.awards.boards import BY_KEY
from outcomes.models import Award
from participants.models import Enrolment
from programmes.models import Programme
from tests.evaluation.demonstration.conftest import TODAY


def test_every_award_is_declared_and_its_result_is_what_the_mark_makes(filled):
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        rows = list(Award.objects.select_related("recorded_by"))
        assert len(rows) > 5
        for award in rows:
            marks = award.kind.syllabus.marks
            assert (award.mark is None) == (marks is None)
            assert award.result == (marks.result(award.mark) if marks else award.result)
            assert award.result in award.kind.results
            assert award.taken_on <= TODAY
            assert award.recorded_by_id is not None
        stays = {}
        for child, starts, ends in Enrolment.objects.values_list("child_id", "starts_on", "ends_on"):
            stays.setdefault(child, []).append((starts, ends))
        assert all(
            any(
                starts <= award.taken_on and (ends is None or award.taken_on <= ends)
                for starts, ends in stays[award.child_id]
            )
            for award in rows
        )


def test_what_is_taken_is_declared():
    assert {key for awards in TAKEN.values() for key, _, _ in awards} <= set(BY_KEY)
