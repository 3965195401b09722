"""The summer of the year that is over is signed in each hub that has a manager, of one the whole year; the rest waits."""

from evaluation.models import SignedFigures, SignOff
from inharmony.access.scope import scoped
from tests.evaluation.demonstration.test_list_checks import everything


def test_the_year_that_is_over_is_signed_term_by_term(filled):
    signed = SignOff.objects.select_related("programme", "signed_by", "academic_year")
    assert {
        (one.programme.slug, str(one.academic_year), one.term, one.number, one.signed_by.email) for one in signed
    } == {
        (slug, "2025-26", term, 1, f"manager@{slug}.example")
        for slug, terms in {"leeds": ["summer"], "liverpool": ["autumn", "spring", "summer"]}.items()
        for term in terms
    }
    assert all(0 < one.registers_taken <= one.registers_due for one in signed)
    with scoped(everything()):
        assert {figures.programme_id for figures in SignedFigures.objects.all()} == {one.programme_id for one in signed}
