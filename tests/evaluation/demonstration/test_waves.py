"""Each invented hub has asked its children twice last year, and asks them now."""

from collections import defaultdict

from inharmony.access.scope import Scope, figures, scoped
from outcomes.measures.shipped import NEWEST
from outcomes.models import Response, Sheet, Slip, Wave
from outcomes.queries.consent import consenting
from programmes.models import Programme


def test_two_waves_are_closed_without_a_name_and_one_is_open(filled):
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        closed, opened = Wave.objects.filter(closed_at__isnull=False), Wave.objects.filter(closed_at__isnull=True)
        hubs = set(opened.values_list("programme", flat=True))
        assert len(hubs) == 2
        assert set(closed.values_list("programme", "moment")) == {
            (hub, moment) for hub in hubs for moment in ("before", "after")
        }
        assert not closed.filter(names_off_at__isnull=True).exists()
        assert set(Slip.objects.values_list("wave", flat=True)) == set(opened.values_list("pk", flat=True))
        named = set(Slip.objects.values_list("child", flat=True))
        assert consenting(named) == named
        assert 0 < Response.objects.count() < Slip.objects.count()


def test_children_answered_both_times_and_what_they_said_can_be_laid_together(filled):
    times = defaultdict(set)
    with scoped(figures()):
        for sheet in Sheet.objects.select_related("wave"):
            times[sheet.respondent].add(sheet.wave.moment)
            assert set(sheet.answers) == {item.key for item in NEWEST["music"].items}
            assert set(sheet.answers.values()) <= {None, 1, 2, 3, 4}
            assert sheet.hours is not None
    assert sum(moments == {"before", "after"} for moments in times.values()) > 5
