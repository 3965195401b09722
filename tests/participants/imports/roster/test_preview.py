"""A class list from the file to the children, against a real programme."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import roster as acts
from participants.actions import roster_accepting, roster_deciding
from participants.imports.roster import preview, rereading
from participants.imports.roster.columns import NotARosterError
from participants.models import Child, Enrolment, Identity, Membership, Placement, RosterImport, RosterRow, RosterSheet
from participants.validators.identity import unseal, upn_hash
from schools.models import AcademicYear
from tests.factories import programmes
from tests.factories.schools import LONG_AGO, this_year
from tests.participants.lists import HEADINGS, UPNS, accept, class_list, outcomes, row_of, sent, stage
from tests.trail import entries, entry

AMARA = "Amara,Adeyemi,01/09/2017"
NEW = f"Bo,Wren,14/03/2018,{UPNS[0]},4,4 Heron,Y"


@pytest.fixture
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield cast


def everything():
    """Every row about children, as it stands."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in (Child, Enrolment, Placement)}


def test_stage_writes_nothing_about_children(inside):
    before = everything()
    staged = stage(inside.ruth, class_list(NEW), school=inside.saltwharf)
    assert everything() == before
    assert staged.counts == {
        "total": 1,
        "new": 1,
        "unchanged": 0,
        "changed": 0,
        "close_match": 0,
        "school_move": 0,
        "refused": 0,
        "leaver": 3,
    }
    assert (staged.state, staged.heading_row, staged.encoding, staged.file_format) == ("preview", 1, "utf-8", "csv")


def test_stage_keeps_no_upn_in_the_open(inside):
    staged = stage(inside.ruth, class_list(NEW), school=inside.saltwharf)
    row = row_of(staged, 2)
    assert UPNS[0] not in repr([row.fields, row.cells, row.before, row.problems])
    assert unseal(row.fields["file"]["upn_sealed"]) == UPNS[0]


def test_stage_keeps_the_sheet_sealed_without_what_must_not_be_held(inside):
    data = class_list(f"{NEW},12 Salt Lane", headings=f"{HEADINGS},Address")
    staged = stage(inside.ruth, data, school=inside.saltwharf, file_name="Faith Y4.csv")
    kept = rereading.kept_sheet(staged, 0)
    assert [row.cells[:3] for row in kept.rows] == [("Forename", "Surname", "DOB"), ("Bo", "Wren", "14/03/2018")]
    assert (kept.rows[0].cells[7], "Salt Lane" in repr(kept)) == ("Address", False)
    (piece,) = RosterSheet.objects.filter(roster_import=staged)
    assert b"Wren" not in bytes(piece.content)
    acts.discard(roster_import=staged, by=inside.ruth)
    assert not RosterSheet.objects.exists()


def test_accept_makes_children_enrolments_and_placements_with_the_imports_number(inside):
    staged = accept(inside.ruth, stage(inside.ruth, class_list(NEW), school=inside.saltwharf))
    child = Child.objects.get(forename="Bo")
    assert (child.surname, child.sort_key, child.date_of_birth, child.sex) == (
        "Wren",
        "wren bo",
        date(2018, 3, 14),
        "U",
    )
    assert (child.upn_hash, unseal(child.upn_sealed)) == (upn_hash(UPNS[0]), UPNS[0])
    assert (child.is_pupil_premium, child.is_fsm, child.roster_import_id) == (True, None, staged.pk)
    enrolment = Enrolment.objects.get(child=child)
    assert (enrolment.school_id, enrolment.ends_on, enrolment.roster_import_id) == (
        inside.saltwharf.pk,
        None,
        staged.pk,
    )
    placement = Placement.objects.get(child=child)
    assert (placement.year_group, placement.school_class, placement.roster_import_id) == ("4", "4 Heron", staged.pk)
    assert Identity.objects.filter(child_id=child.pk).values_list("child_id", flat=True).count() == 1
    assert (staged.state, staged.accepted_by) == ("accepted", inside.ruth)


def test_accept_leaves_one_audited_act_without_names(inside):
    staged = stage(inside.ruth, class_list(NEW), school=inside.saltwharf)
    before = len(entries())
    accept(inside.ruth, staged)
    event = entry(act="roster.accepted")
    assert len(entries()) == before + 1
    assert (event.actor_id, event.subject_id) == (inside.ruth.pk, staged.pk)
    assert event.details == {"school": inside.saltwharf.pk, "rows": staged.counts}


