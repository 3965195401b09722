"""Questions that several kinds ask in the same words."""

from programmes.kinds.kind import Asked, Group, Shown

SOURCE = Asked(
    "source",
    "Where it was found",
    "Who says so, the title, the date, and the address if it is online. Like: Arts Council England, “In Harmony: "
    "national evaluation”, July 2014, page 12.",
    is_needed=True,
)
FOUND = Group("The source", (SOURCE,))
HUB = Asked("programme", "Hub")
NEEDED_HUB = Asked("programme", "Hub", is_needed=True)
ENDS = Asked("ends_on", "Last day", "Leave it empty while it goes on, or where no end is in print.")


def hub_page(slug: str, name: str) -> Shown:
    """Returns the public page of a programme."""
    return Shown(f"{name} on the public pages", "public:programme", (slug,))


HISTORY = Shown("How did we get here", "public:history")
ABOUT = Shown("What is In Harmony", "public:about")
IMPACT = Shown("Impact", "public:impact")
FUNDING = Shown("Funding through the years", "public:funding")
IN_ACTION = Shown("In action", "public:in-action")
WHERE = Shown("Where", "public:where")


def pages_of(programme: object, *others: Shown) -> list[Shown]:
    """Returns pages that show an entry, with that of its programme if it has one."""
    if programme is None:
        return list(others)
    return [*others, hub_page(programme.slug, programme.short_name)]  # type: ignore[attr-defined]
