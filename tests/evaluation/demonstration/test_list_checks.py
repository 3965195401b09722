from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from participants.models import ListCheck, ListProposal
from participants.queries.list_by_link import in_words
from programmes.models import Programme


def everything():
    return Scope(frozenset(Programme.objects.values_list("pk", flat=True)))


def test_one_school_waits_and_one_has_answered_with_two_corrections(invented):
    with invented(today=timezone.localdate()), scoped(everything()):
        checks = list(ListCheck.objects.order_by("pk").prefetch_related("answers"))
        assert [(check.school.name.split()[0], check.email, len(check.answers.all())) for check in checks] == [
            ("Faith", "school@faith.example", 0),
            ("Saltwharf", "office@saltwharf.example", 1),
        ]
        told = list(ListProposal.objects.order_by("pk"))
        assert [(each.kind, each.state) for each in told] == [("name", "open"), ("class", "open")]
        assert [in_words(each.kind, each.proposed) != in_words(each.kind, each.before) for each in told] == [True, True]


def test_filled_as_of_another_day_nobody_is_asked(filled):
    with scoped(everything()):
        assert ListCheck.objects.count() == 0
