from schools.actions.authority import AuthorityFacts, keep_authorities
from schools.actions.staging import Kept
from schools.models import LocalAuthority


def test_keep_authorities_corrects_a_name_and_keeps_a_region_once_known(db):
    LocalAuthority.objects.create(code="341", name="L'pool", region="North West")
    assert keep_authorities(facts=[AuthorityFacts("341", "Liverpool")], by=None) == Kept(changed=1)
    assert LocalAuthority.objects.values_list().get() == ("341", "Liverpool", "North West")


def test_keep_authorities_takes_one_that_is_named_by_many_schools_once(db):
    assert keep_authorities(facts=[AuthorityFacts("383", "Leeds")] * 3, by=None) == Kept(new=1)
