"""Two hubs, national staff and a stranger ask in wild order over the same database connections: nobody sees the other."""

import threading
from collections import Counter
from dataclasses import dataclass
from random import Random

from inharmony.access.scope import scoped
from inharmony.accounts.models import User
from tests.factories import participants, programmes
from tests.prove.stage import Outcome, Stage
from tests.visitor import Visitor

LEAST = 2_000
THREADS = 6
FORENAMES = ("Amara", "Ben", "Chloe", "Dev", "Ella", "Farid", "Grace", "Hugo", "Ines", "Jade")
# surnames nobody else has: each stands in one hub alone
OURS, THEIRS = "Quillmere", "Thornwick"


@dataclass(frozen=True)
class Asker:
    """Somebody with the pages they ask for, the name that must be on those marked, and the names that must not be."""

    name: str
    visitor_cookies: dict[str, str]
    sees: tuple[str, ...]
    pages: tuple[tuple[str, int, bool], ...]  # path, status, whether the own name is on it

    @property
    def must_not_see(self) -> tuple[str, ...]:
        return tuple({OURS, THEIRS} - set(self.sees))


def prove(stage: Stage) -> Outcome:
    """Returns the number of pages answered; wrong is any foreign name, any own name missing, any other status."""
    askers = _askers(stage)
    outcome, counts, lock = Outcome(), Counter(), threading.Lock()

    def ask(rng: Random) -> None:
        visitors = {asker.name: Visitor(stage.stack.port, asker.visitor_cookies) for asker in askers}
        while not outcome.wrong and (stage.goes_on or counts["asked"] < LEAST):
            asker = rng.choice(askers)
            path, status, is_theirs = rng.choice(asker.pages)
            try:
                answer = visitors[asker.name].get(path)
                faults = _faults(asker, path, status, is_theirs, answer)
            except Exception as error:
                faults = [f"{asker.name} {path}: {error!r}"]
            with lock:
                counts["asked"] += 1
                counts["own"] += is_theirs and not faults
                outcome.wrong += faults

    threads = [threading.Thread(target=ask, args=(Random(stage.rng.random()),)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.expect(counts["own"] > counts["asked"] / 5, f"only {counts['own']} pages showed a name: nothing was tested")
    outcome.counted = counts["asked"]
    outcome.words = f"pages asked for by {len(askers)} people in turn, {counts['own']} of them with names"
    return outcome


def _faults(asker: Asker, path: str, status: int, is_theirs: bool, answer: object) -> list[str]:
    faults = []
    if answer.status != status:
        faults.append(f"{asker.name} {path}: answered {answer.status}, not {status}")
    faults += [f"{asker.name} {path}: holds {name}" for name in asker.must_not_see if name in answer.text]
    if is_theirs and not any(name in answer.text for name in asker.sees):
        faults.append(f"{asker.name} {path}: does not hold their own {asker.sees}")
    return faults


def _askers(stage: Stage) -> list[Asker]:
    cast = stage.cast
    ours = _furnish(cast.liverpool, cast.saltwharf, OURS, cast.joanne, cast.liverpool_scope)
    theirs = _furnish(cast.leeds, cast.kirkfold, THEIRS, cast.omar, cast.leeds_scope)

    def asker(user: User, sees: tuple[str, ...], *pages: tuple[str, int, bool]) -> Asker:
        return Asker(
            user.name, dict(stage.stack.visitor_as(user).cookies), sees, (*pages, ("/no-such-page/", 404, False))
        )

    def staff(own: tuple[str, str], other: tuple[str, str]) -> list[tuple[str, int, bool]]:
        register, ensemble = own
        return [
            *((path, 200, True) for path in ("/today/", "/children/", "/ensembles/", register, ensemble)),
            ("/children/?find=Thorn", 200, own is theirs),
            ("/children/?find=Quill", 200, own is ours),
            *((path, 404, False) for path in other),
            ("/hub/", 200, False),
        ]

    return [
        asker(cast.joanne, (OURS,), *staff(ours, theirs)),
        asker(cast.ruth, (OURS,), *staff(ours, theirs)),
        asker(cast.omar, (THEIRS,), *staff(theirs, ours)),
        asker(cast.sam, (OURS,), ("/children/", 200, True), ("/today/", 403, False), (theirs[0], 403, False)),
        asker(cast.nia, (), ("/national/", 200, False), ("/children/", 403, False), (ours[0], 403, False)),
        asker(cast.stranger, (), ("/children/", 403, False), ("/today/", 403, False)),
    ]


def _furnish(programme, school, surname: str, by: User, scope) -> tuple[str, str]:
    """Gives a hub children and an ensemble of that surname; returns the pages of a register and of the ensemble."""
    ensemble = programmes.ensemble(programme, f"{surname} Strings", school=school)
    session = programmes.session(ensemble)
    with scoped(scope):
        names = [(forename, surname) for forename in FORENAMES]
        children = participants.children(programme, school, by=by, names=names, school_class=f"{surname} 4")
        participants.join(ensemble, children, by=by)
    return f"/sessions/{session.pk}/register/", f"/ensembles/{ensemble.pk}/"
