"""A hub's own words, its status from when to when, and the places it serves."""

from programmes.kinds.asking import ENDS, FOUND, HISTORY, NEEDED_HUB, WHERE, pages_of
from programmes.kinds.checks import alone, in_order, one_start, two_sources
from programmes.kinds.kind import Asked, Group, Kind, of_programme
from programmes.kinds.lines import in_print, since
from programmes.models import Place, Programme, ProgrammeStatus

HUB_WORDS = Kind(
    key="hub",
    noun="hub in its own words",
    plural="hubs in their own words",
    about="What a hub says of itself on its public page, and when it was announced and began.",
    model=Programme,
    groups=(
        Group(
            "In the hub’s own words",
            (
                Asked(
                    "about",
                    "What it is like there",
                    "For anybody: who plays, what, where. Plain words, at most 2,000 letters; an empty line begins a "
                    "new paragraph. Name no child.",
                ),
                Asked("website", "Website", "Like https://www.example.org/in-harmony. It begins with https://."),
                Asked("contact_email", "Email address for anybody", "Of an office, not of a person."),
            ),
        ),
        Group(
            "How it began",
            (
                Asked("announced_on", "Announced on"),
                Asked("delivery_started_on", "Began with children on"),
                Asked(
                    "start_note",
                    "What sources say of the start",
                    "Where they disagree, or no day is in print: what each of them says.",
                ),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("pk"),
    path="pk",
    line=lambda row: row.name,
    when=lambda row: f"began {in_print(row.delivery_started_on)}" if row.delivery_started_on else "",
    pages=lambda row: pages_of(row, WHERE),
    search=("name", "about", "start_note", "source"),
    sorts=(("short_name", "Name"), ("delivery_started_on", "When")),
    preview="hub",
    checks=(in_order("announced_on", "delivery_started_on", "It cannot begin before it was announced."),),
    leaves=frozenset({"slug", "name", "short_name", "colour"}),
    can_begin=False,
)
STATUS = Kind(
    key="status",
    noun="status of a hub",
    plural="statuses of hubs",
    about="Whether a hub was a pilot, ran, left, or sources disagree, from when to when. One at a time.",
    model=ProgrammeStatus,
    groups=(
        Group(
            "What it was",
            (
                NEEDED_HUB,
                Asked("status", "Status", is_needed=True),
                Asked(
                    "note",
                    "More about it",
                    "Needed where sources disagree: what each of the two says. Like “The Arts Council lists it as "
                    "current; its own page treats it as ended.”",
                ),
            ),
        ),
        Group("When", (Asked("starts_on", "First day", is_needed=True), ENDS)),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: f"{row.programme.short_name}: {row.get_status_display()}",
    when=since,
    pages=lambda row: pages_of(row.programme, HISTORY, WHERE),
    search=("programme__name", "note", "source"),
    sorts=(("starts_on", "When"), ("programme__short_name", "Hub")),
    preview="dated",
    checks=(in_order("starts_on", "ends_on"), alone("programme"), two_sources),
    related=("programme",),
)
PLACE = Kind(
    key="place",
    noun="place",
    plural="places",
    about="The areas a hub serves, from when to when, and where they are on the map.",
    model=Place,
    groups=(
        Group(
            "Which place",
            (
                NEEDED_HUB,
                Asked("name", "Name", "As people say it, like “Halifax (Calderdale)”.", is_needed=True),
                Asked("local_authority", "Local authority", is_needed=True, is_own=False),
            ),
        ),
        Group("When", (Asked("starts_on", "First day", is_needed=True), ENDS)),
        Group(
            "On the map",
            (
                Asked("latitude", "Latitude", "North, like 53.4106."),
                Asked("longitude", "Longitude", "East; west of Greenwich with a minus, like -2.9779."),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: row.name,
    when=since,
    pages=lambda row: pages_of(row.programme, WHERE),
    search=("name", "local_authority__name", "source"),
    sorts=(("name", "Name"), ("starts_on", "When")),
    preview="dated",
    checks=(in_order("starts_on", "ends_on"), one_start),
    related=("programme", "local_authority"),
)