def test_the_first_list_of_a_year_counts_from_its_first_day_and_a_later_one_from_today(inside):
    accept(inside.joanne, stage(inside.joanne, class_list("Ida,Finch,02/02/2018"), school=inside.saltwharf))
    assert Enrolment.objects.get(child__forename="Ida").starts_on == timezone.localdate()
    Placement.objects.filter(enrolment__school=inside.marigold).delete()
    accept(inside.joanne, stage(inside.joanne, class_list("Cy,Swift,03/03/2018"), school=inside.marigold))
    assert Enrolment.objects.get(child__forename="Cy").starts_on == this_year().starts_on


def test_the_schools_own_date_of_entry_counts(inside):
    entry = this_year().starts_on + timedelta(days=20)
    data = class_list(f"Bo,Wren,14/03/2018,{entry:%d/%m/%Y}", headings="Forename,Surname,DOB,Date of Entry")
    accept(inside.ruth, stage(inside.ruth, data, school=inside.saltwharf))
    assert Enrolment.objects.get(child__forename="Bo").starts_on == entry


def test_a_list_of_children_as_they_stand_changes_nothing(inside):
    rows = [f"{c.forename},{c.surname.upper()},{c.date_of_birth:%d/%m/%Y},,4,4B" for c in inside.children]
    before = everything()
    staged = stage(inside.ruth, class_list(*rows), school=inside.saltwharf)
    assert set(outcomes(staged).values()) == {"unchanged"}
    accept(inside.ruth, staged)
    assert everything() == before


def test_changed_fields_are_shown_before_and_after_and_then_written(inside):
    amara = inside.children[0]
    staged = stage(inside.ruth, class_list(f"{AMARA},{UPNS[0]},5,5 Kestrel,N"), school=inside.saltwharf)
    row = row_of(staged, 2)
    assert (row.outcome, row.child_id) == ("changed", amara.pk)
    assert (row.before["child"]["is_pupil_premium"], row.fields["child"]["is_pupil_premium"]) == (None, False)
    assert (row.before["placement"]["school_class"], row.fields["placement"]["school_class"]) == ("4B", "5 Kestrel")
    accept(inside.ruth, staged)
    amara.refresh_from_db()
    assert (amara.is_pupil_premium, unseal(amara.upn_sealed), amara.revision) == (False, UPNS[0], 2)
    place = Placement.objects.get(child=amara)
    assert (place.year_group, place.school_class, place.roster_import_id) == ("5", "5 Kestrel", staged.pk)


def test_a_blank_in_the_file_erases_nothing(inside):
    staged = stage(inside.ruth, class_list(f"{AMARA},,,,"), school=inside.saltwharf)
    assert outcomes(staged) == {2: "unchanged"}


def test_the_same_file_again_says_so_and_writes_nothing(inside):
    accepted = accept(inside.ruth, stage(inside.ruth, class_list(NEW), school=inside.saltwharf))
    before = (everything(), RosterImport.objects.count(), RosterRow.objects.count(), len(entries()))
    with pytest.raises(preview.AlreadyImportedError) as caught:
        stage(inside.joanne, class_list(NEW), school=inside.saltwharf, file_name="again.csv")
    assert caught.value.roster_import == accepted
    assert "by Ruth Bell; there is nothing to change" in str(caught.value)
    assert (everything(), RosterImport.objects.count(), RosterRow.objects.count(), len(entries())) == before


def test_the_same_file_waiting_twice_is_accepted_once(inside):
    first, second = (stage(inside.ruth, class_list(NEW), school=inside.saltwharf) for _ in range(2))
    accept(inside.ruth, first)
    with pytest.raises(acts.RosterChangedError):
        accept(inside.ruth, second)
    assert outcomes(second) == {2: "unchanged"}
    with pytest.raises(acts.RosterChangedError):
        accept(inside.ruth, second)
    assert Child.objects.filter(forename="Bo").count() == 1


