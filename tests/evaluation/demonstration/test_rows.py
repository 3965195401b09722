from inharmony.access.scope import Scope, figures, scoped
from participants.models import Child, Consent, Enrolment, Identity, Placement
from participants.validators.identity import person_hash, unseal, upn_hash
from participants.validators.names import sort_key
from participants.wordings import wording
from programmes.models import Programme


def everywhere():
    return scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True))))


def test_children_are_written_as_enrolling_writes_them(filled):
    with everywhere():
        children = list(Child.objects.all())
    with scoped(figures()):
        identities = {one.child_id: one for one in Identity.objects.all()}
    assert len(children) == len(identities) == filled.children
    for child in children:
        assert child.sort_key == sort_key(child.surname, child.forename)
        assert child.upn_hash == upn_hash(unseal(child.upn_sealed)) == identities[child.pk].upn_hash
        assert identities[child.pk].person_hash == person_hash(child.forename, child.surname, child.date_of_birth)


def test_every_enrolment_has_a_placement_in_each_year_it_touches(filled):
    with everywhere():
        enrolments = Enrolment.objects.prefetch_related("placements")
        for enrolment in enrolments:
            years = sorted(placement.academic_year_id for placement in enrolment.placements.all())
            first = enrolment.starts_on.year if enrolment.starts_on.month >= 9 else enrolment.starts_on.year - 1
            assert years == list(range(first, years[-1] + 1))
        assert set(Placement.objects.values_list("year_group", flat=True)) == {"4", "5"}


def test_some_families_say_no(filled):
    with everywhere():
        assert set(Consent.objects.values_list("purpose", flat=True)) == set(Consent.Purpose.values)
        refused = Consent.objects.standing().filter(answer=Consent.Answer.REFUSED, purpose=Consent.Purpose.PHOTO_PUBLIC)
        assert refused.count() > 0


def test_flags_are_not_known_for_some(filled):
    with everywhere():
        assert Child.objects.filter(is_pupil_premium__isnull=True).exists()
        assert Child.objects.filter(is_pupil_premium=True).exists()
        assert not Child.objects.filter(is_fsm=True, is_pupil_premium=False).exists()


def test_a_few_children_are_at_risk_and_their_enrolments_say_so_too(filled):
    with everywhere():
        flagged = set(Child.objects.filter(is_at_risk=True).values_list("pk", flat=True))
        assert 0 < len(flagged) < filled.children / 20
        assert set(Enrolment.objects.filter(is_at_risk=True).values_list("child", flat=True)) == flagged


def test_each_answer_names_words_that_were_asked(filled):
    with everywhere():
        for answer in Consent.objects.all():
            assert wording(Consent.Purpose(answer.purpose), answer.wording_version)
