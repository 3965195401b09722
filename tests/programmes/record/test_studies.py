from programmes.record.studies import STUDIES


def found(key):
    study = next(one for one in STUDIES if one.key == key)
    return {(one.indicator, one.strength) for one in study.findings}


def test_attainment_is_never_worded_as_an_effect():
    of_attainment = [one for study in STUDIES for one in study.findings if "ttainment" in one.words]
    assert {one.strength for one in of_attainment} == {"none"}
    assert {one.key for one in of_attainment} == {"nfer-final-attainment", "tender-attainment"}


def test_the_national_evaluation_is_there_year_by_year():
    assert {(one.key, one.pages) for one in STUDIES if one.key.startswith("nfer")} == {
        ("nfer-year-1", 61),
        ("nfer-year-2", 53),
        ("nfer-final", 116),
    }
    assert ("music", "strong") in found("nfer-final")


def test_the_arts_councils_own_verdict_of_2018_is_there():
    assert found("tender-2018") == {
        ("wellbeing", "strong"),
        ("school", "some"),
        ("school", "none"),
        ("engagement", "strong"),
        ("music", "strong"),
    }