def test_accept_shows_the_new_difference_when_children_changed_meanwhile(inside):
    staged = stage(inside.ruth, class_list(f"{AMARA},,5"), school=inside.saltwharf)
    Placement.objects.filter(child=inside.children[0]).update(year_group="3", revision=7)
    with pytest.raises(acts.RosterChangedError, match="1 row would now do something else"):
        accept(inside.ruth, staged)
    assert row_of(staged, 2).before["placement"]["year_group"] == "3"
    accept(inside.ruth, staged)
    assert Placement.objects.get(child=inside.children[0]).year_group == "5"


def test_only_the_uploader_may_accept_and_only_with_the_pages_token(inside):
    staged = stage(inside.ruth, class_list(NEW), school=inside.saltwharf)
    with pytest.raises(acts.NotTheUploaderError):
        preview.accept(staged, roster_accepting.token_for(staged, inside.joanne), by=inside.joanne)
    for token in ("", "x:y", roster_accepting.token_for(staged, inside.joanne)):
        with pytest.raises(acts.RosterRefusedError, match="was not complete"):
            preview.accept(staged, token, by=inside.ruth)
    assert not Child.objects.filter(forename="Bo").exists()


def test_an_import_is_accepted_once(inside):
    staged = stage(inside.ruth, class_list(NEW), school=inside.saltwharf)
    accept(inside.ruth, staged)
    with pytest.raises(acts.NotWaitingError):
        accept(inside.ruth, staged)
    with pytest.raises(acts.NotWaitingError):
        acts.discard(roster_import=staged, by=inside.ruth)


def test_refused_rows_stay_out_and_the_others_go_in(inside):
    staged = stage(inside.ruth, class_list(NEW, "Ada,,14/03/2018", "Cy,Finch,31/02/2017"), school=inside.saltwharf)
    assert outcomes(staged) == {2: "new", 3: "refused", 4: "refused"}
    accept(inside.ruth, staged)
    assert not Child.objects.filter(forename__in=["Ada", "Cy"]).exists()


def test_a_child_of_another_school_of_the_hub_moves(inside):
    child = inside.others[0]
    row = f"{child.forename},{child.surname},{child.date_of_birth:%d/%m/%Y}"
    staged = stage(inside.ruth, class_list(row), school=inside.saltwharf)
    assert outcomes(staged) == {2: "school_move"}
    accept(inside.ruth, staged)
    old, new = Enrolment.objects.filter(child=child).order_by("starts_on")
    today = timezone.localdate()
    assert (old.school_id, old.ends_on) == (inside.marigold.pk, today - timedelta(days=1))
    assert (new.school_id, new.starts_on, new.ends_on) == (inside.saltwharf.pk, today, None)
    place = Placement.objects.get(enrolment=new)
    assert (place.year_group, place.school_class) == ("4", "")


def test_a_child_who_moved_over_the_summer_moves_on_the_first_day_of_the_year(inside):
    child = inside.others[0]
    Placement.objects.filter(child=child).delete()
    row = f"{child.forename},{child.surname},{child.date_of_birth:%d/%m/%Y}"
    accept(inside.ruth, stage(inside.ruth, class_list(row), school=inside.saltwharf))
    starts = Enrolment.objects.filter(child=child).order_by("starts_on").values_list("starts_on", "ends_on")
    newcomers_from = timezone.localdate()  # the school's list of this year is in already
    assert list(starts) == [(LONG_AGO, newcomers_from - timedelta(days=1)), (newcomers_from, None)]


def test_a_child_whom_two_schools_list_on_one_day_is_where_the_last_list_says(inside):
    child = inside.others[0]
    row = f"{child.forename},{child.surname},{child.date_of_birth:%d/%m/%Y}"
    accept(inside.ruth, stage(inside.ruth, class_list(row), school=inside.saltwharf))
    accept(inside.ruth, stage(inside.ruth, class_list(row, ""), school=inside.marigold))
    again = stage(inside.ruth, class_list(row, "", ""), school=inside.marigold)
    assert outcomes(again) == {2: "unchanged"}
    accept(inside.ruth, again)
    schools = Enrolment.objects.filter(child=child).order_by("starts_on").values_list("school_id", flat=True)
    assert list(schools) == [inside.marigold.pk, inside.saltwharf.pk, inside.marigold.pk]


