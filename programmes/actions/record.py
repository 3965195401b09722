"""Brings the programme's public record into the database, as often as one likes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import models, transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
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

Values = dict[str, Any]


@transaction.atomic
def load_record(*, by: User | None) -> dict[str, Kept]:
    """
    Adds what the record says and is missing, and corrects what says otherwise; deletes nothing.

    Schools, local authorities and partnerships that are there already are left as they are: the register of schools and
    the hubs know them better. So is dated history that somebody entered for the same time. Returns what became of the
    rows of each noun.
    """
    outcome = _load_programmes() | _load_organisations() | _load_partner_schools()
    if any(kept.new or kept.changed for kept in outcome.values()):
        counts = {noun: asdict(kept) for noun, kept in outcome.items() if kept.new or kept.changed}
        audit(act="record.loaded", by=by, details=counts)
    return outcome


def _load_programmes() -> dict[str, Kept]:
    regions = {place.authority: place.region for programme in PROGRAMMES for place in programme.places}
    authorities: list[Values] = [
        {"code": code, "name": name, "region": regions.get(code, "")} for code, name in AUTHORITIES.items()
    ]
    kept = {"local authorities": _add_missing(LocalAuthority, authorities)}
    kept["programmes"] = _keep(Programme, ["slug"], [_without(one, "statuses", "places") for one in PROGRAMMES])
    ids = _programme_ids()
    kept["statuses"] = _keep(
        ProgrammeStatus,
        ["programme_id", "starts_on"],
        [{"programme_id": ids[one.slug], **asdict(status)} for one in PROGRAMMES for status in one.statuses],
    )
    kept["places"] = _keep(
        Place,
        ["programme_id", "local_authority_id", "starts_on"],
        [
            {
                "programme_id": ids[one.slug],
                "local_authority_id": place.authority,
                **_without(place, "authority", "region"),
            }
            for one in PROGRAMMES
            for place in one.places
        ],
    )
    return kept


def _load_organisations() -> dict[str, Kept]:
    rows = [_without(one, "roles", "former_names") for one in ORGANISATIONS]
    kept = {"organisations": _keep(Organisation, ["slug"], rows)}
    programmes, organisations = _programme_ids(), dict(Organisation.objects.values_list("slug", "id"))
    kept["former names"] = _keep(
        OrganisationName,
        ["organisation_id", "name"],
        [
            {"organisation_id": organisations[one.slug], **asdict(name)}
            for one in ORGANISATIONS
            for name in one.former_names
        ],
    )
    kept["roles"] = _keep(
        OrganisationRole,
        ["organisation_id", "programme_id", "kind", "starts_on"],
        [
            {
                "organisation_id": organisations[one.slug],
                "programme_id": programmes[role.programme],
                **_without(role, "programme"),
            }
            for one in ORGANISATIONS
            for role in one.roles
        ],
    )
    return kept


def _load_partner_schools() -> dict[str, Kept]:
    schools: list[Values] = [
        {"urn": one.urn, "name": one.name, "local_authority_id": one.authority, "postcode": one.postcode}
        for one in PARTNER_SCHOOLS
    ]
    kept = {"schools": _add_missing(School, schools)}
    ids = _programme_ids()
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
    kept["partnerships"] = _add_missing(Partnership, partnerships, key=["programme_id", "school_id"])
    return kept


def _programme_ids() -> dict[str, int]:
    return dict(Programme.objects.values_list("slug", "id"))


def _without(facts: Any, *names: str) -> Values:
    return {name: value for name, value in asdict(facts).items() if name not in names}


def _add_missing(model: type[models.Model], rows: Sequence[Values], key: Sequence[str] = ()) -> Kept:
    """Adds the rows whose key (the primary key unless told) is not there."""
    assert model._meta.pk is not None
    names = list(key) or [model._meta.pk.attname]
    there = set(model._default_manager.values_list(*names))
    missing = [row for row in rows if tuple(row[name] for name in names) not in there]
    model._default_manager.bulk_create([model(**row) for row in missing])
    return Kept(new=len(missing), unchanged=len(rows) - len(missing))


def _keep(model: type[models.Model], key: Sequence[str], rows: Iterable[Values]) -> Kept:
    """Adds the rows whose key and time are not there and corrects those that say something else."""
    there = {tuple(getattr(one, name) for name in key): one for one in model._default_manager.all()}
    new, changed, unchanged = list[models.Model](), list[models.Model](), 0
    fields: set[str] = set()
    for row in rows:
        known = there.get(tuple(row[name] for name in key))
        if known is None:
            if any(_same_time(row, other, key) for other in there.values()):
                unchanged += 1
            else:
                new.append(model(**row))
            continue
        differing = {name for name, value in row.items() if getattr(known, name) != value}
        for name in differing:
            setattr(known, name, row[name])
        fields |= differing
        if differing:
            changed.append(known)
        unchanged += not differing
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, sorted(fields))
    return Kept(len(new), len(changed), unchanged)


def _same_time(row: Values, other: models.Model, key: Sequence[str]) -> bool:
    """Returns whether a dated row is of the same thing as one that is there and shares a day with it."""
    if "ends_on" not in row or any(getattr(other, name) != row[name] for name in key if name != "starts_on"):
        return False
    starts_on, ends_on = (getattr(other, name) or date.max for name in ("starts_on", "ends_on"))
    return bool(starts_on <= (row["ends_on"] or date.max) and row["starts_on"] <= ends_on)
