from dataclasses import replace

import pytest

from outcomes.measures.consistency import IncompleteError, faults, require_consistent
from outcomes.measures.structure import Answer, Band, Bands, Informant, Item, Missing, Part, Scale, Total
from tests.measures import INVENTED, invented

FIRST, SECOND = INVENTED.parts
ITEMS = INVENTED.items
SILENT = {
    "items": tuple(replace(item, words=None) for item in ITEMS),
    "scale": Scale(tuple(replace(answer, words=None) for answer in INVENTED.scale.answers)),
    "instructions": None,
}


def banded(*ranges, key="total", informant=Informant.CHILD):
    table = tuple(Band(least, most, "Some") for least, most in ranges)
    return {"bands": (Bands("short", informant, "1", "Invented", ((key, table),)),), "missing": Missing(0, "")}


WRONG = [
    ({"parts": (FIRST, SECOND, FIRST)}, "part first is declared 2 times"),
    ({"items": (*ITEMS[:5], replace(ITEMS[5], key="a"))}, "item a is declared 2 times"),
    ({"items": (*ITEMS, Item("g", "third", "I nap."))}, "item g counts in no part"),
    ({"parts": (FIRST, replace(SECOND, key="total"))}, "a part is called total"),
    ({"informants": ()}, "nobody answers it"),
    ({"informants": (Informant.CHILD, Informant.FAMILY)}, "several kinds of people answer it"),
    ({"total": Total(("first", "third"), 0, 24)}, "part third, which is not there"),
    ({"total": Total(("first",), 0, 24)}, "the parts of the total do not give 0 to 24"),
    ({"total": Total(("first", "second"), 0, 24, is_difficulty=True)}, "what is better and what is worse"),
    ({"parts": (replace(FIRST, most=11), SECOND)}, "the 3 items of part first do not give 0 to 11"),
    ({"parts": (FIRST, SECOND, Part("third", "T", 0, 0, None))}, "the 0 items of part third"),
    ({"missing": Missing(3, "")}, "all of part first may be missing"),
    ({"scale": None}, "items need a scale"),
    ({"items": ()}, "items need a scale"),
    ({"scale": Scale(INVENTED.scale.answers[:2] + INVENTED.scale.answers[3:])}, "do not rise by one"),
    ({"scale": Scale((Answer(0, "No"),))}, "do not rise by one"),
    ({"instructions": " "}, "words are empty"),
    ({"instructions": None}, "some words are there and some are to be loaded"),
    ({"items": (replace(ITEMS[0], words=None), *ITEMS[1:])}, "some words are there and some are to be loaded"),
    ({"licence": replace(INVENTED.licence, may_show=False)}, "does not let us show"),
    ({**SILENT, "licence": replace(INVENTED.licence, may_screen=False)}, "does not let anybody answer on a screen"),
    ({**banded((0, 24)), "missing": Missing(1, "")}, "bands need whole scores"),
    (banded((0, 11), (13, 24)), "bands of total leave scores out or name them twice"),
    (banded((0, 12), (12, 24)), "bands of total leave scores out or name them twice"),
    (banded((0, 11), (12, 25)), "bands of total leave scores out or name them twice"),
    (banded((0, 12), key="third"), "bands of third leave scores out or name them twice"),
    (banded((0, 24), informant=Informant.TUTOR), "bands are for tutor, who does not answer"),
]


@pytest.mark.parametrize(("changed", "said"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_what_does_not_hold_together_is_refused_in_words(changed, said):
    with pytest.raises(IncompleteError, match=r"Invented.*version 1") as refused:
        require_consistent(invented(**changed))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "changed", [{}, SILENT, {"total": None}, banded((0, 11), (12, 24)), banded((0, 12), key="first")], ids=str
)
def test_what_holds_together_has_no_faults(changed):
    assert list(faults(invented(**changed))) == []
