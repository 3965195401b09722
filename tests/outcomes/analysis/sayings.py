"""Words no sentence of an analysis may hold: each would make of what goes together what one does to the other."""

import re

TOO_MUCH = re.compile(
    r"\b(caus(e|ed|es|al)|effects?|effective|affect(s|ed)?|impacts?|because of|due to|thanks to|led by|results? from"
    r"|improve[sd]?|benefit(s|ed)?|prove[sdn]?|work(s|ed))\b",
    re.IGNORECASE,
)


def says_too_much(*texts: str) -> list[str]:
    """Returns the words found that say more than a number can."""
    return [found[0] for text in texts for found in TOO_MUCH.finditer(text)]
