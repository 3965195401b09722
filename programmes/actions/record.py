"""Brings the programme's public record into the database, as often as one likes."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from programmes.actions.keeping import Values, add_missing, keep
from programmes.actions.record_entries import load_entries
from programmes.models import (
    Organisation,
    OrganisationName,
    OrganisationRole,
    Partnership,
    Place,
    Programme,
    ProgrammeStatus,
)
from programmes.record.organisations import ORGANISATIONS
from programmes.record.programmes import AUTHORITIES, PROGRAMMES
from programmes.record.schools import PARTNER_SCHOOLS
from schools.actions.staging import Kept
from schools.models import LocalAuthority, School


@transaction.atomic
def load_record(*, by: User | None) -> dict[str, Kept]:
    """
    Adds what the record says and is missing, and corrects what says otherwise; deletes nothing.

    What a person changed or withdrew is left as they left it. Schools, local authorities and partnerships that are
    there already are left as they are: the register of schools and the hubs know them better. So is dated history
    that somebody entered for the same time. Returns what became of the rows of each noun.
    """
    outcome = _load_programmes() | _load_organisations() | _load_partner_schools() | load_entries()
    if any(kept.new or kept.changed for kept in outcome.values()):
        counts = {noun: asdict(kept) for noun, kept in outcome.items() if kept.new or kept.changed}
        audit(act="record.loaded", by=by, details=counts)
        publish()
    return outcome


def _load_programmes() -> dict[str, Kept]:
    regions = {place.authority: place.region for programme in PROGRAMMES for place in programme.places}
    authorities: list[Values] = [
        {"code": code, "name": name, "region": regions.get(code, "")} for code, name in AUTHORITIES.items()
    ]
    kept = {"local authorities": add_missing(LocalAuthority, authorities)}
    rows = [{"key": one.slug, **_without(one, "statuses", "places")} for one in PROGRAMMES]
    kept["programmes"] = keep(Programme, rows, ["slug"])
    ids = dict(Programme.objects.values_list("slug", "id"))
    kept["statuses"] = keep(
        ProgrammeStatus,
        _named(
            {"programme_id": ids[one.slug], "key": f"{one.slug}-{status.status}", **asdict(status)}
            for one in PROGRAMMES
            for status in one.statuses
        ),
        ["programme_id", "starts_on"],
    )
    kept["places"] = keep(
        Place,
        _named(
            {
                "key": f"{one.slug}-{place.authority}",
                "programme_id": ids[one.slug],
                "local_authority_id": place.authority,
                **_without(place, "authority", "region"),
            }
            for one in PROGRAMMES
            for place in one.places
        ),
        ["programme_id", "local_authority_id", "starts_on"],
    )
    return kept


def _load_organisations() -> dict[str, Kept]:
    rows = [{"key": one.slug, "source": one.source, **_without(one, "roles", "former_names")} for one in ORGANISATIONS]
    kept = {"organisations": keep(Organisation, rows, ["slug"])}
    programmes = dict(Programme.objects.values_list("slug", "id"))
    organisations = dict(Organisation.objects.values_list("slug", "id"))
    kept["former names"] = keep(
        OrganisationName,
        _named(
            {"key": f"{one.slug}-once", "organisation_id": organisations[one.slug], **asdict(name)}
            for one in ORGANISATIONS
            for name in one.former_names
        ),
        ["organisation_id", "name"],
    )
    kept["roles"] = keep(
        OrganisationRole,
        _named(
            {
                "key": f"{one.slug}-{role.programme}-{role.kind}",
                "organisation_id": organisations[one.slug],
                "programme_id": programmes[role.programme],
                **_without(role, "programme"),
            }
            for one in ORGANISATIONS
            for role in one.roles
        ),
        ["organisation_id", "programme_id", "kind", "starts_on"],
    )
    return kept


def _load_partner_schools() -> dict[str, Kept]:
    schools: list[Values] = [
        {"urn": one.urn, "name": one.name, "local_authority_id": one.authority, "postcode": one.postcode}
        for one in PARTNER_SCHOOLS
    ]
    kept = {"schools": add_missing(School, schools)}
    ids = dict(Programme.objects.values_list("slug", "id"))
    partnerships: list[Values] = [
        {
            "programme_id": ids[one.programme],
            "school_id": one.urn,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "source": one.source,
        }
        for one in PARTNER_SCHOOLS
    ]
    kept["partnerships"] = add_missing(Partnership, partnerships, key=["programme_id", "school_id"])
    return kept


def _without(facts: Any, *names: str) -> Values:
    return {name: value for name, value in asdict(facts).items() if name not in names}


def _named(rows: Iterable[Values]) -> list[Values]:
    """Returns the rows with keys of their own: the second of the same name is its name and "-2"."""
    named, times = list[Values](), dict[str, int]()
    for row in rows:
        times[row["key"]] = time = times.get(row["key"], 0) + 1
        named.append(row | {"key": row["key"] if time == 1 else f"{row['key']}-{time}"})
    return named
