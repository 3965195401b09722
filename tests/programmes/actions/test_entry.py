"""One door for every entry of the record: kept, withdrawn, brought back; versions, trail, public pages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from inharmony.pages.public import EDITION
from programmes.actions import closing
from programmes.actions import entry as acts
from programmes.kinds import KINDS
from programmes.models import (
    EntryVersion,
    FundingMilestone,
    Milestone,
    Organisation,
    OrganisationRole,
    Place,
    Programme,
    ProgrammeStatus,
    PublishedFigure,
)
from tests.factories import record
from tests.factories.schools import LONG_AGO
from tests.trail import entries, entry

FIGURE, MILESTONE, STATUS = KINDS["figure"], KINDS["milestone"], KINDS["status"]


def versions(row, kind):
    found = EntryVersion.objects.filter(kind=kind.key, entry=row.pk).order_by("number")
    return [(one.number, one.reason, one.written_by) for one in found]


@pytest.fixture
def figure(cast):
    return record.figure(cast.liverpool)


def correct(cast, figure, value=720, *, version=0, by=None, why="Its report says 720"):
    return acts.keep(
        kind=FIGURE, row=figure, values={"value": Decimal(value)}, why=why, version=version, by=by or cast.joanne
    )


def test_a_correction_keeps_what_it_said_before_and_who_changed_it_why(cast, figure):
    kept = correct(cast, figure)
    figure.refresh_from_db()
    assert (kept.pk, figure.value, figure.is_by_hand) == (figure.pk, Decimal(720), True)
    assert versions(figure, FIGURE) == [(1, "", None), (2, "Its report says 720", cast.joanne)]
    first, second = EntryVersion.objects.filter(entry=figure.pk, kind="figure").order_by("number")
    assert (first.values["value"], second.values["value"]) == ("702.00", "720.00")
    assert set(first.values) == set(FIGURE.names)
    told = entry(act="record.kept")
    assert (told.actor_id, told.programme_id, told.subject_id) == (cast.joanne.pk, cast.liverpool.pk, figure.pk)
    assert told.details == {"kind": "figure", "version": 2, "fields": ["value"]}


def test_saying_what_is_said_already_changes_nothing(cast, figure):
    correct(cast, figure, value=702)
    assert (versions(figure, FIGURE), entries(act="record.kept")) == ([], [])
    figure.refresh_from_db()


def test_every_act_lets_the_public_pages_be_made_anew(cast, figure, django_capture_on_commit_callbacks):
    seen = [cache.get(EDITION)]

    def acted(act):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        seen.append(cache.get(EDITION))

    acted(lambda: correct(cast, figure))
    acted(lambda: acts.withdraw(kind=FIGURE, row=figure, why="Twice", version=2, by=cast.joanne))
    acted(lambda: acts.restore(kind=FIGURE, row=figure, number=1, why="Not twice", version=3, by=cast.joanne))
    assert len(set(seen)) == 4


def test_a_new_entry_is_version_one_of_whoever_wrote_it_and_sent_twice_it_is_one(cast):
    values = {"programme": cast.liverpool, "happened_on": date(2019, 5, 4), "precision": "day", "until": None}
    values |= {"title": "Ten years", "words": "", "source": "Its programme book"}
    made = [acts.keep(kind=MILESTONE, row=Milestone(), values=values, by=cast.joanne) for _ in range(2)]
    assert (made[0].pk, Milestone.objects.count(), made[0].is_by_hand) == (made[1].pk, 1, True)
    assert versions(made[0], MILESTONE) == [(1, "", cast.joanne)]
    assert entry(act="record.kept").details == {"kind": "milestone", "version": 1, "fields": []}


def test_two_people_at_once_the_second_is_told_and_writes_nothing(cast, figure):
    correct(cast, figure)
    with pytest.raises(acts.StaleError):
        correct(cast, figure, value=999)
    figure.refresh_from_db()
    assert (figure.value, len(versions(figure, FIGURE))) == (720, 2)
    correct(cast, figure, value=721, version=2)
    assert len(versions(figure, FIGURE)) == 3


def test_a_withdrawn_entry_is_shown_nowhere_and_comes_back_as_it_was(cast, figure):
    acts.withdraw(kind=FIGURE, row=figure, why="Printed by mistake", version=0, by=cast.joanne)
    assert not PublishedFigure.objects.shown().exists()
    last = EntryVersion.objects.get(entry=figure.pk, kind="figure", number=2)
    assert (last.is_withdrawn, last.reason) == (True, "Printed by mistake")
    with pytest.raises(acts.WithdrawnError):
        acts.withdraw(kind=FIGURE, row=figure, why="Again", version=2, by=cast.joanne)
    with pytest.raises(acts.WithdrawnError):
        correct(cast, figure, version=2)
    acts.restore(kind=FIGURE, row=figure, number=1, why="It was right", version=2, by=cast.joanne)
    (shown,) = PublishedFigure.objects.shown()
    assert (shown.value, shown.as_at, len(versions(figure, FIGURE))) == (702, date(2018, 1, 1), 3)
    assert [one.act for one in entries(subject_id=figure.pk)] == ["record.withdrawn", "record.restored"]


def test_an_earlier_version_comes_back_with_every_field(cast):
    row = record.collaboration(cast.liverpool, cast.leeds)
    kind = KINDS["collaboration"]
    values = {"title": "Face to face", "programmes": [cast.leeds], "children": None, "starts_on": date(2019, 1, 1)}
    acts.keep(kind=kind, row=row, values=values, why="x", version=0, by=cast.olu)
    acts.restore(kind=kind, row=row, number=1, why="y", version=2, by=cast.olu)
    row.refresh_from_db()
    assert (row.title, row.children, row.starts_on) == ("Side by side", 120, date(2018, 6, 25))
    assert set(row.programmes.all()) == {cast.liverpool, cast.leeds}
    # of two hubs: an entry in the trail that is of neither
    assert {one.programme_id for one in entries(act="record.restored")} == {None}
    with pytest.raises(acts.EntryRefusedError, match="no such version"):
        acts.restore(kind=kind, row=row, number=9, why="z", version=3, by=cast.olu)


def wrong(kind, row, by, /, **values):
    with pytest.raises(ValidationError) as refused:
        acts.keep(kind=kind, row=row, values=values, by=by)
    return refused.value.message_dict


def test_what_ends_does_so_after_it_began(cast):
    row = record.milestone(cast.liverpool)
    assert wrong(MILESTONE, row, cast.joanne, until=date(2008, 1, 1)) == {"until": ["It cannot end before it began."]}
    assert EntryVersion.objects.count() == 0


def test_a_source_is_needed_also_where_none_came_with_the_portal(cast):
    status = ProgrammeStatus.objects.get(programme=cast.liverpool)
    assert wrong(STATUS, status, cast.joanne, note="Since long ago") == {"source": ["Where it was found is missing."]}


def test_a_status_that_overlaps_says_which_one_stands_in_the_way(cast):
    old = ProgrammeStatus.objects.get(programme=cast.liverpool)
    said = {"programme": cast.liverpool, "starts_on": date(2024, 1, 1), "ends_on": None, "note": "", "source": "S"}
    (words,) = wrong(STATUS, ProgrammeStatus(), cast.joanne, status="left", **said)["starts_on"]
    assert words.startswith("“In Harmony Liverpool: Running” stands in the way: it is from ")
    assert words.endswith("End that on 31 December 2023 or earlier, or begin this later.")
    acts.keep(kind=STATUS, row=old, values={"ends_on": date(2023, 12, 31), "source": "S"}, why="w", by=cast.joanne)
    acts.keep(kind=STATUS, row=ProgrammeStatus(), values=said | {"status": "left"}, by=cast.joanne)
    assert ProgrammeStatus.objects.filter(programme=cast.liverpool).count() == 2


def test_a_role_that_overlaps_is_refused_and_one_after_it_is_not(cast):
    body = record.organisation()
    old = record.role(body, cast.liverpool, ends_on=date(2014, 12, 31))
    said = {"organisation": body, "programme": cast.liverpool, "kind": "partner", "note": "", "source": "S"}
    role, kind = OrganisationRole(), KINDS["role"]
    (words,) = wrong(kind, role, cast.joanne, starts_on=date(2014, 1, 1), ends_on=None, **said)["starts_on"]
    assert f"“{old}” stands in the way: it is from 1 January 2012 until 31 December 2014." in words
    (words,) = wrong(kind, role, cast.joanne, starts_on=date(2010, 1, 1), ends_on=date(2012, 5, 1), **said)["starts_on"]
    assert "End this on 31 December 2011 or earlier" in words
    acts.keep(kind=kind, row=role, values=said | {"starts_on": date(2015, 1, 1), "ends_on": None}, by=cast.joanne)
    # another kind of role of the same time is something else
    acts.keep(
        kind=kind,
        row=OrganisationRole(),
        values=said | {"kind": "funder", "starts_on": date(2014, 1, 1), "ends_on": None},
        by=cast.joanne,
    )


def test_what_sources_disagree_about_names_both(cast):
    status = ProgrammeStatus.objects.get(programme=cast.liverpool)
    said = wrong(STATUS, status, cast.joanne, status="disputed", source="One alone")
    assert set(said) == {"note", "source"}
    values = {"status": "disputed", "source": "One, 2024; Another, 2025", "note": "One says so, another not."}
    assert acts.keep(kind=STATUS, row=status, values=values, why="w", by=cast.joanne).status == "disputed"


@pytest.mark.parametrize(
    "address", ["http://example.org/", "javascript:alert(1)", "https://user@example.org/", "//x.org"]
)
def test_only_safe_addresses_are_kept(cast, address):
    assert set(wrong(KINDS["hub"], cast.liverpool, cast.joanne, website=address, source="S")) == {"website"}
    assert Programme.objects.get(pk=cast.liverpool.pk).website == ""


def test_places_are_served_once_at_a_time_and_lie_in_the_country(cast):
    authority = cast.saltwharf.local_authority
    old = Place.objects.create(
        programme=cast.liverpool, name="Saltwharf", local_authority=authority, starts_on=LONG_AGO
    )
    said = {"programme": cast.liverpool, "local_authority": authority, "name": "Saltwharf", "source": "S"}
    said |= {"ends_on": None, "latitude": 53.4, "longitude": None}
    found = wrong(KINDS["place"], Place(), cast.joanne, starts_on=date(2024, 1, 1), **said)
    assert (set(found), "“Saltwharf” stands in the way" in found["starts_on"][0]) == ({"starts_on", "longitude"}, True)
    far = {"latitude": -33.0, "longitude": 151.0, "source": "S"}
    assert set(wrong(KINDS["place"], old, cast.joanne, **far)) == {"latitude", "longitude"}


def test_what_has_no_withdrawing_is_ended_instead(cast):
    status = ProgrammeStatus.objects.get(programme=cast.liverpool)
    with pytest.raises(acts.WithdrawnError, match="write down its last day"):
        acts.withdraw(kind=STATUS, row=status, why="w", version=0, by=cast.joanne)
    with pytest.raises(acts.EntryRefusedError):
        acts.keep(kind=KINDS["hub"], row=Programme(), values={}, by=cast.olu)


def test_an_organisation_gets_a_word_for_its_address_once(cast):
    record.organisation("Saltwharf Trust")
    kind = KINDS["organisation"]
    made = acts.keep(
        kind=kind, row=Organisation(), values={"name": "Saltwharf: Trust", "website": "", "source": "S"}, by=cast.olu
    )
    assert made.slug == "saltwharf-trust-2"
    acts.keep(kind=kind, row=made, values={"name": "Another Trust"}, why="Renamed", version=1, by=cast.olu)
    made.refresh_from_db()
    assert (made.slug, made.name) == ("saltwharf-trust-2", "Another Trust")
    assert set(wrong(kind, Organisation(), cast.olu, name="saltwharf trust", website="", source="S")) == {"name"}


def test_a_former_name_stands_once(cast):
    body, kind = record.organisation(), KINDS["former-name"]
    said = {"organisation": body, "name": "Old Trust", "until": None, "source": "S"}
    acts.keep(kind=kind, row=kind.model(), values=said, by=cast.olu)
    assert set(wrong(kind, kind.model(), cast.olu, **said | {"until": date(2020, 1, 1)})) == {"name"}


def test_sums_and_nothing_are_kept_as_they_were(cast):
    row = record.condition(record.agreement(record.organisation(), cast.liverpool))
    kind = KINDS["condition"]
    acts.keep(kind=kind, row=row, values={"amount": None, "met_on": date(2025, 2, 1)}, why="w", by=cast.joanne)
    acts.restore(kind=kind, row=row, number=1, why="w", version=2, by=cast.joanne)
    row = FundingMilestone.objects.get()
    assert (row.amount, row.met_on) == (Decimal("12500.50"), None)


def test_the_record_of_a_closed_hub_is_corrected_by_the_operator_alone(cast, figure):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    status = ProgrammeStatus.objects.get(programme=cast.liverpool)
    for act in (
        lambda: correct(cast, figure),
        lambda: acts.withdraw(kind=FIGURE, row=figure, why="w", version=0, by=cast.joanne),
        lambda: acts.keep(kind=STATUS, row=status, values={"source": "S"}, why="w", by=cast.joanne),
    ):
        with pytest.raises(acts.ClosedHubError, match="corrected by the operator"):
            act()
    assert EntryVersion.objects.count() == 0
    correct(cast, figure, by=cast.olu)
    last = {"ends_on": timezone.localdate() - timedelta(days=1), "source": "S"}
    acts.keep(kind=STATUS, row=status, values=last, why="It closed", by=cast.olu)
    assert len(entries(act="record.kept")) == 2
