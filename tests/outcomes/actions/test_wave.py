"""A wave is made with a slip for whoever may be asked, given out, and closed for good."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from outcomes.actions import wave as acts
from outcomes.measures.shipped import NEWEST
from outcomes.measures.structure import Informant
from outcomes.models import AskedGroup, Slip, Wave
from outcomes.validators.wave import HubClosedError, WaveRefusedError, WaveShutError
from participants.actions.child import move_class
from programmes.actions import closing
from tests.factories import participants
from tests.factories.schools import this_year
from tests.outcomes.waves import GIVEN, REFUSED, WITHDRAWN, agree, made, plan, slips_of
from tests.trail import entry


@pytest.fixture
def hub(cast):
    """Liverpool, where two of three families of 4B at Saltwharf agree, and nobody of Marigold Street was asked."""
    with scoped(cast.liverpool_scope):
        agree(cast.children[:2], by=cast.ruth)
        agree(cast.children[2:], by=cast.ruth, answer=REFUSED)
        yield cast


def test_whoever_may_be_asked_gets_one_slip_in_the_group_of_their_class(hub):
    wave = made(hub)
    slips = slips_of(wave)
    assert [slip.child for slip in slips] == hub.children[:2]
    groups = AskedGroup.objects.filter(wave=wave).order_by("school__name")
    assert [(g.school, g.year_group, g.school_class, g.slips.count()) for g in groups] == [
        (hub.marigold, "4", "4B", 0),
        (hub.saltwharf, "4", "4B", 2),
    ]
    assert {slip.mark[:7] for slip in slips} == {groups[1].code}
    assert len({slip.number for slip in slips}) == 2
    said = entry(act="wave.made")
    # a slip says whose it is, and is destroyed when names are taken off: the trail does not keep it for years
    assert (said.children, said.details["slips"]) == ([], 2)


def test_the_same_wave_sent_twice_is_one_and_another_of_its_name_is_refused(hub):
    first = made(hub)
    assert made(hub) == first
    assert Slip.objects.filter(wave=first).count() == 2
    with pytest.raises(WaveRefusedError, match="There is a wave “Autumn”") as refused:
        made(hub, moment=Wave.Moment.AFTER)
    assert refused.value.about == "name"
    assert made(hub, name="Spring") != first


def test_who_agreed_late_or_came_late_gets_a_slip_with_the_next_press(hub):
    wave = made(hub)
    before = {slip.child_id: slip.mark for slip in slips_of(wave)}
    agree(hub.children[2:], by=hub.ruth)
    (late,) = participants.children(
        hub.liverpool, hub.saltwharf, by=hub.ruth, names=[("Wren", "Lark")], school_class="4 Oak"
    )
    agree([late], by=hub.ruth)
    assert acts.give_slips(wave=wave, by=hub.ruth) == 2
    assert acts.give_slips(wave=wave, by=hub.ruth) == 0
    said = entry(act="wave.slips_given")
    assert (said.children, said.details) == ([], {"slips": 2})
    after = {slip.child_id: slip.mark for slip in slips_of(wave)}
    assert set(after) == {child.pk for child in (*hub.children, late)}
    assert before.items() <= after.items()
    assert AskedGroup.objects.get(wave=wave, school_class="4 Oak").slips.get().child == late


def test_who_changes_class_keeps_their_slip(hub):
    wave = made(hub)
    enrolment = hub.children[0].enrolments.get()
    move_class(enrolment=enrolment, academic_year=this_year(), year_group="4", school_class="4 Ash", by=hub.ruth)
    assert acts.give_slips(wave=wave, by=hub.ruth) == 0
    assert Slip.objects.filter(wave=wave).count() == 2


@pytest.mark.parametrize("answer", [REFUSED, WITHDRAWN])
def test_the_last_answer_of_a_family_counts(hub, answer):
    agree(hub.children[:1], by=hub.ruth, answer=answer)
    assert [slip.child for slip in slips_of(made(hub))] == hub.children[1:2]
    agree(hub.children[:1], by=hub.ruth, answer=GIVEN)
    assert [slip.child for slip in slips_of(made(hub, name="Spring"))] == hub.children[:2]


def test_families_get_slips_as_their_children_do_and_other_year_groups_none(hub):
    assert len(slips_of(made(hub, measure="family", informant=Informant.FAMILY))) == 2
    assert slips_of(made(hub, year_groups=("5",))) == []


def test_adults_get_as_many_slips_as_are_asked_for_and_none_is_anybodys(hub):
    wave = made(hub, measure="staff", informant=Informant.STAFF, year_groups=())
    assert acts.give_to_adults(wave=wave, school=hub.saltwharf, slips=12, by=hub.ruth) == 12
    assert acts.give_to_adults(wave=wave, school=hub.saltwharf, slips=12, by=hub.ruth) == 0
    assert acts.give_to_adults(wave=wave, school=hub.saltwharf, slips=15, by=hub.ruth) == 3
    assert acts.give_to_adults(wave=wave, school=hub.saltwharf, slips=4, by=hub.ruth) == 0
    slips = slips_of(wave)
    assert (len(slips), {slip.child for slip in slips}) == (15, {None})
    for wrong in (0, 61):
        with pytest.raises(WaveRefusedError, match="from 1 to 60"):
            acts.give_to_adults(wave=wave, school=hub.saltwharf, slips=wrong, by=hub.ruth)
    with pytest.raises(WaveRefusedError, match="does not ask them"):
        acts.give_to_adults(wave=wave, school=None, slips=3, by=hub.ruth)


def test_a_wave_of_children_gives_no_slips_to_adults(hub):
    with pytest.raises(WaveRefusedError, match="does not ask them"):
        acts.give_to_adults(wave=made(hub), school=hub.saltwharf, slips=3, by=hub.ruth)


@pytest.mark.parametrize(
    ("values", "words", "about"),
    [
        ({"year_groups": ()}, "Choose the year groups", "year_groups"),
        ({"informant": Informant.TUTOR}, "is not answered by tutor", "asked"),
        # each form is for one kind of people
        ({"measure": "sdq_staff"}, "is not answered by child", "asked"),
        ({"measure": "stirling"}, "cannot be asked", "asked"),
        ({"days": (0, -1)}, "cannot close before it opens", "closes_on"),
        ({"days": (-9, -2)}, "This day is over", "closes_on"),
        ({"days": (0, 93)}, "a term at most", "closes_on"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(hub, time_machine, values, words, about):
    time_machine.move_to("2026-10-05 10:00")
    first, last = (timezone.localdate() + timedelta(days=each) for each in values.pop("days", (0, 7)))
    with pytest.raises(WaveRefusedError, match=words) as refused:
        acts.make(programme=hub.liverpool, plan=plan(opens_on=first, closes_on=last, **values), by=hub.ruth)
    assert refused.value.about == about
    assert not Wave.objects.exists()


def test_a_wave_lies_within_one_academic_year(hub, time_machine):
    time_machine.move_to("2027-08-20 10:00")
    with pytest.raises(WaveRefusedError, match="by 31 August"):
        made(hub, closes_on=timezone.localdate() + timedelta(days=20))


AFTER, BEFORE = Wave.Moment.AFTER, Wave.Moment.BEFORE


def days(first, last):
    today = timezone.localdate()
    return {"opens_on": today + timedelta(days=first), "closes_on": today + timedelta(days=last)}


@pytest.mark.parametrize("first", [0, 7])
def test_what_is_asked_later_opens_once_all_were_asked_at_the_start(hub, time_machine, first):
    time_machine.move_to("2026-10-05 10:00")
    made(hub, name="Early", **days(0, 2))
    made(hub, **days(0, 7))
    with pytest.raises(WaveRefusedError, match="“Autumn” asks the same at the start until 12 October 2026") as refused:
        made(hub, name="Later", moment=AFTER, **days(first, 14))
    assert refused.value.about == "opens_on"
    assert made(hub, name="Later", moment=AFTER, **days(8, 14)).moment == AFTER
    # another questionnaire has an order of its own
    assert made(hub, name="Families", measure="family", informant=Informant.FAMILY, moment=AFTER, **days(0, 7))


def test_a_wave_that_was_closed_early_keeps_no_later_one_back(hub):
    acts.close(wave=made(hub, **days(0, 7)), by=hub.joanne)
    assert made(hub, name="Later", moment=AFTER, **days(0, 7)).moment == AFTER


@pytest.mark.parametrize(("first", "last"), [(10, 11), (12, 13), (0, 10)])
def test_what_is_asked_at_the_start_is_over_before_it_is_asked_later(hub, time_machine, first, last):
    time_machine.move_to("2026-10-05 10:00")
    made(hub, name="Later", moment=AFTER, **days(10, 14))
    with pytest.raises(WaveRefusedError, match="“Later” asks the same later, from 15 October 2026") as refused:
        made(hub, **days(first, last))
    assert refused.value.about == "closes_on"
    wave = made(hub, **days(0, 8))
    today = timezone.localdate()
    assert acts.change_last_day(wave=wave, closes_on=today + timedelta(days=9), by=hub.ruth)
    with pytest.raises(WaveRefusedError, match="asks the same later"):
        acts.change_last_day(wave=wave, closes_on=today + timedelta(days=10), by=hub.ruth)


def test_children_are_asked_as_often_in_a_year_as_families_agreed_to(hub):
    for name in ("One", "Two", "Three"):
        made(hub, name=name, year_groups=("3", "4"))
    with pytest.raises(WaveRefusedError, match=r"^Year 4 has 3 waves in this academic year") as refused:
        made(hub, name="Four", year_groups=("4", "5"))
    assert refused.value.about == "year_groups"
    with pytest.raises(WaveRefusedError, match=r"^Year 3 and Year 4 have 3 waves"):
        made(hub, name="Four", year_groups=("3", "4"))
    assert made(hub, name="Four", year_groups=("5",))
    # what families are asked themselves is none of it
    assert made(hub, name="Four", measure="family", informant=Informant.FAMILY)


def test_the_last_day_is_changed_until_the_wave_is_closed(hub):
    wave = made(hub)
    later = wave.closes_on + timedelta(days=7)
    assert acts.change_last_day(wave=wave, closes_on=later, by=hub.ruth).closes_on == later
    assert entry(act="wave.changed").details == {"fields": ["closes_on"]}
    with pytest.raises(WaveRefusedError, match="cannot close before it opens"):
        acts.change_last_day(wave=wave, closes_on=wave.opens_on - timedelta(days=1), by=hub.ruth)
    acts.close(wave=wave, by=hub.joanne)
    for act in (
        lambda: acts.change_last_day(wave=wave, closes_on=later, by=hub.ruth),
        lambda: acts.give_slips(wave=wave, by=hub.ruth),
    ):
        with pytest.raises(WaveShutError, match="“Autumn” is closed"):
            act()


def test_closed_twice_is_closed_once(hub):
    wave = made(hub)
    first = acts.close(wave=wave, by=hub.joanne)
    assert (first.closed_by, acts.close(wave=wave, by=hub.ruth).closed_at) == (hub.joanne, first.closed_at)
    assert entry(act="wave.closed").actor_id == hub.joanne.pk


def test_the_night_after_its_last_day_a_wave_is_closed_and_no_other(hub, time_machine):
    wave, longer = made(hub), made(hub, name="Longer", closes_on=timezone.localdate() + timedelta(days=8))
    assert acts.close_due(today=wave.closes_on) == 0
    assert acts.close_due(today=wave.closes_on + timedelta(days=1)) == 1
    assert acts.close_due(today=wave.closes_on + timedelta(days=1)) == 0
    wave.refresh_from_db()
    longer.refresh_from_db()
    assert (wave.closed_by, wave.closed_at is None, longer.closed_at) == (None, False, None)


def test_one_wave_that_cannot_be_closed_is_logged_and_keeps_no_other_back(hub, caplog, monkeypatch):
    first, other = made(hub), made(hub, name="Other")
    over, keep = first.closes_on + timedelta(days=1), acts.audit

    def fail(**told):
        if told["subject"].pk == first.pk:
            raise ValueError
        keep(**told)

    with monkeypatch.context() as patch:
        patch.setattr(acts, "audit", fail)
        assert acts.close_due(today=over) == 1
    assert f"Wave {first.pk} could not be closed" in caplog.text
    assert list(Wave.objects.filter(closed_at=None)) == [first]
    assert entry(act="wave.closed").subject_id == other.pk
    assert acts.close_due(today=over) == 1
    assert not Wave.objects.filter(closed_at=None).exists()


def test_in_a_closed_hub_nothing_is_asked_but_the_night_still_closes(hub):
    wave = made(hub)
    closing.close(programme=hub.liverpool, on=timezone.localdate(), by=hub.olu)
    for act in (
        lambda: made(hub, name="Spring"),
        lambda: acts.give_slips(wave=wave, by=hub.ruth),
        lambda: acts.change_last_day(wave=wave, closes_on=wave.closes_on, by=hub.ruth),
        lambda: acts.close(wave=wave, by=hub.joanne),
    ):
        with pytest.raises(HubClosedError, match="Nothing can be changed"):
            act()
    assert acts.close_due(today=wave.closes_on + timedelta(days=1)) == 1


def test_what_was_given_out_is_the_measure_as_it_was_when_made(hub):
    wave = made(hub)
    assert (wave.measure, wave.version) == ("music", NEWEST["music"].version)
