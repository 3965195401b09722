"""What a planted hub keeps beside its children: whom to call, agreements, breaches, the passkeys of its people."""

from allauth.mfa.models import Authenticator
from django.utils import timezone

from evaluation.actions import words as own_words
from evaluation.returns.shipped import of_year
from inharmony.audit.actions import breach as breaches
from inharmony.audit.models import BreachVersion
from outcomes.actions import comparison
from programmes.actions import safeguarding
from programmes.models import SafeguardingContact, SharingAgreement
from programmes.queries.safeguarding import ContactPlace
from tests.factories import photos, record, schools, stories
from tests.factories.schools import LONG_AGO
from tests.programmes.messages import received
from tests.prove.hub import OFFICE, Hub
from tests.prove.words import Words

Kind = SafeguardingContact.Kind
# made of ones and twos: it opens nothing
PASSKEY = {
    "type": "public-key",
    "id": "AwMDAwMDAwMDAwMDAwMDAw",
    "rawId": "AwMDAwMDAwMDAwMDAwMDAw",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWXciLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0IiwiY3"
        "Jvc3NPcmlnaW4iOmZhbHNlfQ",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViUSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAAEAMDAwMDAwMDAwMDAwMDAwOlAQIDJiABIVggAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEiWCACAgICAgICAgIC"
        "AgICAgICAgICAgICAgICAgICAgICAg",
    },
    "clientExtensionResults": {},
}


def give(hub: Hub, words: Words) -> None:
    """Plants all of it in a hub; inside its scope only."""
    lead, other = hub.schools
    everybody = hub.named("coordinator", *OFFICE, "lead")
    authority = lead.local_authority
    places = (
        (ContactPlace(hub.programme, Kind.SCHOOL, school=lead), everybody),
        (ContactPlace(hub.programme, Kind.SCHOOL, school=other), hub.named("coordinator", *OFFICE)),
        (ContactPlace(hub.programme, Kind.HUB), everybody),
        (ContactPlace(hub.programme, Kind.LADO, local_authority=authority), everybody),
    )
    for number, (place, seen) in enumerate(places):
        _contact(hub, words, f"contact {number}", place, seen)
    hub.hide("parties of the agreement", "agreement", words.word(), seen_by=("operator",), about_child=False)
    SharingAgreement.objects.filter(programme=hub.programme).update(parties=hub.canaries[-1].spellings[0])
    _record(hub, words)
    day = timezone.localdate()
    schools.term("autumn", day, day, school=lead)
    schools.closure(
        hub.hide("reason of a closure", "closure", words.word(), seen_by=hub.named(*OFFICE), about_child=False),
        day,
        school=lead,
    )
    manager = hub.people["manager"]
    _compared(hub, words)
    _written(hub, words)
    # what went wrong often names a child
    what = hub.hide("what went wrong", "breach", f"{words.word()} {words.word()}", seen_by=hub.named("manager"))
    breaches.note(version=version(what), programme_id=hub.programme.pk, by=manager)
    # a family may write anything, in spite of every hint
    said = hub.hide("message", "message", f"{words.word()} {words.word()}", seen_by=hub.named("manager"))
    received(hub.programme, text=said)
    name = hub.hide("passkey", "passkey", f"Key {words.word()}", seen_by=hub.named("manager"), about_child=False)
    Authenticator.objects.create(user=manager, type="webauthn", data={"name": name, "credential": PASSKEY})


def _compared(hub: Hub, words: Words) -> None:
    """A school that the hub compares with, and why: of the hub, national staff and the operator."""
    seen = (*hub.named(*OFFICE), "operator", "national")
    why = hub.hide("why a school is compared with", "comparison", words.word(), seen_by=seen, about_child=False)
    school = schools.school(f"{hub.programme.short_name} Beyond Primary")
    comparison.choose(
        programme=hub.programme, school=school, year=schools.this_year(), reason=why, by=hub.people["manager"]
    )


def _written(hub: Hub, words: Words) -> None:
    """What the hub wrote for its funder: of its office alone."""
    year = schools.this_year()
    for paper, question in (("return", "local-need"), ("year-end", "achievement-1")):
        asked = of_year(paper, year.pk)
        told = hub.hide(f"words of the {paper}", "words", f"{words.word()} {words.word()}", seen_by=hub.named(*OFFICE))
        own_words.write_words(
            asked=own_words.Asked(hub.programme, year, asked, asked.written()[question]),
            words=told,
            seen=0,
            by=hub.people["manager"],
        )


def take_photo(hub: Hub, words: Words) -> None:
    """Plants a photo of a child of the hub that waits to be published; inside its scope only."""
    seen, by = hub.named(*OFFICE), hub.people["administrator"]
    said = {
        name: hub.hide(f"{name} of a photo", "photo", f"{words.word()} {words.word()}", seen_by=seen)
        for name in ("alternative", "caption", "credit")
    }
    photos.photo(hub.programme, by=by, on=[hub.children[0][0]], **said)


def tell_story(hub: Hub, words: Words) -> None:
    """Plants what a parent of a child of the hub said, which waits to be shared; inside its scope only."""
    seen, by = hub.named(*OFFICE), hub.people["administrator"]
    said = {
        name: hub.hide(f"{what} of a story", "story", f"{words.word()} {words.word()}", seen_by=seen)
        for name, what in (("words", "words"), ("permission", "who agreed to the words"))
    }
    written = stories.of_adult(stories.SaidBy.FAMILY, **said)
    stories.story(hub.programme, by=by, of=[hub.children[0][0]], written=written)


def _record(hub: Hub, words: Words) -> None:
    """An agreement that is not in print: of its hub's manager and the operator, its conditions too."""
    keep = (*hub.named("manager"), "operator")
    title = hub.hide("title of a grant", "record", f"Grant {words.word()}", seen_by=keep, about_child=False)
    conditions = hub.hide("conditions of a grant", "record", words.word(), seen_by=keep, about_child=False)
    funder = record.organisation(f"Funder of {hub.programme.short_name}")
    record.agreement(funder, hub.programme, title=title, conditions=conditions)


def version(what: str) -> BreachVersion:
    """Returns what is known of a breach, not written down yet."""
    return BreachVersion(
        what=what, noticed_at=timezone.now(), noticed_by="The manager", kinds=["names"], children_about=1
    )


def _contact(hub: Hub, words: Words, what: str, place: ContactPlace, seen: tuple[str, ...]) -> None:
    word = words.word()
    name = hub.hide(f"name of {what}", "staff", f"{word} {words.word()}", seen_by=seen, about_child=False)
    phone = hub.hide(f"number of {what}", "staff", words.phone(), seen_by=seen, about_child=False)
    caller = safeguarding.Caller(name, phone, email=f"{word.lower()}@hub.example")
    safeguarding.keep_contact(place=place, caller=caller, starts_on=LONG_AGO, by=hub.people["manager"])
