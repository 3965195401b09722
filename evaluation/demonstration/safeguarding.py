"""Invented people to call about a child, with numbers that Ofcom keeps for drama and that ring nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from evaluation.demonstration.names import staff_name
from evaluation.demonstration.schools import DemoSchool
from programmes.models import Place, Programme, SafeguardingContact
from schools.actions.staging import write_many

Kind = SafeguardingContact.Kind
NOWHERE = "01632 960"
DRAMA = {
    "liverpool": "0151 496 0",
    "leeds": "0113 496 0",
    "lambeth": "020 7946 0",
    "newcastle-gateshead": "0191 498 0",
    "nottingham": "0115 496 0",
}
FIRST_NAME = 150  # behind those who have an account or teach
Whom = tuple[SafeguardingContact.Kind, int | None, str | None, str, str]


def write_contacts(
    programmes: Mapping[str, Programme], schools: Sequence[DemoSchool], since: Mapping[str, date]
) -> int:
    """Writes a contact for each school but the last of Leeds, each hub and each authority; returns how many."""
    rows = list[tuple[object, ...]]()
    for slug, programme in programmes.items():
        for kind, school, authority, role, email in _wanted(slug, programme, schools):
            number = len(rows)
            phone = f"{DRAMA.get(slug, NOWHERE)}{100 + number:03d}"
            name = staff_name(FIRST_NAME + number)
            rows.append((programme.pk, kind, school, authority, name, role, phone, email, since[slug]))
    fields = ["programme", "kind", "school", "local_authority", "name", "role", "phone", "email", "starts_on"]
    return write_many(SafeguardingContact, fields, rows)


def _wanted(slug: str, programme: Programme, schools: Sequence[DemoSchool]) -> Iterator[Whom]:
    own = [school for school in schools if school.programme == slug]
    # a page that never says what is missing would never be tried
    for school in own[:-1] if slug == "leeds" else own:
        yield Kind.SCHOOL, school.urn, None, "Deputy head", f"safeguarding@{school.stem.lower()}.example"
    yield Kind.HUB, None, None, "Head of learning", f"safeguarding@{slug}.example"
    served = Place.objects.filter(programme=programme).values_list("local_authority", flat=True)
    for code in sorted({*served, *(school.authority for school in own)}):
        yield Kind.CHILDREN, None, code, "Duty team", ""
        yield Kind.LADO, None, code, "Duty officer", ""
