"""What happened, what other sources say of it, and who held which office."""

from programmes.kinds.asking import ABOUT, ENDS, FOUND, HISTORY, HUB, pages_of
from programmes.kinds.checks import in_order
from programmes.kinds.kind import Asked, Group, Kind, of_programme
from programmes.kinds.lines import in_print, short, since
from programmes.models import Account, Milestone, Office

MILESTONE = Kind(
    key="milestone",
    noun="milestone",
    plural="milestones",
    about="What happened in the country or in one hub, as the timeline tells it.",
    model=Milestone,
    groups=(
        Group(
            "What happened",
            (
                Asked("title", "Title", "A few words, like “Three pilots begin”.", is_needed=True),
                Asked("words", "What happened", "One to three sentences. An empty line begins a new paragraph."),
                HUB,
            ),
        ),
        Group(
            "When",
            (
                Asked("happened_on", "Day", "Or its first day, if it lasted.", is_needed=True, precision="precision"),
                Asked("until", "Last day", "Only of what lasted longer than a day."),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: row.title,
    when=lambda row: in_print(row.happened_on, row.precision),
    pages=lambda row: pages_of(row.programme, HISTORY),
    search=("title", "words", "source"),
    sorts=(("happened_on", "When"), ("title", "Title")),
    preview="timeline",
    checks=(in_order("happened_on", "until"),),
    related=("programme",),
)
ACCOUNT = Kind(
    key="account",
    noun="account of another source",
    plural="accounts of other sources",
    about="What another source says of a milestone, where sources disagree. Both are kept and both are shown.",
    model=Account,
    groups=(
        Group(
            "What it says",
            (
                Asked("milestone", "Of which milestone", is_needed=True),
                Asked(
                    "says",
                    "What this source says",
                    "In one sentence, like “Set up in 2008, not in 2009”. Say what it says, not who is right.",
                    is_needed=True,
                ),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("milestone__programme"),
    path="milestone__programme",
    line=lambda row: f"{row.milestone.title}: {short(row.says)}",
    when=lambda row: in_print(row.milestone.happened_on, row.milestone.precision),
    pages=lambda row: pages_of(row.milestone.programme, HISTORY),
    search=("says", "milestone__title", "source"),
    sorts=(("milestone__happened_on", "When"), ("milestone__title", "Milestone")),
    preview="account",
    related=("milestone__programme",),
)
OFFICE = Kind(
    key="office",
    noun="office",
    plural="offices",
    about="Who founded, chaired or directed In Harmony or a hub, as it is in print.",
    model=Office,
    groups=(
        Group(
            "Who held what",
            (
                Asked("kind", "Office", is_needed=True),
                Asked(
                    "holder",
                    "Who held it",
                    "A person in public life, or a body, as the source names them.",
                    is_needed=True,
                ),
                Asked("of_body", "Of which body", "Like “In Harmony national steering group”."),
                HUB,
                Asked("words", "More about it", "A sentence or two, if the source says more."),
            ),
        ),
        Group("When", (Asked("starts_on", "First day", precision="precision"), ENDS)),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: f"{row.get_kind_display()}: {row.holder}",
    when=since,
    pages=lambda row: pages_of(row.programme, ABOUT, HISTORY),
    search=("holder", "of_body", "words", "source"),
    sorts=(("starts_on", "When"), ("holder", "Holder")),
    preview="dated",
    checks=(in_order("starts_on", "ends_on"),),
    related=("programme",),
)
