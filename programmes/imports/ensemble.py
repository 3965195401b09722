"""Ensembles from a sheet: made and changed by the acts of their pages. One that is not in the sheet stays as it is."""

from typing import Any, ClassVar

from import_export.fields import Field

from inharmony.accounts.models import User
from inharmony.backoffice.resource import BackOfficeResource, Hardened, RowRefusedError
from inharmony.backoffice.widgets import AmongWidget, ChoiceWidget, DayWidget, NumberWidget
from programmes.actions import ensemble as acts
from programmes.imports.hubs import HUB, KeptHubs
from programmes.models import Ensemble

NAME = "Ensemble"


class EnsembleResource(BackOfficeResource):
    """The ensembles of the hubs that the person keeps, found by hub and name."""

    needed: ClassVar = (NAME,)
    refusals: ClassVar = (acts.EnsembleRefusedError,)

    programme = Field("programme__short_name", HUB, readonly=True)
    name = Field("name", NAME)
    kind = Field("kind", "Kind", widget=ChoiceWidget(Ensemble.Kind.choices))
    level = Field("level", "Level", widget=ChoiceWidget(Ensemble.Level.choices))
    school = Field("school", "School URN")
    capacity = Field("capacity", "Places", widget=NumberWidget())
    starts_on = Field("starts_on", "Starts", widget=DayWidget())
    ends_on = Field("ends_on", "Ends", widget=DayWidget())

    class Meta(Hardened):
        model = Ensemble
        fields = ("programme", "name", "kind", "level", "school", "capacity", "starts_on", "ends_on")
        import_id_fields = ("name",)

    def __init__(self, *, by: User) -> None:
        super().__init__(by=by)
        self.hubs = KeptHubs(by)
        self.fields["school"].widget = AmongWidget(
            self.hubs.schools_of, "is not the URN of a partner school of this hub.", by_key=True
        )

    def key_of(self, row: Any) -> object:
        return self.hubs.programme_of(row).pk, row.get(NAME, "").casefold(), row.get("Starts", "")

    def standing(self, row: Any) -> Ensemble | None:
        named = self.hubs.ensembles.get(self.hubs.programme_of(row).pk, {}).get(row.get(NAME, "").casefold(), [])
        if len(named) > 1 and row.get("Starts", ""):
            # two of a name, one after the other: told apart by their first day
            day = DayWidget().clean(row["Starts"])
            named = [one for one in named if one.starts_on == day] or named
        playing = [one for one in named if one.ends_on is None] if len(named) > 1 else named
        if len(named) > 1 and len(playing) != 1:
            raise RowRefusedError(f"There is more than one “{row.get(NAME, '')}”. Change it on its page.")
        return playing[0] if playing else None

    def begun(self, row: Any) -> Ensemble:
        return Ensemble(programme=self.hubs.programme_of(row))

    def write(self, instance: Ensemble, *, is_new: bool) -> None:
        if is_new:
            if instance.ends_on is not None:
                raise RowRefusedError("An ensemble is ended on its page, where its children are taken out.")
            acts.make(ensemble=instance, tutors=(), by=self.by)
            return
        before = Ensemble.objects.get(pk=instance.pk)
        if before.ends_on != instance.ends_on:
            raise RowRefusedError("An ensemble is ended on its page, where its children are taken out.")
        acts.change(ensemble=instance, tutors=list(instance.tutors.all()), by=self.by)
