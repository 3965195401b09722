"""No page shows a child by name without an entry in the trail that names the child and who looked."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import attendance, merge
from participants.imports.roster import preview
from participants.models.attendance import Mark
from tests.architecture.test_urls import ADDRESSES, PEOPLE, plain_addresses
from tests.factories import participants, photos, stories
from tests.outcomes import waves
from tests.participants import merging
from tests.participants.list_checks import answered, asked, missing, named
from tests.participants.lists import accept, class_list, stage
from tests.participants.sheets import accept as accept_past
from tests.participants.sheets import as_csv, keep, say
from tests.trail import entries

# what stands in an address: objects of the cast in whose pages children could be seen
OBJECTS = {
    "outcomes:awards": lambda cast: [cast.liverpool.slug, cast.leeds.slug],
    "participants:register": lambda cast: [cast.session.pk, cast.leeds_session.pk],
    "participants:walk-in": lambda cast: [cast.session.pk, cast.leeds_session.pk],
    "participants:absences": lambda cast: [cast.strings.pk, cast.leeds_strings.pk],
    "participants:instruments": lambda cast: [cast.strings.pk, cast.leeds_strings.pk],
    "participants:grid": lambda cast: [cast.strings.pk, cast.leeds_strings.pk],
    "participants:sheet": lambda cast: [cast.strings.pk, cast.leeds_strings.pk],
    "participants:ensemble": lambda cast: [cast.strings.pk, cast.leeds_strings.pk],
    "participants:ensemble-shared": lambda cast: [f"{cast.strings.pk} {cast.brass.pk}"],
    "outcomes:hub-stories": lambda cast: [cast.liverpool.slug, cast.leeds.slug],
    "outcomes:story": lambda cast: [cast.story.pk, cast.leeds_story.pk],
    "outcomes:story-delete": lambda cast: [cast.story.pk, cast.leeds_story.pk],
    "outcomes:group-slips": lambda cast: cast.groups,
    "outcomes:group-list": lambda cast: cast.groups,
    "outcomes:group-consent": lambda cast: cast.groups,
    "participants:hub-moves": lambda cast: [cast.liverpool.slug, cast.leeds.slug],
    "participants:changed-school": lambda cast: [cast.liverpool.slug, cast.leeds.slug],
    "participants:left": lambda cast: [cast.liverpool.slug, cast.leeds.slug],
    "participants:leavers": lambda cast: [cast.liverpool.slug, cast.leeds.slug],
    "participants:roster": lambda cast: [cast.waiting.pk, cast.accepted.pk],
    "participants:roster-leavers": lambda cast: [cast.waiting.pk],
    "participants:roster-row": lambda cast: [f"{cast.waiting.pk} 2"],
    "participants:roster-undo": lambda cast: [cast.accepted.pk],
    "participants:past-register": lambda cast: [cast.past.pk, cast.past_in.pk],
    "participants:past-register-undo": lambda cast: [cast.past_in.pk],
    "participants:child-withdraw": lambda cast: [
        f"{cast.children[0].pk} survey",
        f"{cast.leeds_children[0].pk} survey",
    ],
    "participants:child-upn": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
    "participants:child": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
    "participants:child-twice": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
    "participants:child-merge": lambda cast: [
        f"{cast.children[0].pk} {cast.children[1].pk}",
        f"{cast.children[0].pk} {cast.leeds_children[0].pk}",
    ],
    "participants:doubles": lambda cast: [cast.liverpool.slug, cast.leeds.slug],
    "participants:child-consent": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
    "participants:child-protect": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
    "participants:child-unprotect": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
    "participants:child-note": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
    "participants:list-check": lambda cast: [
        f"{cast.liverpool.slug} {cast.saltwharf.pk}",
        f"{cast.leeds.slug} {cast.kirkfold.pk}",
    ],
    "participants:photo": lambda cast: [cast.photo.pk, cast.leeds_photo.pk],
    "participants:photo-delete": lambda cast: [cast.photo.pk, cast.leeds_photo.pk],
    "participants:trail": lambda cast: [cast.children[0].pk, cast.leeds_children[0].pk],
}
# pages that show children once their address says of which
ASKED = {
    "outcomes:awards": lambda cast: (
        f"?of=ensemble-{cast.strings.pk}&award=abrsm.practical.1&taken_on={timezone.localdate()}"
    ),
}
# addresses with something in them that show no child
WITHOUT = {
    "accounts:accept": "who holds an invitation is nobody yet",
    "accounts:person": "about somebody who works here",
    "accounts:person-deactivate": "about an account",
    "accounts:person-reactivate": "about an account",
    "accounts:person-second-factor": "about an account",
    "accounts:role-change": "about a role",
    "accounts:role-end": "about a role",
    "accounts:role-grant": "about a role",
    "accounts:session-end": "is posted to, and sends on",
    "account_confirm_email": "about one's own address",
    "account_reset_password_from_key": "about one's own password",
    "mfa_edit_webauthn": "about one's own passkey",
    "mfa_remove_webauthn": "about one's own passkey",
    "openid_connect_callback": "about one's own sign-in",
    "openid_connect_login": "about one's own sign-in",
    "audit:breach": "a count of children, never who",
    "audit:breach-amend": "a count of children, never who",
    **dict.fromkeys(
        ("outcomes:answer", "outcomes:answer-question", "outcomes:answer-done"),
        "who holds a slip is nobody, and no page of theirs names anybody: tests/outcomes/views/test_answering.py",
    ),
    "outcomes:group-poster": "the code of a school class",
    "outcomes:group-sheets": "numbers, of nobody",
    "outcomes:keying": "numbers, of nobody",
    "outcomes:wave": "school classes, counted",
    "outcomes:wave-adults": "is posted to, and sends on",
    "outcomes:wave-change": "days",
    "outcomes:wave-close": "school classes, counted",
    "outcomes:wave-slips": "is posted to, and sends on",
    "outcomes:award-withdraw": "is posted to, and sends on",
    "outcomes:measure": "what is asked, of nobody",
    "outcomes:story-child": "is posted to, and sends on",
    "outcomes:story-new": "words that nobody has written yet",
    "outcomes:story-nobody": "is posted to, and sends on",
    "outcomes:story-share": "is posted to, and sends on",
    "outcomes:story-withdraw": "is posted to, and sends on",
    "outcomes:targets": "what a hub wants to reach",
    "participants:absence-take-back": "is posted to, and sends on",
    "participants:child-note-end": "is posted to, and sends on",
    "participants:child-instrument": "is posted to, and sends on",
    "participants:child-join": "is posted to, and sends on",
    "participants:ensemble-export": "is posted to, and answers with a file; see test_exports.py",
    "participants:grid-export": "is posted to, and answers with a file; see test_exports.py",
    "participants:left-export": "is posted to, and answers with a file; see test_exports.py",
    "participants:ensemble-end": "an ensemble, by name",
    "participants:ensemble-join": "is posted to, and sends on",
    "participants:ensemble-leave": "is posted to, and sends on",
    "participants:ensemble-undo": "is posted to, and sends on",
    "participants:merge-undo": "is posted to, and sends on",
    "participants:past-register-accept": "is posted to, and sends on",
    "participants:past-register-discard": "is posted to, and sends on",
    "participants:past-register-letters": "is posted to, and sends on",
    "participants:past-register-rows": "is posted to, and sends on",
    "participants:past-register-sheet": "is posted to, and sends on",
    "participants:photo-child": "is posted to, and sends on",
    "participants:photo-file": "a picture without a name; the page it is on is in the trail",
    "participants:photo-nobody": "is posted to, and sends on",
    "participants:photo-publish": "is posted to, and sends on",
    "participants:photo-withdraw": "is posted to, and sends on",
    "participants:public-photo": "a picture anybody may see",
    "participants:register-send": "is posted to, and answers with a version",
    "participants:walk-in-rows": "is posted to, and answers with rows of whom the person found",
    "participants:list-check-accept": "is posted to, and sends on",
    "participants:list-check-ask": "is posted to, and sends on",
    "participants:list-check-decline": "is posted to, and sends on",
    "participants:list-check-end": "is posted to, and sends on",
    "participants:list-checks": "schools, counted",
    "participants:list-checks-ask": "is posted to, and sends on",
    "participants:list-link": "who holds the link is nobody; its list is posted for: tests/participants/views",
    "participants:roll-forward": "school classes, counted",
    "participants:roll-forward-undo": "is posted to, and sends on",
    "participants:roster-decide": "is posted to, and sends on",
    "participants:roster-accept": "is posted to, and sends on",
    "participants:roster-discard": "is posted to, and sends on",
    "participants:roster-sheet": "is posted to, and sends on",
    "participants:roster-blanks": "is posted to, and sends on",
    "participants:roster-columns": "headings of a file, each with one example from it, of nobody known",
    "participants:roster-left-out": "is posted to, and hands out rows that are no children here",
    "participants:roster-joins": "school classes and ensembles, counted",
    "programmes:agreement-end": "about a hub and its papers",
    "programmes:agreement-new": "about a hub and its papers",
    "programmes:calendar": "days, times, ensembles and venues",
    "programmes:ensemble-change": "an ensemble and who leads it",
    "programmes:ensemble-new": "an ensemble and who leads it",
    "programmes:session-bring-back": "is posted to, and sends on",
    "programmes:session-cancel": "is posted to, and sends on",
    "programmes:session-carry-on": "days and times of an ensemble",
    "programmes:session-change": "days and times of an ensemble",
    "programmes:session-drop": "is posted to, and sends on",
    "programmes:session-new": "days and times of an ensemble",
    "programmes:venue-change": "about a hall",
    "programmes:venue-end": "is posted to, and sends on",
    "programmes:venue-new": "about a hall",
    "programmes:venue-reopen": "is posted to, and sends on",
    "programmes:closure-remove": "dates of schools",
    "programmes:term-remove": "dates of schools",
    "programmes:entries": "the public record",
    "programmes:entries-export": "is posted to, and answers with a file; see test_exports.py",
    "programmes:entry": "the public record",
    "programmes:entry-change": "the public record",
    "programmes:entry-new": "the public record",
    "programmes:entry-publish": "is posted to, and sends on",
    "programmes:entry-publish-new": "is posted to, and sends on",
    "programmes:entry-restore": "the public record",
    "programmes:entry-withdraw": "the public record",
    "programmes:hub": "about a hub and its papers",
    "programmes:hub-close": "about a hub and its papers",
    "programmes:hub-place": "about a hub and its papers",
    "programmes:hub-reopen": "about a hub and its papers",
    "programmes:income": "money, by source",
    "programmes:income-export": "money, by source",
    "programmes:leads": "ensembles, by name",
    "public:programme": "the public record of a hub",
    "public:figures-published": "figures that others printed, as a file",
    "public:figures-release": "protected cells of a release",
    "public:figures-release-file": "protected cells of a release, as a file",
    "programmes:partnership-end": "about a hub and its papers",
    "programmes:partnership-new": "about a hub and its papers",
    "programmes:safeguarding-end": "whom to call, never why",
    "outcomes:comparison": "about whole schools",
    "outcomes:comparison-choose": "about a whole school",
    "outcomes:comparison-end": "about a whole school",
    "outcomes:comparison-export": "about whole schools",
    "outcomes:comparison-enter": "about a whole school",
    "outcomes:comparison-find": "about whole schools",
    "outcomes:comparison-results": "about a whole school",
    "schools:context": "about a whole school",
    "schools:context-keep": "about a whole school",
    "programmes:message": "what somebody wrote: a name in it is of nobody known here",
    "programmes:message-answer": "is posted to, and sends on",
    "programmes:message-close": "is posted to, and sends on",
    "public:contact-received": "a number and a day",
    "evaluation:hub": "counts only",
    "evaluation:national-programme": "protected cells of a release",
    "evaluation:national-figure": "protected cells of a release",
    "evaluation:national-table": "protected cells of a release, as a file",
    "evaluation:national-chart": "protected cells of a release, as a picture",
    "evaluation:hub-children": "counts only",
    "evaluation:hub-figure": "counts only",
    "evaluation:hub-funding": "sums of money",
    "evaluation:hub-hours": "counts only",
    "evaluation:hub-impact": "means of ten respondents or more",
    "evaluation:hub-progression": "counts only",
    "evaluation:hub-provision": "counts only",
    "evaluation:hub-schools": "counts only",
    "evaluation:hub-sign-off": "counts, and who signed",
    "evaluation:hub-table": "counts only, as a file",
    "evaluation:hub-return": "counts, and what the hub wrote",
    "evaluation:hub-year-end": "what the hub wrote, and money",
    "evaluation:hub-report-words": "what the hub wrote",
    "evaluation:hub-words": "what the hub wrote",
    "evaluation:hub-paper": "counts, and what the hub wrote, as a file",
    "evaluation:hub-trends": "counts only",
    "evaluation:report-retry": "is posted to, and sends on",
    "evaluation:report-cancel": "is posted to, and sends on",
    "evaluation:report-file": "counts only",
    "evaluation:report-read": "counts, what the hub wrote, and what families agreed to",
    "evaluation:report-issue": "counts only",
    "evaluation:report-withdraw": "counts only",
}


def written(child, **changes):
    return ",".join([child.forename, child.surname, f"{child.date_of_birth:%d/%m/%Y}", *changes.values()])


@pytest.fixture
def hub(cast):
    """Everything a page could show of the cast's children: marks, a list that waits, one that is in force."""
    with scoped(cast.both):
        marks = {child.pk: Mark.PRESENT for child in cast.children}
        attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.priya)
        amara, _, ellie = cast.children[:3]
        rows = [written(amara, upn="", year="5"), "Yusuff,Ali,02/09/2017", written(ellie), "Bo,Wren,14/03/2018"]
        participants.answer(amara, "survey", "given", by=cast.ruth)
        participants.answer(cast.leeds_children[0], "survey", "given", by=cast.omar)
        cast.groups = waves.groups(cast)
        answered(asked(cast).check, named(amara), missing(ellie.forename, ellie.surname))
        cast.accepted = accept(cast.ruth, stage(cast.ruth, class_list(*rows), school=cast.saltwharf))
        participants.join(cast.brass, [amara], by=cast.joanne)
        made, other = merging.twice(cast)
        merge.merge(kept=made, gone=other, theirs=(), by=cast.ruth)
        cast.children.append(made)
        cast.children += merging.twice(cast)
        for child in (amara, cast.leeds_children[0]):
            participants.may_have_moved(child)
        cast.photo = photos.photo(cast.liverpool, by=cast.ruth, on=cast.children[:2])
        cast.leeds_photo = photos.photo(cast.leeds, by=cast.omar, on=cast.leeds_children[:1])
        # in whose words a child is named, as they can be before somebody shares them
        said = f"{cast.children[0].name} likes the low notes."
        cast.story = stories.story(cast.liverpool, by=cast.ruth, of=cast.children[:2], words=said)
        said = f"{cast.leeds_children[0].name} likes the low notes."
        cast.leeds_story = stories.story(cast.leeds, by=cast.omar, of=cast.leeds_children[:1], words=said)
        cast.waiting = stage(cast.ruth, class_list(*rows, "Di,Swift,16/03/2018"), school=cast.saltwharf)
        # a sheet of last year that waits, with somebody to decide on, and one that is in
        sheet = [("Name", "14/9", "21/9", "28/9"), *((child.name, *"/AL") for child in cast.children[:3])]
        cast.past = keep(cast.ruth, as_csv([*sheet, ("Nadja Begun", "/")]), cast.strings, year=2023)
        cast.past_in = keep(cast.ruth, as_csv(sheet), cast.strings, year=2022)
        say(cast.ruth, cast.past_in, (time(10, 15), time(11)))
        accept_past(cast.ruth, cast.past_in)
        # the possible match stays on the page though the row is of somebody else
        preview.decide(cast.waiting, {3: "another"}, by=cast.ruth)
    return cast


