"""Entries of the record, invented: no fact, and marked so."""

from datetime import date
from decimal import Decimal

from programmes.models import (
    Collaboration,
    Finding,
    FundingAgreement,
    FundingMilestone,
    Milestone,
    Organisation,
    OrganisationRole,
    PublishedFigure,
    Study,
)

SOURCE = "Invented for a test"


def milestone(programme=None, **fields) -> Milestone:
    """Returns a milestone of February 2009 that came with the portal."""
    said = {"title": "Pilots begin", "happened_on": date(2009, 2, 1), "precision": "month", "source": SOURCE}
    return Milestone.objects.create(programme=programme, **said | fields)


def figure(programme=None, **fields) -> PublishedFigure:
    """Returns a printed number of children."""
    said = {"measure": "children", "label": "children each week", "value": Decimal(702), "unit": "children"}
    return PublishedFigure.objects.create(
        programme=programme, **said | {"when": "2018", "as_at": date(2018, 1, 1), "source": SOURCE} | fields
    )


def organisation(name: str = "Saltwharf Trust", **fields) -> Organisation:
    """Returns a body that has no part in any hub yet."""
    return Organisation.objects.create(slug=name.lower().replace(" ", "-"), name=name, **fields)


def role(organisation: Organisation, programme, **fields) -> OrganisationRole:
    """Returns what a body is to a hub: its partner since 2012."""
    said = {"kind": "partner", "starts_on": date(2012, 1, 1), "source": SOURCE} | fields
    return OrganisationRole.objects.create(organisation=organisation, programme=programme, **said)


def agreement(funder: Organisation, programme=None, **fields) -> FundingAgreement:
    """Returns an agreement that is not in print, with its conditions."""
    said = {
        "title": "Grant of Saltwharf",
        "starts_on": date(2024, 4, 1),
        "conditions": "Report each term",
        "source": SOURCE,
    }
    return FundingAgreement.objects.create(funder=funder, programme=programme, **said | fields)


def condition(agreement: FundingAgreement, **fields) -> FundingMilestone:
    """Returns what an agreement asks for by a day."""
    said = {"due_on": date(2025, 1, 31), "words": "Interim report", "amount": Decimal("12500.50")} | fields
    return FundingMilestone.objects.create(agreement=agreement, **said)


def study(programme=None, **fields) -> Study:
    """Returns a study with a title."""
    said = {
        "kind": "research",
        "title": "A study of Saltwharf",
        "authors": "A. Writer",
        "published_on": date(2016, 3, 1),
    }
    return Study.objects.create(programme=programme, **said | {"source": SOURCE} | fields)


def finding(study: Study, **fields) -> Finding:
    """Returns what a study found."""
    said = {"indicator": "music", "strength": "some", "words": "They play more.", "source": SOURCE} | fields
    return Finding.objects.create(study=study, **said)


def collaboration(*programmes, **fields) -> Collaboration:
    """Returns a joint project with the hubs that took part."""
    said = {"kind": "project", "title": "Side by side", "partner": "Another orchestra", "starts_on": date(2018, 6, 25)}
    made = Collaboration.objects.create(**said | {"source": SOURCE, "children": 120} | fields)
    made.programmes.set(programmes)
    return made
