from datetime import date
from decimal import Decimal

from programmes.actions.keeping import keep
from programmes.models import Milestone, Organisation, ProgrammeStatus, PublishedFigure
from schools.actions.staging import Kept

FACT = {
    "key": "first-concert",
    "happened_on": date(2009, 5, 1),
    "title": "First concert",
    "source": "a.org",
}


def test_a_fact_is_added_once_and_corrected(db):
    assert keep(Milestone, [FACT]) == Kept(new=1)
    assert keep(Milestone, [FACT]) == Kept(unchanged=1)
    assert keep(Milestone, [FACT | {"title": "First concert ever"}]) == Kept(changed=1)
    assert Milestone.objects.get().title == "First concert ever"


def test_a_row_somebody_changed_or_withdrew_is_left_alone_and_does_not_come_back(db):
    keep(Milestone, [FACT])
    Milestone.objects.update(title="Our first", happened_on=date(2009, 6, 1), is_by_hand=True)
    assert keep(Milestone, [FACT]) == Kept(unchanged=1)
    Milestone.objects.update(withdrawn_on=date(2026, 11, 29))
    assert keep(Milestone, [FACT]) == Kept(unchanged=1)
    assert Milestone.objects.get().title == "Our first"
    assert not Milestone.objects.shown().exists()


def test_a_row_somebody_added_is_left_alone(db):
    Milestone.objects.create(happened_on=date(2009, 5, 1), title="First concert", source="b.org", is_by_hand=True)
    keep(Milestone, [FACT])
    assert sorted(Milestone.objects.values_list("source", flat=True)) == ["a.org", "b.org"]


def test_a_row_from_before_keys_is_known_by_what_it_is_of_and_takes_the_key(db):
    Organisation.objects.create(slug="opera-north", name="Opera N.")
    row = {"key": "opera-north", "slug": "opera-north", "name": "Opera North"}
    assert keep(Organisation, [row], ["slug"]) == Kept(changed=1)
    assert Organisation.objects.get().key == "opera-north"
    assert keep(Organisation, [row], ["slug"]) == Kept(unchanged=1)


def test_whole_numbers_and_those_of_the_database_are_the_same(db):
    row = {"key": "a", "measure": "children", "label": "children", "value": 84, "unit": "children", "when": "2009"}
    keep(PublishedFigure, [row | {"source": "a.org"}])
    assert keep(PublishedFigure, [row | {"source": "a.org"}]) == Kept(unchanged=1)
    assert keep(PublishedFigure, [row | {"source": "a.org", "value": Decimal("84.50")}]) == Kept(changed=1)


def test_what_ends_and_what_comes_after_it_are_brought_in_together(cast):
    first = {
        "key": "liverpool-running",
        "programme_id": cast.liverpool.pk,
        "status": "running",
        "starts_on": date(2030, 1, 1),
        "ends_on": None,
    }
    after = first | {"key": "liverpool-left", "status": "left", "starts_on": date(2031, 1, 1)}
    nature = ["programme_id", "starts_on"]
    ProgrammeStatus.objects.filter(programme=cast.liverpool).delete()
    keep(ProgrammeStatus, [first], nature)
    ended = first | {"ends_on": date(2030, 12, 31)}
    assert keep(ProgrammeStatus, [ended, after], nature) == Kept(new=1, changed=1)


def test_a_correction_leaves_the_time_of_which_somebody_entered_a_row(cast):
    fact = {
        "key": "liverpool-running",
        "programme_id": cast.liverpool.pk,
        "status": "running",
        "starts_on": date(2030, 1, 1),
        "ends_on": date(2030, 12, 31),
    }
    nature = ["programme_id", "starts_on"]
    ProgrammeStatus.objects.filter(programme=cast.liverpool).delete()
    keep(ProgrammeStatus, [fact], nature)
    theirs = {"status": "left", "starts_on": date(2031, 1, 1), "is_by_hand": True}
    ProgrammeStatus.objects.create(programme=cast.liverpool, **theirs)
    longer = fact | {"ends_on": date(2031, 8, 31), "note": "Until the summer"}
    assert keep(ProgrammeStatus, [longer], nature) == Kept(unchanged=1)
    assert ProgrammeStatus.objects.get(key="liverpool-running").ends_on == date(2030, 12, 31)