def test_a_child_of_another_hub_is_simply_new(inside):
    child = inside.leeds_children[0]
    row = f"{child.forename},{child.surname},{child.date_of_birth:%d/%m/%Y}"
    staged = stage(inside.ruth, class_list(row), school=inside.saltwharf)
    assert outcomes(staged) == {2: "new"}
    accept(inside.ruth, staged)
    with scoped(inside.both):
        assert Child.objects.filter(forename=child.forename, surname=child.surname).count() == 2


def test_a_child_who_left_and_is_listed_again_is_enrolled_again(inside):
    amara = inside.children[0]
    yesterday = timezone.localdate() - timedelta(days=1)
    Enrolment.objects.filter(child=amara).update(ends_on=yesterday - timedelta(days=30))
    staged = stage(inside.ruth, class_list(AMARA), school=inside.saltwharf)
    assert outcomes(staged) == {2: "changed"}
    accept(inside.ruth, staged)
    assert Enrolment.objects.filter(child=amara).count() == 2
    assert Enrolment.objects.on(timezone.localdate()).filter(child=amara).count() == 1


def test_a_leaving_date_ends_the_enrolment(inside):
    day = timezone.localdate() + timedelta(days=10)
    data = class_list(f"{AMARA},{day:%d/%m/%Y}", headings="Forename,Surname,DOB,Leaving Date")
    accept(inside.ruth, stage(inside.ruth, data, school=inside.saltwharf))
    assert Enrolment.objects.get(child=inside.children[0]).ends_on == day


def test_a_child_who_left_before_the_year_is_refused(inside):
    data = class_list("Bo,Wren,14/03/2018,01/07/2019", headings="Forename,Surname,DOB,Leaving Date")
    staged = stage(inside.ruth, data, school=inside.saltwharf)
    assert outcomes(staged) == {2: "refused"}
    assert "left on 01/07/2019, before the year of this list began" in row_of(staged, 2).problems[0]["message"]


def test_a_list_of_a_past_year_enrols_within_that_year(inside):
    past = this_year().__class__(year=this_year().year - 2)
    accept(inside.ruth, stage(inside.ruth, class_list(NEW), school=inside.saltwharf, year=past))
    enrolment = Enrolment.objects.get(child__forename="Bo")
    assert (enrolment.starts_on, enrolment.ends_on) == (past.starts_on, past.ends_on)


def test_a_row_of_another_school_is_refused_and_no_school_is_made(inside):
    data = class_list(
        "Bo,Wren,14/03/2018,123456",
        "Cy,Finch,15/03/2018,999999",
        "Di,Swift,16/03/2018,888888",
        f"Ed,Robin,17/03/2018,{inside.saltwharf.pk}",
        headings="Forename,Surname,DOB,School URN",
    )
    staged = stage(inside.ruth, data, school=inside.saltwharf)
    assert outcomes(staged) == {2: "refused", 3: "new", 4: "new", 5: "new"}
    problem = row_of(staged, 2).problems[0]
    assert (problem["column"], problem["value"], problem["refused"]) == ("School URN", "123456", True)
    assert f"is another school than {inside.saltwharf.pk}" in problem["message"]
    accept(inside.ruth, staged)
    schools = dict(
        Enrolment.objects.filter(child__forename__in=["Cy", "Di", "Ed"]).values_list("child__forename", "school_id")
    )
    assert schools == {"Cy": None, "Di": None, "Ed": inside.saltwharf.pk}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Amarah,Adeyemi,01/09/2017", "names are alike"),
        ("Adeyemi,Amara,01/09/2017", "the other way round"),
        ("Amara,Okafor,01/09/2017", "but another surname"),
        ("Amara,Adeyemi,09/01/2017", "day and month of birth the other way round"),
        ("Amara,Adeyemi,01/09/2016", "differs in one figure"),
    ],
)
def test_a_close_match_waits_until_it_is_decided(inside, row, why):
    amara, count = inside.children[0], Child.objects.count()
    staged = stage(inside.ruth, class_list(row), school=inside.saltwharf)
    kept = row_of(staged, 2)
    assert (kept.outcome, kept.child_id, kept.fields["does"], why in kept.fields["why"]) == (
        "close_match",
        amara.pk,
        "nothing",
        True,
    )
    accept(inside.ruth, staged)
    assert Child.objects.count() == count


