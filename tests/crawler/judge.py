"""What is wrong with one answer, whoever asked for it and however."""

from dataclasses import dataclass, field

from tests.crawler.finder import Finder
from tests.crawler.manners import faults_of
from tests.crawler.plan import Address, Plan, Principal
from tests.crawler.report import Finding, Report
from tests.crawler.wire import Answer


@dataclass(frozen=True)
class Asked:
    """Who asked what: enough to ask it again."""

    who: Principal
    method: str
    target: str
    kind: str  # whose object was named, or what was forged
    address: Address

    def __str__(self) -> str:
        return f"{self.method} {self.target} ({self.kind})"


@dataclass
class Judge:
    """
    Reads answers into a report. `known` is what a hub was told by a request and may therefore show.

    Where people's acts move children about, who of a hub may see which of them moves too: with `within_hubs` off, only
    what crosses from one hub to another, or to people of none, is a leak.
    """

    plan: Plan
    report: Report
    within_hubs: bool = True
    known: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.finder = Finder(self.plan)

    def read(self, asked: Asked, answer: Answer, *, told: str = "") -> None:
        """Notes every leak, every page that should not have been reached, every error and every lack of manners."""
        self.report.read(answer.media_type)
        self._look_for_leaks(asked, answer, told)
        confined = asked.who.confined_to
        if confined is not None and answer.status < 300 and asked.address.name not in confined:
            self.note("reached", asked, f"answered {answer.status}")
        if answer.status >= 500:
            self.note("broken", asked, f"answered {answer.status}")
        # who is confined has no session, or one that is worth nothing
        for fault in faults_of(answer, signed_in=bool(asked.who.cookies) and confined is None):
            self.note("manners", asked, fault)

    def note(self, kind: str, asked: Asked, about: str, *, about_child: bool = False) -> None:
        """Adds a finding to the report."""
        finding = Finding(kind, asked.who.name, str(asked), about, about_child)
        whose = asked.who.name if kind in {"leak", "reached"} else ""
        self.report.add(finding, f"{whose} {asked.method} {asked.address.name}")

    def _look_for_leaks(self, asked: Asked, answer: Answer, told: str) -> None:
        try:
            sightings = self.finder.in_answer(answer)
        except Exception as error:  # whatever cannot be read may hold a name
            self.note("broken", asked, f"cannot be read: {error!r}")
            return
        known = self.known.get(asked.who.hub, set()) if sightings else set()
        if told and sightings:
            known = known | self.finder.told(told)
        for sighting in sightings:
            canary = sighting.canary
            is_own = bool(canary.hub) and canary.hub == asked.who.hub
            if asked.who.name in canary.seen_by or (is_own and not self.within_hubs):
                self.report.saw(asked.who.name, canary.kind)
            elif canary.what not in known and (canary.about_child or canary.kind not in asked.address.shows):
                about = f"holds the {canary.what} in {sighting.where}"
                self.note("leak", asked, about, about_child=canary.about_child)
