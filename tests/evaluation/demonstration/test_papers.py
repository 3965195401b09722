from evaluation.actions.words import too_long
from evaluation.demonstration.papers import NOTE, WORDS
from evaluation.models import HubWords
from evaluation.returns.shipped import of_year
from inharmony.access.scope import Scope, scoped
from programmes.models import FundingAgreement, FundingMilestone, Programme


def test_one_hub_has_words_of_the_year_that_is_over_within_their_limits(filled):
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        rows = list(HubWords.objects.select_related("programme", "written_by"))
    assert {row.programme.slug for row in rows} == {"liverpool"}
    assert {row.academic_year_id for row in rows} == {2025}
    assert len(rows) == sum(len(told) for told in WORDS.values()) + 1
    for row in rows:
        question = of_year(row.paper, 2025).written()[row.question]
        assert not too_long(row.words, question.answer.limit)
        assert row.words.endswith(NOTE)
        assert row.written_by.email == "manager@liverpool.example"


def test_it_has_a_grant_of_a_funder_that_is_none_never_public(filled):
    agreement = FundingAgreement.objects.get(is_public=False)
    assert (agreement.programme.slug, agreement.funder.name) == ("liverpool", "Demonstration Trust")
    assert NOTE in agreement.source
    assert {row.note for row in FundingMilestone.objects.all()} == {NOTE}
    assert {row.met_on is None for row in FundingMilestone.objects.all()} == {True, False}
