"""Entries of the public record, invented: each says where it was found."""

from datetime import date

from programmes.models import Collaboration, Film, FundingAgreement, Milestone, Organisation, PublishedFigure, Study
from programmes.models.milestone import Account
from programmes.models.office import Office
from programmes.models.study import Finding

DAY = date(2012, 7, 16)
SOURCE = "Invented Gazette, page 3, gazette.example"


def milestone(title: str = "An invented festival", **fields) -> Milestone:
    """Returns a new milestone of the whole of In Harmony unless told."""
    return Milestone.objects.create(**{"title": title, "happened_on": DAY, "source": SOURCE, **fields})


def account(of: Milestone, says: str, **fields) -> Account:
    """Returns what another source says of a milestone."""
    return Account.objects.create(**{"milestone": of, "says": says, "source": "Invented Herald, page 9", **fields})


def office(holder: str = "Invented Chair", **fields) -> Office:
    """Returns a new office, a chair's unless told."""
    return Office.objects.create(**{"holder": holder, "kind": Office.Kind.CHAIR, "source": SOURCE, **fields})


def organisation(name: str) -> Organisation:
    """Returns a new organisation."""
    return Organisation.objects.create(name=name, slug=name.lower().replace(" ", "-"))


def funding_agreement(
    title: str = "Invented grant", *, funder: Organisation | None = None, **fields
) -> FundingAgreement:
    """Returns a new agreement that is in print unless told."""
    fields = {"starts_on": DAY, "is_public": True, "source": SOURCE, **fields}
    return FundingAgreement.objects.create(title=title, funder=funder or organisation(f"Funder of {title}"), **fields)


def collaboration(title: str = "Invented joint concert", **fields) -> Collaboration:
    """Returns new work with others, a project unless told."""
    given = {"kind": Collaboration.Kind.PROJECT, "partner": "Invented Orchestra", "starts_on": DAY, "source": SOURCE}
    return Collaboration.objects.create(**{"title": title, **given, **fields})


def study(title: str = "Invented evaluation", **fields) -> Study:
    """Returns a new evaluation."""
    given = {"kind": Study.Kind.EVALUATION, "authors": "A. Invented", "published_on": DAY, "source": SOURCE}
    return Study.objects.create(**{"title": title, **given, **fields})


def finding(of: Study, indicator: str, strength: str, words: str = "Found by invention", **fields) -> Finding:
    """Returns what a study found."""
    given = {"study": of, "indicator": indicator, "strength": strength, "words": words, "source": SOURCE}
    return Finding.objects.create(**{**given, **fields})


def film(title: str = "Invented film", **fields) -> Film:
    """Returns a new film."""
    given = {"theme": Film.Theme.TEAM, "summary": "What is seen in it.", "address": "https://film.example/1"}
    return Film.objects.create(**{"title": title, "source": SOURCE, **given, **fields})


def published_figure(**fields) -> PublishedFigure:
    """Returns a new figure in print: over 8,000 children unless told."""
    given = {"measure": "children", "label": "children a year", "qualifier": "over", "value": 8000, "unit": "children"}
    return PublishedFigure.objects.create(**{**given, "when": "2024", "source": SOURCE, **fields})
