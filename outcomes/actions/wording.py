"""Loading the words of a measure that somebody else wrote."""

from dataclasses import fields

from django.db import connection, transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from outcomes.measures.wording import MeasureWording
from outcomes.measures.wording_file import Problem, WordingRefusedError
from outcomes.models import LoadedWording


@transaction.atomic
def load_wording(*, wording: MeasureWording, by: User | None) -> bool:
    """
    Keeps the words of a measure for good, and returns whether they are new: False where these very words are kept.

    Raises WordingRefusedError for other words of a version that has some: answers may have been given to those.
    """
    with connection.cursor() as cursor:
        # of two who load at once one comes after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outcomes_loadedwording'))")
    kept = LoadedWording.objects.filter(measure=wording.measure, version=wording.version).first()
    if kept is not None:
        _require_same(kept.wording, wording)
        return False
    loaded = LoadedWording.of(wording)
    loaded.save()
    audit(
        act="wording.loaded",
        by=by,
        subject=loaded,
        details={"measure": wording.measure, "version": wording.version, "items": len(wording.items)},
    )
    return True


def _require_same(kept: MeasureWording, wording: MeasureWording) -> None:
    differing = [one.name for one in fields(kept) if getattr(kept, one.name) != getattr(wording, one.name)]
    if differing:
        raise WordingRefusedError(
            [
                Problem(
                    "measure and version",
                    f"{wording.measure} {wording.version} has words already, with other {' and '.join(differing)}",
                    "Answers may have been given to those words, so they are never changed. Load the file that was "
                    "loaded, or ask for a new version of the measure.",
                )
            ]
        )
