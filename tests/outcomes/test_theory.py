from outcomes.theory import THEORY, VERDICT


def test_every_step_says_something_and_who_says_so():
    assert len(THEORY) == 4
    for step in (*THEORY, VERDICT):
        assert step.title
        assert all(step.says)
        assert step.source


def test_attainment_is_not_worded_as_an_effect():
    (words,) = [words for words in VERDICT.says if "ttainment" in words]
    assert "none was clear" in words
