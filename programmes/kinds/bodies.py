"""Organisations, their former names, and what they are to a hub."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.text import slugify

from programmes.kinds.asking import ABOUT, ENDS, FOUND, FUNDING, HISTORY, NEEDED_HUB, pages_of
from programmes.kinds.checks import alone, in_order, one_body, one_name
from programmes.kinds.kind import Asked, Group, Kind, Shown, of_programme
from programmes.kinds.lines import in_print, since
from programmes.models import FundingAgreement, Organisation, OrganisationName, OrganisationRole


def of_no_other(programmes: frozenset[int], path: str = "") -> Q:
    """An organisation is a manager's to keep while it has no part in another hub, or in the country."""
    elsewhere = OrganisationRole.objects.exclude(programme__in=programmes).values("organisation")
    paying = FundingAgreement.objects.exclude(programme__in=programmes, programme__isnull=False).values("funder")
    return ~Q(**{f"{path}pk__in": elsewhere}) & ~Q(**{f"{path}pk__in": paying}) if programmes else Q(pk__in=[])


def begin(row: Organisation) -> None:
    """Gives a new organisation the word that stands for it in addresses, from its name, once."""
    word = slugify(row.name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=word).values_list("slug", flat=True))
    free = (word, *(f"{word}-{number}" for number in range(2, len(taken) + 3)))
    row.slug = next(slug for slug in free if slug not in taken)


def pages(_row: object) -> Sequence[Shown]:
    """An organisation is named wherever it has a role."""
    return (ABOUT, FUNDING)


ORGANISATION = Kind(
    key="organisation",
    noun="organisation",
    plural="organisations",
    about="Bodies that lead, fund or partner. A hub’s manager keeps those that have no part in another hub.",
    model=Organisation,
    groups=(
        Group(
            "The organisation",
            (
                Asked(
                    "name",
                    "Name now",
                    "Its whole name. What it was called before is kept as a former name.",
                    is_needed=True,
                ),
                Asked("website", "Website", "Like https://www.example.org/. It begins with https://."),
            ),
        ),
        FOUND,
    ),
    kept=of_no_other,
    line=lambda row: row.name,
    pages=pages,
    search=("name", "website", "former_names__name"),
    sorts=(("name", "Name"),),
    preview="organisation",
    checks=(one_body,),
    leaves=frozenset({"slug"}),
    prepare=begin,
)
FORMER_NAME = Kind(
    key="former-name",
    noun="former name",
    plural="former names",
    about="What an organisation was called before, and until when.",
    model=OrganisationName,
    groups=(
        Group(
            "The name",
            (
                Asked("organisation", "Organisation as it is called now", is_needed=True),
                Asked("name", "Former name", "Like “Sage Gateshead”.", is_needed=True),
                Asked("until", "Until", "The last day on which it was used, if that is in print."),
            ),
        ),
        FOUND,
    ),
    kept=lambda programmes: of_no_other(programmes, "organisation__"),
    line=lambda row: f"{row.organisation.name}, once {row.name}",
    when=lambda row: f"until {in_print(row.until)}" if row.until else "",
    pages=pages,
    search=("name", "organisation__name", "source"),
    sorts=(("organisation__name", "Organisation"), ("until", "Until")),
    preview="dated",
    checks=(one_name,),
    related=("organisation",),
)
ROLE = Kind(
    key="role",
    noun="role of an organisation",
    plural="roles of organisations",
    about="Who leads a hub, who is its partner and who pays, from when to when.",
    model=OrganisationRole,
    groups=(
        Group(
            "Who is what",
            (
                Asked(
                    "organisation",
                    "Organisation",
                    "Is it not in the list? Add it under “organisations” first.",
                    is_needed=True,
                    is_own=False,
                ),
                Asked("kind", "What it does", is_needed=True),
                NEEDED_HUB,
                Asked("note", "More about it", "Like “With Southbank Centre”."),
            ),
        ),
        Group("When", (Asked("starts_on", "First day", is_needed=True), ENDS)),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: f"{row.organisation.name}: {row.get_kind_display()}",
    when=since,
    pages=lambda row: pages_of(row.programme, HISTORY),
    search=("organisation__name", "note", "source"),
    sorts=(("organisation__name", "Organisation"), ("starts_on", "When")),
    preview="dated",
    checks=(in_order("starts_on", "ends_on"), alone("organisation", "programme", "kind")),
    related=("organisation", "programme"),
)
