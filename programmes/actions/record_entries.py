"""Brings the entries of the public record into the database: milestones, money, studies, figures and the others."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from programmes.actions.keeping import Values, keep
from programmes.models import (
    Account,
    Collaboration,
    Film,
    Finding,
    FundingAgreement,
    Mention,
    Milestone,
    Office,
    Organisation,
    Programme,
    PublishedFigure,
    Study,
)
from programmes.record.collaborations import COLLABORATIONS
from programmes.record.figures import FIGURES
from programmes.record.films import FILMS
from programmes.record.funding import AGREEMENTS
from programmes.record.mentions import MENTIONS
from programmes.record.milestones import MILESTONES
from programmes.record.offices import OFFICES
from programmes.record.studies import STUDIES
from schools.actions.staging import Kept


def load_entries() -> dict[str, Kept]:
    """Adds the entries that are not there and corrects those that came with the portal; returns what became of each."""
    programmes = dict(Programme.objects.values_list("slug", "id"))
    organisations = dict(Organisation.objects.values_list("slug", "id"))
    kept = {
        "milestones": keep(Milestone, _rows(MILESTONES, programmes, "accounts")),
        "offices": keep(Office, _rows(OFFICES, programmes)),
        "studies": keep(Study, _rows(STUDIES, programmes, "findings")),
        "published figures": keep(PublishedFigure, _rows(FIGURES, programmes)),
        "mentions": keep(Mention, _rows(MENTIONS, programmes)),
        "films": keep(Film, _rows(FILMS, programmes)),
    }
    agreements = _rows(AGREEMENTS, programmes)
    for row in agreements:
        row["funder_id"] = organisations[row.pop("funder")]
    kept["funding agreements"] = keep(FundingAgreement, agreements)
    milestones = dict(Milestone.objects.values_list("key", "id"))
    kept["accounts"] = keep(
        Account,
        [{"milestone_id": milestones[one.key], **asdict(account)} for one in MILESTONES for account in one.accounts],
    )
    studies = dict(Study.objects.values_list("key", "id"))
    kept["findings"] = keep(
        Finding, [{"study_id": studies[one.key], **asdict(found)} for one in STUDIES for found in one.findings]
    )
    return kept | _load_collaborations(programmes)


def _load_collaborations(programmes: dict[str, int]) -> dict[str, Kept]:
    kept = keep(Collaboration, [_fields(one, "programmes") for one in COLLABORATIONS])
    named = {one.key: {programmes[slug] for slug in one.programmes} for one in COLLABORATIONS}
    through = Collaboration.programmes.through
    missing = list[Any]()
    for one in Collaboration.objects.filter(key__in=named, is_by_hand=False).prefetch_related("programmes"):
        there = {programme.pk for programme in one.programmes.all()}
        missing += [through(collaboration=one, programme_id=pk) for pk in sorted(named[one.key or ""] - there)]
    through.objects.bulk_create(missing)
    return {"collaborations": kept}


def _rows(facts: Iterable[Any], programmes: dict[str, int], *without: str) -> list[Values]:
    """Returns the facts as rows of their tables: a programme's address becomes its number."""
    rows = []
    for one in facts:
        row = _fields(one, "programme", *without)
        rows.append(row | {"programme_id": programmes[one.programme] if one.programme else None})
    return rows


def _fields(one: Any, *without: str) -> Values:
    return {name: value for name, value in asdict(one).items() if name not in without}
