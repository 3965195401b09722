"""What the demonstration's children play fits what their ensembles teach and when they were there."""

from django.db.models import Count

from inharmony.access.scope import Scope, scoped
from participants.models import Enrolment, Playing
from programmes.models import Ensemble, Programme


def test_children_play_what_their_ensemble_teaches_while_they_are_enrolled(filled):
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        rows = list(Playing.objects.select_related("ensemble"))
        stays = {}
        for child, starts, ends in Enrolment.objects.values_list("child_id", "starts_on", "ends_on"):
            stays.setdefault(child, []).append((starts, ends))
        assert len(rows) > 50
        assert all(row.instrument in row.ensemble.instruments for row in rows)
        outside = [
            row
            for row in rows
            if not any(
                starts <= row.starts_on and (ends is None or (row.ends_on is not None and row.ends_on <= ends))
                for starts, ends in stays[row.child_id]
            )
        ]
        assert outside == []
        # there is something to count, and some have changed
        assert Playing.objects.filter(ends_on=None).values("instrument").distinct().count() > 4
        assert Playing.objects.values("child").annotate(many=Count("pk")).filter(many__gt=1).exists()
        assert not Ensemble.objects.filter(instruments=[]).exists()
