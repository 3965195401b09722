import pytest

from evaluation.returns.structure import NotHeld, OfFigure, Part, Question, Return, Written

GOOD = Question("good", "Is it good?", OfFigure("schools"), known_from=("A document 2026",))


def made(*questions):
    return Return("paper", "A paper", 1, 2026, "Nowhere", (Part("One", "One", questions),))


def test_a_list_gives_its_questions_in_their_order_and_those_of_words():
    told = Question("told", "Tell.", Written(10), reading="Ours")
    paper = made(GOOD, told, Question("away", "Away?", NotHeld("Not here"), reading="Ours"))
    assert [one.id for one in paper.questions()] == ["good", "told", "away"]
    assert paper.written() == {"told": told}


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        ((GOOD, GOOD), "stands in it twice"),
        ((Question("Not Good", "x", OfFigure("schools"), reading="Ours"),), "cannot stand in an address"),
        ((Question("good-", "x", OfFigure("schools"), reading="Ours"),), "cannot stand in an address"),
        ((Question("x", "x", OfFigure("schools")),), "nobody says where"),
        ((Question("x", "x", Written(0), reading="Ours"),), "no limit that can be kept"),
        ((Question("x", "x", Written(501), reading="Ours"),), "no limit that can be kept"),
    ],
)
def test_a_list_that_does_not_hold_together_is_none(questions, words):
    with pytest.raises(ValueError, match=words):
        made(*questions)
