"""Work with others beyond the hubs, films, and what is named in print of a hub."""

from django.db.models import Q

from programmes.kinds.asking import ENDS, FOUND, HISTORY, HUB, IN_ACTION, NEEDED_HUB, hub_page, pages_of
from programmes.kinds.checks import in_order
from programmes.kinds.kind import Asked, Group, Kind, of_programme
from programmes.kinds.lines import since
from programmes.models import Collaboration, Film, Mention


def of_these_alone(programmes: frozenset[int]) -> Q:
    """What several hubs did together is kept by whoever keeps all of them."""
    part = Collaboration.programmes.through.objects
    own = part.filter(programme__in=programmes).values("collaboration")
    others = part.exclude(programme__in=programmes).values("collaboration")
    return Q(pk__in=own) & ~Q(pk__in=others)


COLLABORATION = Kind(
    key="collaboration",
    noun="collaboration",
    plural="collaborations",
    about="Recognition, partnerships and joint music-making beyond the hubs. What several hubs did the operator keeps.",
    model=Collaboration,
    groups=(
        Group(
            "What it was",
            (
                Asked("title", "Title", "Like “Side by side at the town hall”.", is_needed=True),
                Asked("kind", "What it was", is_needed=True),
                Asked("partner", "With whom", is_needed=True),
                Asked("programmes", "Hubs that took part", "None ticked means In Harmony as a whole."),
                Asked("venue", "Where"),
                Asked("words", "More about it", "One to three sentences."),
            ),
        ),
        Group("When", (Asked("starts_on", "First day", is_needed=True, precision="precision"), ENDS)),
        Group(
            "How many came",
            (
                Asked("children", "Children", "Heads, where they were counted. Leave empty what nobody counted."),
                Asked("adults", "Adults who played"),
                Asked("audience", "Audience"),
            ),
        ),
        FOUND,
    ),
    kept=of_these_alone,
    path="programmes",
    line=lambda row: f"{row.title}, with {row.partner}",
    when=since,
    pages=lambda row: [HISTORY, *(hub_page(one.slug, one.short_name) for one in row.programmes.all())],
    search=("title", "partner", "venue", "words", "source"),
    sorts=(("starts_on", "When"), ("title", "Title")),
    preview="collaboration",
    checks=(in_order("starts_on", "ends_on"),),
)
FILM = Kind(
    key="film",
    noun="film",
    plural="films",
    about="Films that stand elsewhere: what they show, what is said in them, and the way there.",
    model=Film,
    groups=(
        Group(
            "The film",
            (
                Asked("title", "Title", "As its maker calls it.", is_needed=True),
                Asked("theme", "Theme", is_needed=True),
                HUB,
                Asked(
                    "address",
                    "Where it can be seen",
                    "Begins with https://. The portal links to it and embeds nothing.",
                    is_needed=True,
                ),
                Asked("minutes", "Minutes"),
            ),
        ),
        Group(
            "For who cannot see or hear it",
            (
                Asked(
                    "summary", "What is to be seen and heard", "In our words, three to six sentences.", is_needed=True
                ),
                Asked(
                    "transcript",
                    "What is said, word for word",
                    "Only as its maker has given it; leave it empty otherwise.",
                ),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: row.title,
    when=lambda row: row.get_theme_display(),
    pages=lambda row: pages_of(row.programme, IN_ACTION),
    search=("title", "summary", "source"),
    sorts=(("theme", "Theme"), ("title", "Title")),
    preview="film",
    related=("programme",),
)
MENTION = Kind(
    key="mention",
    noun="mention",
    plural="mentions",
    about="Ensembles, schools, events and instruments that are named in print of a hub and have no date of their own.",
    model=Mention,
    groups=(
        Group(
            "What is named",
            (
                Asked("name", "Name", "As it is printed, like “West Everton Super Strings”.", is_needed=True),
                Asked("kind", "What it is", is_needed=True),
                NEEDED_HUB,
                Asked("when", "When", "As it is printed, like “by 2021”. Empty where no time is."),
                Asked("words", "More about it", "A sentence, if the source says more."),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: row.name,
    when=lambda row: row.when,
    pages=lambda row: pages_of(row.programme),
    search=("name", "words", "source"),
    sorts=(("name", "Name"), ("kind", "What it is")),
    preview="dated",
    related=("programme",),
)