def addresses_of(cast):
    for name, _, path in plain_addresses():
        yield name, path
    for name, objects in OBJECTS.items():
        for pk in objects(cast):
            yield name, reverse(name, args=str(pk).split())
    for name, query in ASKED.items():
        for pk in OBJECTS[name](cast):
            yield name, reverse(name, args=str(pk).split()) + query(cast)


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_sees_a_child_by_name_is_in_the_trail(hub, client, who):
    person = getattr(hub, who)
    client.force_login(person)
    everyone = [*hub.children, *hub.others, *hub.leeds_children]
    untold, seen = {}, 0
    last = max((entry.pk for entry in entries()), default=0)
    for name, path in addresses_of(hub):
        page = client.get(path).content.decode("utf-8", "replace")
        shown = {child.pk for child in everyone if child.name in page}
        new = entries(pk__gt=last)
        last = max((entry.pk for entry in new), default=last)
        told = {child for entry in new if entry.actor_id == person.pk for child in entry.children}
        seen += len(shown)
        if not shown <= told:
            untold[name] = shown - told
    assert untold == {}
    # the rule is about something: whoever reaches a child has seen some
    assert bool(seen) == bool(person.reach.programmes or person.reach.schools)


def test_every_address_with_something_in_it_is_looked_at_or_shows_no_child():
    filled = {name for name, _, path in ADDRESSES if "<" in path or "(?P" in path}
    assert filled == set(OBJECTS) | set(WITHOUT)
