"""Headings of the register of schools (GIAS) and of tables joined from it, and the words in its cells."""

import re

from schools.imports.cells import BadCell
from schools.models import School

# The heading as published, without "(Jan 2019)" and the like, to the field it fills. All else is ignored.
SCHOOL_HEADINGS = {
    "URN": "urn",
    "EstablishmentName": "name",
    "Name": "name",
    "LA (code)": "authority_code",
    "LA (name)": "authority_name",
    "GOR (name)": "region",
    "EstablishmentNumber": "establishment_number",
    "TypeOfEstablishment (name)": "type",
    "SchoolType": "type",
    "EstablishmentTypeGroup (name)": "type_group",
    "EstablishmentStatus (name)": "status",
    "PhaseOfEducation (name)": "phase",
    "OpenDate": "opened_on",
    "Open_date": "opened_on",
    "CloseDate": "closed_on",
    "Close_date": "closed_on",
    "StatutoryLowAge": "low_age",
    "StatutoryHighAge": "high_age",
    "NumberOfPupils": "pupils",
    "PercentageFSM": "fsm_percent",
    "Town": "town",
    "Postcode": "postcode",
    "Latitude": "latitude",
    "Longitude": "longitude",
    "LSOA (code)": "small_area",
    "LSOA11": "small_area",
    "LSOA21": "small_area",
    "IMD decile": "imd_decile",
    "IDACI decile": "idaci_decile",
    "Country (name)": "country",
}
AUTHORITY_HEADINGS = {
    "LEA": "code",
    "LA (code)": "code",
    "LA Name": "name",
    "REGION NAME": "region",
    "GOR (name)": "region",
}

PHASES = {
    "nursery": School.Phase.NURSERY,
    "primary": School.Phase.PRIMARY,
    "middle deemed primary": School.Phase.PRIMARY,
    "secondary": School.Phase.SECONDARY,
    "middle deemed secondary": School.Phase.SECONDARY,
    "16 plus": School.Phase.SECONDARY,
    "all-through": School.Phase.ALL_THROUGH,
}
STATUSES = {
    "open": School.Status.OPEN,
    "open, but proposed to close": School.Status.CLOSING,
    "proposed to open": School.Status.PROPOSED,
    "closed": School.Status.CLOSED,
}
OVERSEAS_TYPES = {"british schools overseas", "offshore schools", "service children's education"}

# The old sub-regions of the Department's list, to the region they lie in.
REGIONS = {
    "London": "London",
    "North East": "North East",
    "North West": "North West",
    "South East": "South East",
    "South West": "South West",
    "East Midlands": "East Midlands",
    "West Midlands": "West Midlands",
    "East of England": "East of England",
    "North Yorkshire": "Yorkshire and the Humber",
    "South and West Yorkshire": "Yorkshire and the Humber",
    "Yorkshire and": "Yorkshire and the Humber",
}


def undated(heading: str) -> str:
    """Returns a heading without the year its figures are of: `NumberOfPupils (Jan 2019)`, `IMD2019 decile`."""
    return re.sub(r"\s*\([A-Z][a-z]{2} 20\d\d\)|20\d\d", "", heading)


def phase_of(phase: str, kind: str) -> School.Phase:
    """Returns the phase by the register's word, else by the words of the kind of school (special schools have none)."""
    known = PHASES.get(phase.casefold())
    if known:
        return known
    words = kind.casefold()
    for word in ("special", "nursery", "primary", "secondary"):
        if word in words:
            return School.Phase(word)
    return School.Phase.OTHER


def status_of(status: str) -> School.Status:
    """Returns the status by the register's word, open for none; raises BadCell for a word it does not use."""
    if not status:
        return School.Status.OPEN
    try:
        return STATUSES[status.casefold()]
    except KeyError:
        wanted = "; ".join(known.capitalize() for known in STATUSES)
        raise BadCell(f"not a status of the register, which are: {wanted}") from None


def region_of(name: str) -> str:
    """Returns the region a sub-region lies in, empty for none (`Not Applicable`)."""
    return next((region for start, region in REGIONS.items() if name.casefold().startswith(start.casefold())), "")