def test_a_close_match_decided_as_the_same_child_changes_that_child(inside):
    staged = stage(inside.ruth, class_list("Amarah,Adeyemi,01/09/2017"), school=inside.saltwharf)
    preview.decide(staged, {2: "same"}, by=inside.ruth)
    assert staged.counts["close_match"] == 1
    accept(inside.ruth, staged)
    inside.children[0].refresh_from_db()
    assert inside.children[0].forename == "Amarah"


def test_a_close_match_decided_as_another_child_makes_one(inside):
    staged = stage(inside.ruth, class_list("Amarah,Adeyemi,01/09/2017"), school=inside.saltwharf)
    preview.decide(staged, {2: "another"}, by=inside.ruth)
    accept(inside.ruth, staged)
    assert Child.objects.filter(forename__startswith="Amara").count() == 2


def test_a_decision_can_be_taken_back(inside):
    staged = stage(inside.ruth, class_list("Amarah,Adeyemi,01/09/2017"), school=inside.saltwharf)
    preview.decide(staged, {2: "same"}, by=inside.ruth)
    preview.decide(staged, {2: ""}, by=inside.ruth)
    assert row_of(staged, 2).fields["does"] == "nothing"


def test_two_rows_decided_as_one_child_do_not_write_it_twice(inside):
    rows = ("Amarah,Adeyemi,01/09/2017", "Amarra,Adeyemi,01/09/2017")
    staged = stage(inside.ruth, class_list(*rows), school=inside.saltwharf)
    preview.decide(staged, {2: "same", 3: "same"}, by=inside.ruth)
    assert [row_of(staged, n).fields["does"] for n in (2, 3)] == ["update", "nothing"]
    assert "Row 2 is this child already" in row_of(staged, 3).problems[-1]["message"]


def test_twins_stay_two(inside):
    staged = stage(inside.ruth, class_list(AMARA, "Amira,Adeyemi,01/09/2017"), school=inside.saltwharf)
    assert outcomes(staged) == {2: "unchanged", 3: "new"}


def test_a_wrong_file_is_refused_with_words_and_an_entry(inside):
    before = everything()
    with pytest.raises(preview.FileRefusedError) as caught:
        stage(inside.ruth, b"%PDF-1.7 not a list", school=inside.saltwharf, file_name="list.pdf")
    refused = caught.value.roster_import
    assert (refused.state, refused.refusal) == ("refused", str(caught.value))
    assert "“list.pdf” is a PDF, not a spreadsheet" in refused.refusal
    assert (RosterSheet.objects.count(), everything()) == (0, before)
    assert entry(act="roster.refused").details == {"reason": "kind"}


def test_sheets_that_are_not_read_are_named(inside):
    from tests.inharmony.spreadsheets.workbooks import packed, parts, sheet

    def cells(*rows):
        return "".join(
            f'<row r="{n}">' + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
            for n, row in enumerate(rows, 1)
        )

    lists = {
        "Notes": sheet(cells(["Nothing", "here"])),
        "Y3": sheet(cells(["Forename", "Surname", "DOB"], ["Bo", "Wren", "14/03/2018"])),
        "Y4": sheet(cells(["Forename", "Surname", "DOB"], ["Cy", "Finch", "15/03/2018"])),
    }
    sent_ = sent(inside.ruth, packed(parts(lists)), school=inside.saltwharf, file_name="list.xlsx")
    staged = preview.stage(sent_, by=inside.ruth, may_ask=False)
    assert (staged.sheet, outcomes(staged)) == ("Y3", {2: "new"})
    assert "Only sheet “Y3” is read. Also in the file, not read: “Notes”, “Y4”." in staged.notes[0]["message"]
    chosen = stage(inside.ruth, packed(parts(lists)), school=inside.saltwharf, file_name="list.xlsx", sheet="Y4")
    assert chosen.sheet == "Y4"


