"""Sessions from a sheet: put into the timetable in one act, or changed by the act of their page."""

from collections import defaultdict
from datetime import date, time
from typing import Any, ClassVar

from import_export.fields import Field

from inharmony.accounts.models import User
from inharmony.backoffice.resource import BackOfficeResource, Hardened, RowRefusedError
from inharmony.backoffice.widgets import AmongWidget, ChoiceWidget, ClockWidget, DayWidget
from inharmony.pages import dates
from programmes.actions import session as session_acts
from programmes.actions import timetable as acts
from programmes.imports.hubs import HUB, KeptHubs
from programmes.models import Ensemble, Session
from programmes.queries.timetable import Planned

ENSEMBLE, DATE, STARTS = "Ensemble", "Date", "Starts"
Key = tuple[int, date, time]


class SessionResource(BackOfficeResource):
    """The sessions of the hubs that the person keeps, found by ensemble, day and start."""

    needed: ClassVar = (ENSEMBLE, DATE, STARTS)
    refusals: ClassVar = (acts.TimetableRefusedError,)
    asks_constraints: ClassVar = False

    programme = Field("programme__short_name", HUB, readonly=True)
    ensemble = Field("ensemble", ENSEMBLE, readonly=True)
    day = Field("day", DATE, widget=DayWidget())
    starts_at = Field("starts_at", STARTS, widget=ClockWidget())
    ends_at = Field("ends_at", "Ends", widget=ClockWidget())
    kind = Field("kind", "Kind", widget=ChoiceWidget(Session.Kind.choices))
    venue = Field("venue", "Venue")
    tutor = Field("tutor", "Cover")

    class Meta(Hardened):
        model = Session
        fields = ("programme", "ensemble", "day", "starts_at", "ends_at", "kind", "venue", "tutor")
        import_id_fields = ("ensemble", "day", "starts_at")

    def __init__(self, *, by: User) -> None:
        super().__init__(by=by)
        self.hubs = KeptHubs(by)
        self.planned: dict[int, list[Planned]] = defaultdict(list)
        self._known: dict[tuple[int, date], dict[Key, Session]] = {}
        self.fields["venue"].widget = AmongWidget(
            self.hubs.venues_of, "is no venue of this hub. Add it on the page of venues first."
        )
        self.fields["tutor"].widget = AmongWidget(self.hubs.tutors_of, "is nobody who leads in this hub.")

    def key_of(self, row: Any) -> Key:
        try:
            day, starts_at = DayWidget().clean(row.get(DATE, "")), ClockWidget().clean(row.get(STARTS, ""))
        except ValueError as wrong:
            raise RowRefusedError(f"Date or start {wrong}") from wrong
        assert day is not None
        assert starts_at is not None
        return self._ensemble_of(row, day).pk, day, starts_at

    def _ensemble_of(self, row: Any, day: date) -> Ensemble:
        """The one of the name that plays on the day; one that does not is said so by the act."""
        hub = self.hubs.programme_of(row)
        named = self.hubs.ensembles.get(hub.pk, {}).get(row.get(ENSEMBLE, "").casefold(), [])
        if not named:
            raise RowRefusedError(f"“{row.get(ENSEMBLE, '')}” is no ensemble of {hub.short_name}.")
        playing = [one for one in named if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)]
        if len(playing) > 1:
            raise RowRefusedError(f"There is more than one “{row.get(ENSEMBLE, '')}” that day. Enter it on its page.")
        return (playing or named)[0]

    def standing(self, row: Any) -> Session | None:
        key = self.key_of(row)
        ensemble, day, _ = key
        month = (ensemble, day.replace(day=1))
        if month not in self._known:
            # a month of an ensemble at once: a sheet has them side by side
            found = Session.objects.visible_to(self.by).filter(
                ensemble_id=ensemble, day__year=day.year, day__month=day.month
            )
            found = found.select_related("programme", "ensemble", "venue__school", "tutor").with_joined()
            self._known[month] = {(each.ensemble_id, each.day, each.starts_at): each for each in found}
        return self._known[month].get(key)

    def begun(self, row: Any) -> Session:
        _, day, _ = self.key_of(row)
        ensemble = self._ensemble_of(row, day)
        return Session(programme=ensemble.programme, ensemble=ensemble)

    def write(self, instance: Session, *, is_new: bool) -> None:
        if is_new:
            self._plan(instance)
            return
        before = Session.objects.get(pk=instance.pk)
        if before.kind != instance.kind:
            raise RowRefusedError("The kind of a session is settled when it is planned. Drop it and add it anew.")
        joined = tuple(Ensemble.objects.filter(pk__in=instance.player_ids[1:]))
        slot = session_acts.Slot(
            instance.day, instance.starts_at, instance.ends_at, instance.venue, instance.tutor, joined
        )
        session_acts.change(session=before, slot=slot, by=self.by)

    def _plan(self, instance: Session) -> None:
        acts.require_in_order(instance.starts_at, instance.ends_at)
        acts.require_inside(instance.ensemble, instance.day)
        acts.require_used(instance.venue, instance.day)
        self.planned[instance.programme_id].append(
            Planned(
                instance.ensemble,
                instance.day,
                instance.starts_at,
                instance.ends_at,
                instance.venue,
                instance.tutor,
                instance.kind,
            )
        )

    def finish(self) -> None:
        for programme in self.hubs.programmes.values():
            if planned := self.planned.get(programme.pk):
                acts.add_sessions(programme=programme, planned=planned, by=self.by)

    def called(self, instance: Session) -> str:
        return f"{instance.ensemble.name}, {dates.weekday(instance.day)} {instance.day.year}"
