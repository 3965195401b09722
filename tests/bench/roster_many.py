"""A long list brought in by a process of its own, so that its memory is its own.

Prints the seconds of preview and accept, and the most memory, in MB, that this process and its children held.
"""

import resource
import sys
import time
from pathlib import Path


def main(file: Path) -> None:
    """Brings the list in, prints, and takes it back."""
    from django.utils import timezone

    from inharmony.access.scope import scope_of, scoped
    from inharmony.accounts.models import User
    from participants.actions.roster_accepting import token_for
    from participants.actions.roster_undo import undo
    from participants.imports.roster import preview
    from participants.imports.roster.comparing import Sent
    from participants.queries.roster import importable_partnerships
    from schools.models import AcademicYear
    from tests.bench.data import HUB

    by = User.objects.get(email=f"manager@{HUB}.example")
    scope = scope_of(by)
    with scoped(scope):
        partnership = importable_partnerships(by, timezone.localdate()).filter(programme__slug=HUB).first()
    began = time.perf_counter()
    with scoped(scope):
        sent = Sent(file.read_bytes(), file.name, partnership, AcademicYear.current())
        staged = preview.stage(sent, by=by)
    with scoped(scope):
        preview.accept(staged, token_for(staged, by), by=by)
    seconds = time.perf_counter() - began
    own = _peak(resource.RUSAGE_SELF)
    with scoped(scope):
        undo(roster_import=staged, by=by)
    print(seconds, own, _peak(resource.RUSAGE_CHILDREN))


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    main(Path(sys.argv[1]))
