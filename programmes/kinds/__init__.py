"""The kinds of entries of the record, in the order in which the portal lists them."""

from programmes.kinds.bodies import FORMER_NAME, ORGANISATION, ROLE
from programmes.kinds.evidence import FIGURE, FINDING, STUDY
from programmes.kinds.history import ACCOUNT, MILESTONE, OFFICE
from programmes.kinds.hub import HUB_WORDS, PLACE, STATUS
from programmes.kinds.kind import Asked, Group, IncompleteKindError, Kind, Shown
from programmes.kinds.money import AGREEMENT, CONDITION
from programmes.kinds.together import COLLABORATION, FILM, MENTION

# under headings, as the page of the record shows them
SHELVES: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("The hubs", (HUB_WORDS, STATUS, PLACE)),
    ("Who is part of it", (ORGANISATION, FORMER_NAME, ROLE, OFFICE)),
    ("What happened", (MILESTONE, ACCOUNT, COLLABORATION, FILM, MENTION)),
    ("Figures and evidence", (FIGURE, STUDY, FINDING)),
    ("Money", (AGREEMENT, CONDITION)),
)
KINDS: dict[str, Kind] = {kind.key: kind for _, shelf in SHELVES for kind in shelf}
KIND_OF = {kind.model: kind for kind in KINDS.values()}

__all__ = ["KINDS", "KIND_OF", "SHELVES", "Asked", "Group", "IncompleteKindError", "Kind", "Shown"]
