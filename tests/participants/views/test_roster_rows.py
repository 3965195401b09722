"""Rows of a class list put right in the browser: cells, matches, leavers, classes that join, and what is handed back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from participants.actions.at_risk import flag_at_risk
from participants.models import Child, Enrolment, Membership, RosterImport, RosterRow
from tests.factories import programmes
from tests.participants.lists import UPNS, class_list, row_of, stage
from tests.people import person
from tests.trail import entries, entry

BAD = "Grace,Molloy,31/02/2018,,4,4 Heron,Y"
GOOD = "Bo,Wren,14/03/2018,,4,4 Heron,Y"


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


@pytest.fixture
def waiting(cast):
    with scoped(cast.liverpool_scope):
        return stage(cast.ruth, class_list(BAD, GOOD), school=cast.saltwharf)


def at(name, *args):
    return reverse(f"participants:roster{name}", args=args)


def kept(cast, waiting, number):
    with scoped(cast.liverpool_scope):
        return row_of(waiting, number)


def as_shown(cast, waiting):
    with scoped(cast.liverpool_scope):
        return RosterImport.objects.get(pk=waiting.pk)


def mend(client, waiting, number=2, **cells):
    return client.post(at("-row", waiting.pk, number), {f"cell-{name}": text for name, text in cells.items()})


def test_a_mended_cell_is_read_at_once_and_goes_in(ruth, cast, waiting):
    html = ruth.get(at("", waiting.pk)).content.decode()
    assert 'value="31/02/2018"' in html
    assert mend(ruth, waiting, date_of_birth="28/02/2018").status_code == 302
    row = kept(cast, waiting, 2)
    assert (row.outcome, row.problems, row.mended) == ("new", [], {"date_of_birth": [2, "31/02/2018", "28/02/2018"]})
    with scoped(cast.liverpool_scope):
        waiting.refresh_from_db()
    assert (waiting.counts["refused"], waiting.counts["new"]) == (0, 2)
    from participants.actions.roster_accepting import token_for

    assert ruth.post(at("-accept", waiting.pk), {"token": token_for(waiting, cast.ruth)}).status_code == 302
    with scoped(cast.liverpool_scope):
        assert f"{Child.objects.get(forename='Grace').date_of_birth:%d/%m/%Y}" == "28/02/2018"
    assert entry(act="roster.mended").details == {"row": 2, "columns": ["date_of_birth"]}


def test_what_is_mended_wrong_says_so_again(ruth, cast, waiting):
    answer = mend(ruth, waiting, date_of_birth="30/02/2018")
    assert answer.status_code == 422
    assert "“30/02/2018” is not a date" in answer.content.decode()
    assert kept(cast, waiting, 2).outcome == "refused"


def test_the_same_text_as_was_sent_takes_the_mending_back(ruth, cast, waiting):
    mend(ruth, waiting, date_of_birth="28/02/2018")
    mend(ruth, waiting, date_of_birth="31/02/2018")
    assert (kept(cast, waiting, 2).mended, kept(cast, waiting, 2).outcome) == ({}, "refused")


def test_a_row_in_order_can_be_mended_too(ruth, cast, waiting):
    mend(ruth, waiting, 3, surname="Wrenn")
    assert kept(cast, waiting, 3).fields["child"]["surname"] == "Wrenn"


def test_the_part_that_is_asked_for_is_the_row_and_the_counts(ruth, waiting):
    answer = ruth.post(at("-row", waiting.pk, 2), {"cell-date_of_birth": "28/02/2018"}, headers={"x-part": "row"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert ('id="row-2"' in html, 'id="ready"' in html, "<html" in html) == (True, True, False)
    assert "<b>2 of 2</b>" in html


def test_a_row_left_out_stays_out_and_can_come_in_again(ruth, cast, waiting):
    ruth.post(at("-row", waiting.pk, 3), {"decision": "out"})
    assert (kept(cast, waiting, 3).outcome, kept(cast, waiting, 3).decision) == ("refused", "out")
    ruth.post(at("-row", waiting.pk, 3), {"decision": "in"})
    assert (kept(cast, waiting, 3).outcome, kept(cast, waiting, 3).decision) == ("new", "")


def test_mending_one_row_keeps_what_was_decided_of_others(ruth, cast):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(BAD, "Yusuff,Ali,02/09/2017"), school=cast.saltwharf)
    ruth.post(at("-decide", staged.pk), {"row3": "same"})
    mend(ruth, staged, date_of_birth="28/02/2018")
    assert kept(cast, staged, 3).decision == "same"


def test_two_rows_of_one_child_after_mending_are_found_when_the_list_is_accepted(ruth, cast):
    from participants.actions.roster_accepting import token_for

    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(BAD, "Grace,Molloy,28/02/2018,,4,4 Heron,Y"), school=cast.saltwharf)
    mend(ruth, staged, date_of_birth="28/02/2018")
    answer = ruth.post(at("-accept", staged.pk), {"token": token_for(as_shown(cast, staged), cast.ruth)})
    assert answer.status_code == 409
    assert "would now do something else" in answer.content.decode()
    assert (
        ruth.post(at("-accept", staged.pk), {"token": token_for(as_shown(cast, staged), cast.ruth)}).status_code == 302
    )
    with scoped(cast.liverpool_scope):
        assert Child.objects.filter(forename="Grace").count() == 1


def test_a_upn_is_mended_without_being_shown_or_kept_in_the_open(ruth, cast):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list("Bo,Wren,14/03/2018,F999999925002"), school=cast.saltwharf)
    html = ruth.get(at("-row", staged.pk, 2)).content.decode()
    assert ("F999999925002" in html, "5002" in html) == (False, True)
    mend(ruth, staged, upn=UPNS[0])
    row = kept(cast, staged, 2)
    assert UPNS[0] not in repr([row.fields, row.cells, row.mended, row.problems])
    assert (row.problems, bool(row.fields["child"]["upn_hash"])) == ([], True)
    assert UPNS[0] not in ruth.get(at("-row", staged.pk, 2)).content.decode()
    # left blank it stays
    mend(ruth, staged, upn="", forename="Boo")
    assert kept(cast, staged, 2).fields["child"]["upn_hash"] == row.fields["child"]["upn_hash"]


def test_a_cell_of_a_column_that_is_not_read_cannot_be_mended(ruth, cast, waiting):
    before = kept(cast, waiting, 2)
    mend(ruth, waiting, ethnicity="WBRI", is_at_risk="1")
    assert kept(cast, waiting, 2).fields == before.fields


@pytest.mark.parametrize("name", ["-row", "-leavers", "-joins", "-columns"])
def test_another_hub_has_no_such_list(client, cast, waiting, name):
    client.force_login(person("Rita Ray", "administrator", programme=cast.leeds))
    args = (waiting.pk, 2) if name == "-row" else (waiting.pk,)
    assert client.get(at(name, *args)).status_code == 404


def test_a_colleague_looks_and_does_not_mend(client, cast, waiting):
    client.force_login(cast.joanne)
    assert "readonly" in client.get(at("-row", waiting.pk, 2)).content.decode()
    assert mend(client, waiting, date_of_birth="28/02/2018").status_code == 403
    assert kept(cast, waiting, 2).outcome == "refused"


def test_who_left_is_chosen_on_a_page_of_its_own(ruth, cast, waiting):
    yusuf = cast.children[1]
    html = ruth.get(at("-leavers", waiting.pk)).content.decode()
    assert yusuf.name in html
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = ruth.post(at("-leavers", waiting.pk), {"child": [yusuf.pk], "last_day": f"{yesterday}"})
    assert answer.status_code == 302
    html = ruth.get(at("", waiting.pk)).content.decode()
    assert "1 child leaves" in html
    with scoped(cast.liverpool_scope):
        assert Enrolment.objects.get(child=yusuf).ends_on is None


def test_a_child_of_another_school_cannot_be_made_to_leave(ruth, cast, waiting):
    other = cast.others[0]
    today = timezone.localdate()
    assert ruth.post(at("-leavers", waiting.pk), {"child": [other.pk], "last_day": f"{today}"}).status_code == 422
    with scoped(cast.liverpool_scope):
        assert not RosterRow.objects.filter(roster_import=waiting, decision="leaves").exists()


def test_classes_join_ensembles_of_their_school(ruth, cast, waiting):
    from participants.actions.roster_accepting import token_for

    with scoped(cast.liverpool_scope):
        strings = programmes.ensemble(cast.liverpool, "Heron Strings", school=cast.saltwharf)
    html = ruth.get(at("-joins", waiting.pk)).content.decode()
    assert "Heron Strings" in html
    name = html.split("Heron Strings")[0].rsplit('name="', 1)[1].split('"')[0]
    ruth.post(at("-joins", waiting.pk), {name: "on"})
    assert "4 Heron joins Heron Strings" in ruth.get(at("", waiting.pk)).content.decode()
    ruth.post(at("-accept", waiting.pk), {"token": token_for(waiting, cast.ruth)})
    with scoped(cast.liverpool_scope):
        assert [str(each.child) for each in Membership.objects.filter(ensemble=strings)] == ["Bo Wren"]


def test_rows_that_did_not_go_in_come_back_in_the_schools_own_layout_with_reasons(ruth, cast):
    headings = "Ref,Forename,Surname,DOB,Address"
    rows = ("007,Grace,Molloy,31/02/2018,1 Salt Lane", "008,Bo,Wren,14/03/2018,2 Salt Lane")
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(*rows, headings=headings), school=cast.saltwharf)
    answer = ruth.post(at("-left-out", staged.pk), {"kind": "xlsx"})
    (sheet,) = read(answer.content, "x.xlsx").sheets
    assert sheet.rows[0].cells == ("Ref", "Forename", "Surname", "DOB", "Address", "Why it did not go in")
    assert [row.cells[:5] for row in sheet.rows[1:]] == [("007", "Grace", "Molloy", "31/02/2018", None)]
    assert "is not a date" in str(sheet.rows[1].cells[5])
    assert entries()[-1].act == "roster.left_out_exported"


def test_a_list_that_went_in_whole_has_nothing_to_hand_back(ruth, cast):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(GOOD), school=cast.saltwharf)
    assert "left-out" not in ruth.get(at("", staged.pk)).content.decode()


@pytest.mark.parametrize("number", [0, 4, 999999999])
def test_a_row_that_is_not_there_is_404(ruth, waiting, number):
    assert ruth.get(at("-row", waiting.pk, number)).status_code == 404


def test_mending_needs_few_statements_whatever_the_list(ruth, cast, django_assert_max_num_queries):
    rows = [f"Bo{'abcdefgh'[n % 8]},Wren{'abcdefgh'[n // 8]},{1 + n % 28}/03/2018" for n in range(60)]
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(BAD, *rows), school=cast.saltwharf)
    with django_assert_max_num_queries(45):
        mend(ruth, staged, date_of_birth="28/02/2018")


def test_the_list_says_what_it_is_once_accepted_and_rows_are_no_more_to_be_mended(ruth, cast, waiting):
    from participants.actions.roster_accepting import token_for

    ruth.post(at("-accept", waiting.pk), {"token": token_for(waiting, cast.ruth)})
    assert ruth.get(at("-row", waiting.pk, 2)).status_code == 302
    html = ruth.get(at("", waiting.pk)).content.decode()
    assert ("The list is in: 1 of 2 rows" in html, "data-mend" in html) == (True, False)
    with scoped(cast.liverpool_scope):
        assert RosterImport.objects.get(pk=waiting.pk).state == "accepted"


def test_two_rows_mended_from_two_tabs_are_both_counted(cast, waiting):
    from participants.imports.roster import preview

    with scoped(cast.liverpool_scope):
        first, second = (RosterImport.objects.get(pk=waiting.pk) for _ in range(2))
        rows = row_of(waiting, 2), row_of(waiting, 3)
        preview.mend(first, rows[0], {"date_of_birth": "28/02/2018"}, by=cast.ruth)
        preview.mend(second, rows[1], {"date_of_birth": "31/02/2018"}, by=cast.ruth)
        # and the same row once more, by who still has it as it was
        preview.mend(second, rows[0], {"surname": "Molloyd"}, by=cast.ruth)
        waiting.refresh_from_db()
        assert (waiting.counts["new"], waiting.counts["refused"]) == (1, 1)
        row = row_of(waiting, 2)
    assert sorted(row.mended) == ["date_of_birth", "surname"]


def test_a_page_on_which_a_row_was_mended_in_its_place_can_be_accepted(ruth, cast, waiting):
    answer = ruth.post(
        at("-row", waiting.pk, 2), {"cell-date_of_birth": "28/02/2018"}, headers={"X-Part": "row"}
    ).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', answer)[1]
    assert ruth.post(at("-accept", waiting.pk), {"token": token}).status_code == 302


def test_a_child_at_risk_is_handed_back_on_no_paper_though_their_row_was_left_out_by_hand(ruth, cast):
    with scoped(cast.liverpool_scope):
        flag_at_risk(child=cast.children[0], by=cast.joanne)
        amara = cast.children[0]
        rows = (f"{amara.forename},{amara.surname.upper()},{amara.date_of_birth:%d/%m/%Y}", BAD)
        staged = stage(cast.ruth, class_list(*rows, "Amara,Adeyemi,31/02/2017"), school=cast.saltwharf)
    ruth.post(at("-row", staged.pk, 2), {"decision": "out"})
    answer = ruth.post(at("-left-out", staged.pk), {"kind": "csv"}).content.decode()
    assert ("Molloy" in answer, "Amara" in answer) == (True, False)


def test_a_box_of_an_old_page_is_of_the_class_that_stood_beside_it(ruth, cast, waiting):
    with scoped(cast.liverpool_scope):
        programmes.ensemble(cast.liverpool, "Heron Strings", school=cast.saltwharf)
    old_page = ruth.get(at("-joins", waiting.pk)).content.decode()
    name = old_page.split("Heron Strings")[0].rsplit('name="', 1)[1].split('"')[0]
    mend(ruth, waiting, 3, school_class="1 Ant")
    ruth.post(at("-joins", waiting.pk), {name: "on"})
    assert [each["school_class"] for each in as_shown(cast, waiting).joins] in ([], ["4 Heron"])


@pytest.mark.parametrize(("who", "is_whole"), [("ruth", True), ("joanne", False)])
def test_upns_are_handed_back_whole_to_who_may_see_them(client, cast, who, is_whole):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(f"Bo,Wren,31/02/2018,{UPNS[0]}"), school=cast.saltwharf)
    client.force_login(getattr(cast, who))
    answer = client.post(at("-left-out", staged.pk), {"kind": "csv"}).content.decode()
    assert (UPNS[0] in answer, UPNS[0][-4:] in answer) == (is_whole, True)
