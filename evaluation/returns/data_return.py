"""
The annual data return of music hubs, first version: what is known in print of the Arts Council's questions.

The current question list was not found; neither was any return of In Harmony alone. The structure is that of the
documents that could be read, and what is our own reading says so at its question.
"""

from evaluation.returns import documents as known
from evaluation.returns.children import CHILDREN, LESSONS, MONEY
from evaluation.returns.provision import CONTINUING, ENSEMBLES, SCHOOLS, WORKFORCE
from evaluation.returns.structure import Part, Question, Return, Written

NARRATIVE = 200
LIMIT = f"The matter is that of the document. Its wording and its limit were not readable: {NARRATIVE} words are ours."


def _narrative(key: str, words: str) -> Question:
    return Question(key, words, Written(NARRATIVE), "words", (known.GUIDANCE_2014, known.GUIDANCE_2019), LIMIT)


TOLD = Part(
    "Narrative",
    "In your own words",
    (
        _narrative("local-need", "How does what you do answer the needs of the children and schools of your place?"),
        _narrative("whole-class-told", "Whole-class teaching: what went well, and what did you change?"),
        _narrative("plans-told", "How do you support schools with their music education plans?"),
        _narrative("ensembles-told", "How do you open ensembles to all children?"),
        _narrative("progression-told", "How do children move on, and what stands in their way?"),
        _narrative("singing-told", "How do children sing, in school and beyond it?"),
        _narrative("teaching-told", "How do you see to it that teaching is good?"),
        _narrative("technology-told", "How do you use technology in teaching?"),
    ),
    "The matters are the roles of the 2014/15 form.",
)

DATA_RETURN = Return(
    "return",
    "Annual data return",
    1,
    2009,
    "The Arts Council’s annual data return of music hubs, as far as its guidance notes for 2014/15 and 2019/20, the "
    "names of its tabs in 2023/24 and a hub’s form for its schools say it. The current list, and any return of In "
    "Harmony alone, were not found.",
    (WORKFORCE, SCHOOLS, CONTINUING, ENSEMBLES, CHILDREN, LESSONS, MONEY, TOLD),
)
