from schools.actions.school import NumberTaken, SchoolFacts, keep_schools
from schools.actions.staging import Kept
from schools.models import LocalAuthority, School

GIVEN = frozenset({"urn", "name", "local_authority", "establishment_number"})


def keep(*facts, given=GIVEN):
    LocalAuthority.objects.get_or_create(code="341", defaults={"name": "Liverpool"})
    return keep_schools(facts=facts, given=given, small_areas={}, by=None)


def test_keep_schools_leaves_out_a_school_whose_number_another_holds(db):
    keep(SchoolFacts(110001, "Saltwharf", "341", 2001))
    kept, taken = keep(SchoolFacts(110002, "Marigold", "341", 2001), SchoolFacts(110003, "Kite Hill", "341", 2003))
    assert kept == Kept(new=1)
    assert taken == [NumberTaken(110002, "3412001", 110001)]


def test_keep_schools_lets_two_schools_swap_their_numbers(db):
    keep(SchoolFacts(110001, "Saltwharf", "341", 2001), SchoolFacts(110002, "Marigold", "341", 2002))
    kept, taken = keep(SchoolFacts(110001, "Saltwharf", "341", 2002), SchoolFacts(110002, "Marigold", "341", 2001))
    assert (kept, taken) == (Kept(changed=2), [])
    assert School.objects.get(urn=110001).laestab == "3412002"


def test_keep_schools_leaves_demonstration_schools_alone(db):
    LocalAuthority.objects.create(code="383", name="Leeds")
    School.objects.create(urn=990101, name="Invented", local_authority_id="383", is_demonstration=True)
    keep(SchoolFacts(110001, "Saltwharf", "341", 2001))
    assert School.objects.get(urn=990101).is_demonstration
    assert not School.objects.get(urn=110001).is_demonstration
