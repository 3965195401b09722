"""What the bench adds to the demonstration: an orchestra of exactly 30 children and a session for every save."""

from collections.abc import Iterator
from datetime import time, timedelta

from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from participants.actions import membership
from participants.models import Child, Enrolment
from programmes.models import Programme, Session, Tutor
from tests.factories import programmes

SIZE = 30
HUB = "liverpool"
A_DAY = 20


class Orchestra:
    """Thirty children of one hub in one ensemble, led by the hub's coordinator."""

    days = 14  # back from today, in which its sessions lie

    def __init__(self) -> None:
        self.programme = Programme.objects.get(slug=HUB)
        self.coordinator = User.objects.get(email=f"coordinator@{HUB}.example")
        self.manager = User.objects.get(email=f"manager@{HUB}.example")
        self.scope = Scope(frozenset({self.programme.pk}))
        self.today = timezone.localdate()
        leaders = Tutor.objects.filter(user=self.coordinator)
        with scoped(self.scope):
            self.ensemble = programmes.ensemble(self.programme, "Orchestra of thirty", led_by=leaders)
            # long enough ago for every session of the bench
            since = self.today - timedelta(days=self.days)
            enrolled = Enrolment.objects.on(since).on(self.today).values("child")
            self.children = list(Child.objects.filter(pk__in=enrolled)[:SIZE])
            membership.join(ensemble=self.ensemble, children=self.children, starts_on=since, by=self.manager)

    def sessions(self, many: int, *, first_day: int = 0) -> Iterator[Session]:
        """Returns sessions that nobody has taken, going back from `first_day` days ago."""
        made = [
            Session(
                programme=self.programme,
                ensemble=self.ensemble,
                day=self.today - timedelta(days=first_day + number // A_DAY),
                starts_at=time(number % A_DAY, 0),
                ends_at=time(number % A_DAY, 45),
            )
            for number in range(many)
        ]
        return iter(Session.objects.bulk_create(made))

    def marks(self) -> dict[str, str]:
        """Returns the fields of a register in which everybody is present but three."""
        letters = ["p"] * (SIZE - 3) + ["a", "l", "e"]
        return {f"m{child.pk}": letter for child, letter in zip(self.children, letters, strict=True)}
