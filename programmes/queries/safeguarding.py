"""Whom to call about a child, hub by hub: what is kept, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Partnership, Place, Programme, SafeguardingContact
from schools.models import LocalAuthority, School

Kind = SafeguardingContact.Kind


@dataclass(frozen=True)
class ContactPlace:
    """What has one contact at a time: a school's lead, the hub's, an authority's children's services or its LADO."""

    programme: Programme
    kind: Kind
    school: School | None = None
    local_authority: LocalAuthority | None = None

    @property
    def key(self) -> str:
        """What names it in a form."""
        number = self.school.pk if self.school else self.local_authority.pk if self.local_authority else ""
        return f"{self.programme.pk}-{self.kind}-{number}".rstrip("-")

    @property
    def of(self) -> str:
        """Whose it is, by name."""
        return str(self.school or self.local_authority or self.programme.short_name)

    @property
    def title(self) -> str:
        """What it is called, with whose it is."""
        return f"{self.kind.label}, {self.of}"

    @property
    def identity(self) -> tuple[int, str, int | None, str | None]:
        """The columns by which a contact belongs here."""
        return (
            self.programme.pk,
            self.kind.value,
            self.school.pk if self.school else None,
            self.local_authority.pk if self.local_authority else None,
        )


def identity_of(contact: SafeguardingContact) -> tuple[int, str, int | None, str | None]:
    """Returns the place a contact belongs to, as `ContactPlace.identity`."""
    return contact.programme_id, contact.kind, contact.school_id, contact.local_authority_id


@dataclass(frozen=True)
class KeptContact:
    """A place, and the contact that is kept for it, or None."""

    place: ContactPlace
    contact: SafeguardingContact | None


@dataclass(frozen=True)
class HubContacts:
    """The contacts of a hub in the order in which one calls: schools, the hub, authorities."""

    programme: Programme
    schools: Sequence[KeptContact]
    hub: KeptContact
    authorities: Sequence[KeptContact]

    def all(self) -> list[KeptContact]:
        """Returns every place of the hub."""
        return [*self.schools, self.hub, *self.authorities]


def hubs_with_contacts(user: User, day: date, *, school: int | None = None) -> list[HubContacts]:
    """
    Returns whom to call in each hub the person works in, or whose partner their school is; three or four statements.

    Of one school alone, where `school` is one the person sees.
    """
    partnerships = list(_partnerships(user, day))
    if school is not None and any(one.school_id == school for one in partnerships):
        partnerships = [one for one in partnerships if one.school_id == school]
        programmes = {one.programme for one in partnerships}
        served: list[Place] = []
    else:
        programmes = {one.programme for one in partnerships} | set(Programme.objects.visible_to(user))
        served = list(_served(user, day))
    kept = {identity_of(one): one for one in SafeguardingContact.objects.visible_to(user).on(day)}
    return [_of_hub(one, partnerships, served, kept) for one in sorted(programmes, key=lambda p: (p.short_name, p.pk))]


def _partnerships(user: User, day: date) -> QuerySet[Partnership]:
    partnerships = Partnership.objects.visible_to(user).on(day)
    if not user.reach.programmes:
        partnerships = partnerships.filter(school_id__in=user.reach.schools)
    return partnerships.select_related("school__local_authority", "programme").order_by("school__name", "school_id")


def _served(user: User, day: date) -> QuerySet[Place]:
    now = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    places = Place.objects.filter(now, programme_id__in=user.reach.programmes, starts_on__lte=day)
    return places.select_related("local_authority")


def _of_hub(
    programme: Programme,
    partnerships: Iterable[Partnership],
    served: Iterable[Place],
    kept: dict[tuple[int, str, int | None, str | None], SafeguardingContact],
) -> HubContacts:
    def keeping(kind: Kind, school: School | None = None, authority: LocalAuthority | None = None) -> KeptContact:
        place = ContactPlace(programme, kind, school, authority)
        return KeptContact(place, kept.get(place.identity))

    schools = [one.school for one in partnerships if one.programme_id == programme.pk]
    authorities = {school.local_authority for school in schools if school.local_authority}
    authorities |= {place.local_authority for place in served if place.programme_id == programme.pk}
    in_order = sorted(authorities, key=lambda authority: (authority.name, authority.pk))
    return HubContacts(
        programme,
        [keeping(Kind.SCHOOL, school=school) for school in schools],
        keeping(Kind.HUB),
        [keeping(kind, authority=authority) for authority in in_order for kind in (Kind.CHILDREN, Kind.LADO)],
    )


def contact_places(user: User, day: date) -> list[KeptContact]:
    """Returns the places whose contacts the person keeps, with what is kept."""
    mine = user.reach.programmes_for(Permission.KEEP_SAFEGUARDING)
    return [kept for hub in hubs_with_contacts(user, day) if hub.programme.pk in mine for kept in hub.all()]


def earlier_contacts(user: User, day: date) -> QuerySet[SafeguardingContact]:
    """Returns the contacts that ended before a day, of the hubs whose contacts the person keeps, the latest first."""
    mine = user.reach.programmes_for(Permission.KEEP_SAFEGUARDING)
    past = SafeguardingContact.objects.visible_to(user).filter(programme_id__in=mine, ends_on__lt=day)
    return past.select_related("school", "local_authority", "programme").order_by("-ends_on", "-id")