@pytest.mark.parametrize("size", [2, 60])
def test_stage_and_accept_need_the_same_statements_whatever_the_size(inside, size, django_assert_num_queries):
    rows = [f"Bo{'abcdefgh'[n % 8]},Wren{'abcdefgh'[n // 8]},{1 + n % 28}/03/2018,,4,4B" for n in range(size)]
    moved = inside.others[0]
    rows += [f"{AMARA},,5", f"{moved.forename},{moved.surname},{moved.date_of_birth:%d/%m/%Y}"]
    data = class_list(*rows)
    with django_assert_num_queries(23):
        staged = stage(inside.ruth, data, school=inside.saltwharf)
    with django_assert_num_queries(35):
        accept(inside.ruth, staged)


def test_a_second_press_on_the_page_of_before_accepts_nothing_that_it_did_not_show(inside):
    staged = stage(inside.ruth, class_list(f"{AMARA},,4,4 Heron,Y"), school=inside.saltwharf)
    token = roster_accepting.token_for(staged, inside.ruth)
    Child.objects.filter(forename="Amara").update(surname="Adeyemi-Cole")
    for _ in range(2):
        with pytest.raises(acts.RosterChangedError):
            preview.accept(RosterImport.objects.get(pk=staged.pk), token, by=inside.ruth)
    now = RosterImport.objects.get(pk=staged.pk)
    assert preview.accept(now, roster_accepting.token_for(now, inside.ruth), by=inside.ruth).state == "accepted"


def test_what_was_said_of_one_child_is_not_said_of_another(inside):
    amara, yusuf, _ = inside.children
    for said in ("same", "another"):
        staged = stage(inside.ruth, class_list("Amarah,Adeyemi,01/09/2017"), school=inside.saltwharf)
        preview.decide(staged, {2: said}, by=inside.ruth)
        born = date(2017, 9, 1)
        Child.objects.filter(pk=amara.pk).update(forename="Zoltan", surname="Quill", sort_key="quill zoltan")
        alike = Child.objects.filter(pk=yusuf.pk)
        alike.update(forename="Amara", surname="Adeyemi", sort_key="adeyemi amara", date_of_birth=born)
        preview.refresh(staged, by=inside.ruth)
        row = row_of(staged, 2)
        assert (row.fields["candidate"], row.decision, row.fields["does"]) == (yusuf.pk, "", "nothing"), said
        amara, yusuf = yusuf, amara


def test_a_row_mended_by_two_presses_at_once_is_mended_once(inside):
    staged = stage(inside.ruth, class_list("Grace,Molloy,31/02/2018"), school=inside.saltwharf)
    as_opened, seen = row_of(staged, 2), RosterImport.objects.get(pk=staged.pk)
    preview.mend(staged, as_opened, {"date_of_birth": "28/02/2018"}, by=inside.ruth)
    preview.mend(seen, as_opened, {"surname": "Molloy-Ash"}, by=inside.ruth)
    assert row_of(staged, 2).mended.keys() == {"date_of_birth", "surname"}


def test_an_import_is_accepted_as_it_stands_and_not_as_it_was_opened(inside):
    staged = stage(inside.ruth, class_list(AMARA, "Grace,Molloy,28/02/2018"), school=inside.saltwharf)
    opened = RosterImport.objects.get(pk=staged.pk)
    cells = {"forename": "Amara", "surname": "Adeyemi", "date_of_birth": "01/09/2017"}
    preview.mend(staged, row_of(staged, 3), cells, by=inside.ruth)
    with pytest.raises(acts.RosterChangedError):
        preview.accept(
            opened, roster_accepting.token_for(RosterImport.objects.get(pk=staged.pk), inside.ruth), by=inside.ruth
        )
    assert RosterImport.objects.get(pk=staged.pk).state == "preview"


def test_an_enrolment_that_ends_already_is_never_made_longer_by_leaving(inside):
    soon = timezone.localdate() + timedelta(days=5)
    mine = Enrolment.objects.filter(child=inside.children[0])
    mine.update(ends_on=soon)
    staged = stage(inside.ruth, class_list(NEW), school=inside.saltwharf)
    preview.let_leave(staged, [inside.children[0].pk], soon + timedelta(days=90), by=inside.ruth)
    accept(inside.ruth, staged)
    assert mine.get().ends_on == soon


