import csv
import re

from programmes.actions.record import load_record
from programmes.models import PublishedFigure
from programmes.record.figures import FIGURES
from tests.published import published

HUBS = {
    "In Harmony (national)": None,
    "Music hubs (England)": None,
    "In Harmony Opera North": "leeds",
    "In Harmony Telford & Stoke": "telford-stoke",
    "In Harmony Newcastle Gateshead": "newcastle-gateshead",
}
# what the published file writes behind the unit
QUALIFIERS = {"at least": "at least", "over": "over", "almost": "almost", "up to": "up to", "about": "about", "": ""}
MILLIONS = "79 and 25"
# children and schools by programme in print: programme, value, a word of the source
BY_PROGRAMME = (
    ("lambeth", 100, "thefms"),
    ("lambeth", 420, "melaniespanswick"),
    ("lambeth", 400, "sistemaengland"),
    ("lambeth", 9, "sistemaengland"),
    ("lambeth", 16, "sistemaengland"),
    ("lambeth", 2, "sistemaengland"),
    ("liverpool", 84, "artscityliverpool"),
    ("liverpool", 188, "liverpoolexpress"),
    ("liverpool", 586, "kipdf"),
    ("liverpool", 735, "kipdf"),
    ("liverpool", 720, "artscityliverpool"),
    ("liverpool", 1500, "liverpoolphil"),
    ("liverpool", 1750, "liverpoolphil"),
    ("liverpool", 4000, "liverpoolphil"),
    ("liverpool", 300, "artscityliverpool"),
    ("liverpool", 38, "artscityliverpool"),
    ("liverpool", 48000, "artscityliverpool"),
    ("liverpool", 45, "liverpoolphil"),
    ("liverpool", 50, "liverpoolphil"),
    ("liverpool", 20, "liverpoolphil"),
    ("liverpool", 40, "liverpoolphil"),
    ("newcastle-gateshead", 300, "citybutler"),
    ("newcastle-gateshead", 600, "sagegateshead"),
    ("newcastle-gateshead", 700, "colinscolumn"),
    ("newcastle-gateshead", 50, "sagegateshead"),
    ("newcastle-gateshead", 12, "sage-gateshead-to-expand"),
    ("newcastle-gateshead", 20, "sage-gateshead-to-expand"),
    ("nottingham", 1200, "jjpublicrelations"),
    ("nottingham", 575000, "jjpublicrelations"),
    ("nottingham", 3756, "nottinghammusichub"),
    ("nottingham", 6855, "nottinghammusichub"),
    ("nottingham", 12730, "nottinghammusichub"),
    ("nottingham", 64, "culturallearningalliance"),
    ("nottingham", 41, "culturallearningalliance"),
    ("nottingham", 14, "headteacher-update"),
    ("telford-stoke", 770, "harmony-musicians-classroom"),
    ("telford-stoke", 50, "inharmonytelfordstoke"),
    ("telford-stoke", 575000, "manchestercamerata"),
    # how Leeds grew
    ("leeds", 450, "operanorth.co.uk/education"),
    ("leeds", 92, "operanorth.co.uk/education"),
    ("leeds", 60, "operanorth.co.uk/education"),
    ("leeds", 650, "operanorth.co.uk/education"),
    ("leeds", 1000, "operanorth.co.uk/education"),
    ("leeds", 1100, "needs-your-vote"),
    ("leeds", 1800, "sixth-school"),
    ("leeds", 2500, "about-us/education"),
    ("leeds", 3200, "operanorth.co.uk/news"),
    ("leeds", 12, "operanorth.co.uk/news"),
    ("leeds", 3000, "red-violin"),
    (None, 8000, "artscouncil.org.uk/music-education-hubs/harmony"),
    (None, 50, "artscouncil.org.uk/music-education-hubs/harmony"),
    (None, 2500, "headteacher-update"),
    (None, 13, "headteacher-update"),
)


def rows():
    with published("programme/in_harmony_published_figures.csv").open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            values = row["value"].split(" and ")
            for value in values:
                unit, _, qualifier = row["unit"].partition(", ")
                hub = row["programme"]
                slug = HUBS.get(hub, hub.removeprefix("In Harmony ").lower())
                yield slug, float(value), unit, QUALIFIERS[qualifier], row["source page"].split("/")[0].split()[0]


def host(source):
    return source.split(";")[0].strip()


def test_each_row_of_the_published_file_is_in_the_record_with_value_unit_and_source(db):
    load_record(by=None)
    absent = [
        row
        for row in rows()
        if not PublishedFigure.objects.shown()
        .filter(
            programme__slug=row[0],
            **({"programme": None} if row[0] is None else {}),
            value=row[1],
            unit=row[2],
            qualifier=row[3],
            source__contains=host(row[4]),
        )
        .exists()
    ]
    assert absent == []


def test_the_facts_as_written_down_hold_each_row_of_the_published_file():
    named = {(slug, value, unit, qualifier) for slug, value, unit, qualifier, _ in rows()}
    noted = {(one.programme, float(one.value), one.unit, one.qualifier) for one in FIGURES}
    assert named <= noted
    # as many as the file has: a row of two values is two figures
    assert len(list(rows())) == 35


def test_each_number_in_print_of_a_programme_is_there_with_its_source(db):
    load_record(by=None)
    kept = PublishedFigure.objects.shown().select_related("programme")
    there = [(one.programme.slug if one.programme else None, float(one.value), one.source) for one in kept]
    absent = [
        (slug, value, source)
        for slug, value, source in BY_PROGRAMME
        if not any(of == slug and number == value and source in found for of, number, found in there)
    ]
    assert absent == []


def test_figures_of_the_music_hubs_of_england_are_never_among_in_harmonys():
    assert {one.measure for one in FIGURES if one.key.startswith("hubs-")} == {"hubs"}
    assert {one.programme for one in FIGURES if one.measure == "hubs"} == {None}
    assert not any(one.key.startswith("hubs-") for one in FIGURES if one.measure != "hubs")


def test_a_figure_without_a_year_in_print_has_none():
    for one in FIGURES:
        if not re.search(r"\d{4}", one.when):
            assert one.as_at is None, one.key
