from typing import ClassVar, Self

from django.db import models

from inharmony.access.privacy import National, Privacy, Rights
from outcomes.measures.wording import MeasureWording


class LoadedWording(models.Model):
    """
    The words of a measure that somebody else wrote, as an operator loaded them: once a version, and never changed.

    Answers are given to these very words. Other words, were they only mended, would be another version of the measure.
    """

    privacy: ClassVar = Privacy(
        plain="id measure version source agreed_on instructions answers items loaded_at",
        personal="read_by",
        national=National.READ,
        rights=Rights.APPEND,
        # no figure is made of words
        figures_may="",
    )

    measure = models.CharField(max_length=40)
    version = models.CharField(max_length=10)
    # where the words were taken from
    source = models.CharField(max_length=400)
    # who read the licence and agreed to it, as the file names them
    read_by = models.CharField(max_length=120)
    agreed_on = models.DateField()
    instructions = models.CharField(max_length=1000)
    # [[value, words], ...] and [[key, words], ...], in the order of the measure
    answers = models.JSONField()
    items = models.JSONField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["measure", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "version"], name="outcomes_loadedwording_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"Words of {self.measure} {self.version}"

    @classmethod
    def of(cls, wording: MeasureWording) -> Self:
        """Returns the row of some words; it is not saved."""
        return cls(
            measure=wording.measure,
            version=wording.version,
            source=wording.source,
            read_by=wording.read_by,
            agreed_on=wording.agreed_on,
            instructions=wording.instructions,
            answers=[list(answer) for answer in wording.answers],
            items=[list(item) for item in wording.items],
        )

    @property
    def wording(self) -> MeasureWording:
        """The words as the file had them."""
        return MeasureWording(
            self.measure,
            self.version,
            self.source,
            self.read_by,
            self.agreed_on,
            self.instructions,
            tuple((value, words) for value, words in self.answers),
            tuple((key, words) for key, words in self.items),
        )
