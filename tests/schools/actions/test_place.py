from schools.actions.place import place_schools
from schools.models import Postcode, School
from tests.factories.schools import school


def test_place_schools_counts_only_those_that_gain_something(db):
    Postcode.objects.create(code="L53LW", latitude=53.4, longitude=-2.9, small_area="E01006558")
    school("Saltwharf", urn=990201, postcode="L5 3LW")
    school("Kite Hill", urn=990202, postcode="L5 3LX")
    assert place_schools() == 1
    assert place_schools() == 0
    assert School.objects.get(urn=990202).latitude is None
