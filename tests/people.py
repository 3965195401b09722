"""The cast of every story.

Priya takes registers in Liverpool, Ruth keeps its class lists, Joanne manages it. Sam leads one of its schools. Omar is
the manager next door, in Leeds. Nia works at the Arts Council, Olu operates the portal, and Stranger holds no role.
Children stand on both sides of every wall, so that a leak has something to leak.
"""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import RoleAssignment, User
from participants.models import Child
from programmes.models import Ensemble, Programme, Session
from schools.models import School
from tests.factories import participants, programmes, schools
from tests.factories.schools import LONG_AGO


@dataclass
class Cast:
    """Everybody, and where they are."""

    liverpool: Programme
    leeds: Programme
    saltwharf: School
    marigold: School
    kirkfold: School
    priya: User
    ruth: User
    joanne: User
    sam: User
    omar: User
    nia: User
    olu: User
    stranger: User
    strings: Ensemble
    brass: Ensemble
    leeds_strings: Ensemble
    session: Session
    leeds_session: Session
    children: list[Child]
    others: list[Child]
    leeds_children: list[Child]

    @property
    def liverpool_scope(self) -> Scope:
        """The scope of Liverpool's staff."""
        return Scope(frozenset({self.liverpool.pk}))

    @property
    def leeds_scope(self) -> Scope:
        """The scope of Leeds' staff."""
        return Scope(frozenset({self.leeds.pk}))

    @property
    def both(self) -> Scope:
        """Both hubs: for building and for looking at what was written."""
        return Scope(frozenset({self.liverpool.pk, self.leeds.pk}))


def person(name: str, role: str = "", *, programme=None, school=None, **fields) -> User:
    """Returns a new account, with a role when one is named."""
    user = User.objects.create_user(
        f"{name.split(maxsplit=1)[0].lower()}@hub.example", name, "three words apart", **fields
    )
    if role:
        RoleAssignment.objects.create(user=user, role=role, programme=programme, school=school, starts_on=LONG_AGO)
    return user


def signed_in(client, user):
    """Signs somebody in, as a session that is listed; returns a question: are they still in?"""
    client.force_login(user)
    listed = {"user": user, "ip": "127.0.0.1"}
    UserSession.objects.get_or_create(session_key=client.session.session_key, defaults=listed)
    return lambda: client.get("/account/").status_code == 200


def gather() -> Cast:
    """Builds the cast in an empty database and returns it."""
    liverpool, leeds = programmes.programme("Liverpool"), programmes.programme("Leeds")
    saltwharf = schools.school("Saltwharf Primary", urn=schools.OF_THE_CAST[0])
    marigold = schools.school("Marigold Street Primary", urn=schools.OF_THE_CAST[1])
    kirkfold = schools.school("Kirkfold Primary", authority="383", urn=schools.OF_THE_CAST[2])
    for programme, school in ((liverpool, saltwharf), (liverpool, marigold), (leeds, kirkfold)):
        programmes.partner(programme, school)
    priya = person("Priya Shah", "coordinator", programme=liverpool)
    joanne = person("Joanne Carter", "manager", programme=liverpool)
    omar = person("Omar Khan", "manager", programme=leeds)
    leader = programmes.tutor(liverpool, "Priya Shah", priya)
    strings = programmes.ensemble(liverpool, school=saltwharf, led_by=[leader])
    brass = programmes.ensemble(liverpool, "Year 5 Brass", school=marigold)
    leeds_strings = programmes.ensemble(leeds, "Kirkfold Strings", school=kirkfold)
    with scoped(Scope(frozenset({liverpool.pk, leeds.pk}))):
        children = participants.children(liverpool, saltwharf, by=joanne)
        others = participants.children(liverpool, marigold, by=joanne, names=participants.NAMES[3:5])
        leeds_children = participants.children(leeds, kirkfold, by=omar, names=participants.NAMES[5:7])
        participants.join(strings, children, by=joanne)
        participants.join(brass, others, by=joanne)
        participants.join(leeds_strings, leeds_children, by=omar)
    return Cast(
        liverpool=liverpool,
        leeds=leeds,
        saltwharf=saltwharf,
        marigold=marigold,
        kirkfold=kirkfold,
        priya=priya,
        ruth=person("Ruth Bell", "administrator", programme=liverpool),
        joanne=joanne,
        sam=person("Sam Okoro", "school_lead", school=saltwharf),
        omar=omar,
        nia=person("Nia Rees", "national"),
        olu=person("Olu Grant", "operator"),
        stranger=person("Stranger"),
        strings=strings,
        brass=brass,
        leeds_strings=leeds_strings,
        session=programmes.session(strings),
        leeds_session=programmes.session(leeds_strings),
        children=children,
        others=others,
        leeds_children=leeds_children,
    )
