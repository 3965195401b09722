import csv

from programmes.record.schools import PARTNER_SCHOOLS
from tests.published import published


def test_partner_schools_are_those_the_published_lists_name():
    named = {}
    for name in ("in_harmony_schools_named_in_print.csv", "in_harmony_schools_named_in_print_2.csv"):
        with published(f"programme/{name}").open(encoding="utf-8-sig", newline="") as opened:
            named |= {int(row["URN"]): (row["EstablishmentName"], row["Postcode"]) for row in csv.DictReader(opened)}
    assert {school.urn: (school.name, school.postcode) for school in PARTNER_SCHOOLS} == named
