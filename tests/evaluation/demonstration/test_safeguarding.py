import re

from evaluation.demonstration.safeguarding import DRAMA, NOWHERE
from programmes.models import Partnership, SafeguardingContact

Kind = SafeguardingContact.Kind


def test_numbers_ring_nowhere_and_addresses_are_nobodys(filled):
    reserved = (*DRAMA.values(), NOWHERE)
    contacts = SafeguardingContact.objects.all()
    assert all(contact.phone.startswith(reserved) for contact in contacts)
    assert all(re.fullmatch(r"0\d{9,10}", contact.dial) for contact in contacts)
    assert all(contact.email.endswith(".example") for contact in contacts if contact.email)


def test_every_place_has_its_contact_but_one_school_of_leeds(filled):
    schools = set(Partnership.objects.filter(school__is_demonstration=True).values_list("school", flat=True))
    kept = set(SafeguardingContact.objects.filter(kind=Kind.SCHOOL).values_list("school", flat=True))
    (missing,) = schools - kept
    assert Partnership.objects.get(school=missing).programme.slug == "leeds"
    of_hubs = SafeguardingContact.objects.filter(kind=Kind.HUB).values_list("programme__slug", flat=True)
    assert sorted(of_hubs) == ["leeds", "liverpool"]
    assert SafeguardingContact.objects.filter(kind=Kind.LADO).count() >= 2
