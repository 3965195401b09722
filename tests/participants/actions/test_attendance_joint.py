"""Taking the register of a session while other ensembles are put into it."""

import threading

from django.db import connection

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.models import Attendance
from participants.models.attendance import Mark
from programmes.actions import session as sessions
from programmes.models import Session
from tests.factories import programmes
from tests.locks import until_somebody_waits


def test_a_register_saved_while_an_ensemble_is_put_into_it_is_refused_without_its_children(committed_cast):
    cast, refused = committed_cast, []
    joint = programmes.session(cast.strings, starts_at="13:00", ends_at="14:00")
    joint.refresh_from_db()

    def save():
        try:
            with scoped(cast.liverpool_scope):
                attendance.take_register(
                    session=joint, marks={child.pk: Mark.PRESENT for child in cast.children}, version=0, by=cast.priya
                )
        except attendance.RegisterRefusedError as refusal:
            refused.append(type(refusal))
        finally:
            connection.close()

    saving = threading.Thread(target=save)
    with scoped(cast.liverpool_scope):
        slot = sessions.Slot(joint.day, joint.starts_at, joint.ends_at, joined_by=(cast.brass,))
        sessions.change(session=joint, slot=slot, by=cast.ruth)
        saving.start()
        until_somebody_waits()
    saving.join()
    with scoped(cast.liverpool_scope):
        stands = Session.objects.get(pk=joint.pk).is_held, Attendance.objects.filter(session=joint).count()
    assert (refused, stands) == ([attendance.ChildWithoutMarkError], (False, 0))
