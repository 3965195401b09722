"""What came from a file is destroyed thirty days after, whatever became of the list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions.roster_keeping import destroy_due
from participants.models import Child, RosterImport, RosterRow, RosterSheet
from participants.tasks import destroy_lists
from programmes.actions import closing
from tests.participants.lists import accept, class_list, stage
from tests.trail import entry

DAY = timedelta(days=1)
TOTAL = "Total,,,,,,1"


@pytest.fixture
def lists(cast):
    with scoped(cast.liverpool_scope):
        accepted = accept(cast.ruth, stage(cast.ruth, class_list("Bo,Wren,14/03/2018", TOTAL), school=cast.saltwharf))
        waiting = stage(cast.ruth, class_list("Cy,Finch,15/03/2018"), school=cast.saltwharf)
    return accepted, waiting


def kept(cast):
    with scoped(cast.liverpool_scope):
        return (RosterRow.objects.count(), RosterSheet.objects.count(), RosterImport.objects.count())


def test_nothing_is_destroyed_within_the_thirty_days(cast, lists):
    before = kept(cast)
    assert destroy_due(today=timezone.localdate() + 30 * DAY) == 0
    assert kept(cast) == before


def test_on_its_date_all_that_came_from_the_file_goes_and_the_entry_stays(cast, lists):
    accepted, _ = lists
    assert destroy_due(today=timezone.localdate() + 31 * DAY) == 2
    assert kept(cast) == (0, 0, 1)
    with scoped(cast.liverpool_scope):
        accepted.refresh_from_db()
        assert Child.objects.filter(forename="Bo").exists()
    assert (accepted.destroyed_at is not None, accepted.counts["new"], accepted.notes) == (True, 1, [])
    assert "Wren" not in str(accepted.columns)
    assert entry(act="roster.destroyed", subject_id=accepted.pk).details == {}


def test_destroying_twice_does_nothing_more(cast, lists):
    later = timezone.localdate() + 31 * DAY
    assert (destroy_due(today=later), destroy_due(today=later)) == (2, 0)


def test_in_a_closed_hub_the_rows_go_too(cast, lists):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    assert destroy_due(today=timezone.localdate() + 31 * DAY) == 2
    assert kept(cast) == (0, 0, 2)


def test_the_page_says_that_it_was_destroyed(client, cast, lists):
    accepted, _ = lists
    destroy_due(today=timezone.localdate() + 31 * DAY)
    client.force_login(cast.ruth)
    html = client.get(f"/imports/{accepted.pk}/").content.decode()
    assert "What the file held was destroyed" in html
    assert "Wren" not in html


def test_the_nightly_task_destroys(cast, lists, time_machine):
    time_machine.move_to(timezone.now() + 32 * DAY, tick=False)
    destroy_lists()
    assert kept(cast) == (0, 0, 1)