def test_a_upn_in_the_place_of_a_name_stays_nowhere_in_the_open(inside):
    staged = stage(inside.ruth, class_list(f"Bo,{UPNS[0]},14/03/2018,,4,{UPNS[1]}"), school=inside.saltwharf)
    preview.mend(staged, row_of(staged, 2), {"surname": "Wren", "school_class": "4 Heron"}, by=inside.ruth)
    row = row_of(staged, 2)
    assert (row.outcome, row.fields["child"]["surname"]) == ("new", "Wren")
    for upn in UPNS:
        assert upn not in repr([row.fields, row.cells, row.mended, row.problems])
    with pytest.raises(acts.RosterRefusedError):
        preview.mend(staged, row, {"surname": UPNS[2]}, by=inside.ruth)


def test_a_row_of_a_child_is_never_taken_for_the_headings(inside):
    rows = [f"Bo,Wren,14/03/2018,{UPNS[0]}", f"Cy,Finch,15/03/2018,{UPNS[1]}", "Amy,Pike,15/04/2018"]
    staged = stage(inside.ruth, class_list(*rows), school=inside.saltwharf)
    columns = dict(enumerate(("forename", "surname", "date_of_birth", "upn")))
    for said in ({}, columns):
        with pytest.raises(NotARosterError, match="Row 2 is a child’s"):
            preview.choose(staged, rereading.Choices(0, said, {}, 2), by=inside.ruth)
    staged.refresh_from_db()
    assert staged.mapped["upn"] == "UPN"


def test_who_leaves_with_the_list_joins_no_ensemble_with_it(inside):
    day = timezone.localdate() - timedelta(days=2)
    rows = (f"{AMARA},{day:%d/%m/%Y},4 Heron", "Bo,Wren,14/03/2018,,4 Heron")
    data = class_list(*rows, headings="Forename,Surname,DOB,Leaving date,Class")
    staged = stage(inside.ruth, data, school=inside.saltwharf)
    heron = programmes.ensemble(inside.liverpool, "Heron Strings", school=inside.saltwharf)
    roster_deciding.let_join(roster_import=staged, joins=[("4 Heron", heron.pk)], by=inside.ruth)
    accept(inside.ruth, staged)
    assert [each.child.forename for each in Membership.objects.filter(ensemble=heron)] == ["Bo"]


def test_another_child_with_the_upn_of_one_who_is_here_comes_in_without_it(inside):
    accept(inside.ruth, stage(inside.ruth, class_list(NEW), school=inside.saltwharf))
    data = class_list(f"Ann,Dove,16/03/2018,{UPNS[0]}", "Cy,Finch,17/03/2018")
    staged = stage(inside.ruth, data, school=inside.saltwharf)
    preview.decide(staged, {2: "another"}, by=inside.ruth)
    (said,) = row_of(staged, 2).problems
    assert (said["refused"], "left out" in said["message"]) == (False, True)
    accept(inside.ruth, staged)
    assert dict(Child.objects.filter(forename__in=["Bo", "Ann", "Cy"]).values_list("forename", "upn_hash")) == {
        "Bo": upn_hash(UPNS[0]),
        "Ann": "",
        "Cy": "",
    }


def test_two_children_whose_upns_the_school_mixed_up_stay_two(inside):
    rows = ("Bo,Wren,14/03/2018", "Cy,Finch,15/03/2019")
    one, other = UPNS[:2]
    accept(
        inside.ruth, stage(inside.ruth, class_list(f"{rows[0]},{one}", f"{rows[1]},{other}"), school=inside.saltwharf)
    )
    before = everything()
    data = class_list(f"{rows[0]},{other}", f"{rows[1]},{one}")
    staged = stage(inside.ruth, data, school=inside.saltwharf)
    preview.decide(staged, {2: "another", 3: "another"}, by=inside.ruth)
    accept(inside.ruth, staged)
    assert everything() == before


def test_a_list_of_a_past_year_takes_nobody_off_the_roll_of_today(inside):
    elsewhere = inside.others[0]
    before = everything()
    row = f"{elsewhere.forename},{elsewhere.surname},{elsewhere.date_of_birth:%d/%m/%Y},,3"
    last = AcademicYear.objects.get_or_create(year=this_year().year - 1)[0]
    staged = stage(inside.ruth, class_list(row), school=inside.saltwharf, year=last)
    accept(inside.ruth, staged)
    assert (everything(), row_of(staged, 2).outcome) == (before, "refused")
