"""What a run of the crawler found, told so that the fault can be made again."""

import threading
from collections import Counter
from dataclasses import dataclass, field

KINDS = (
    "leak",  # a text stood where it must not
    "reached",  # a page was opened by somebody who may open none such
    "broken",  # no answer, an answer nobody can read, or an error of the server
    "unlike",  # foreign and absent were told apart
    "manners",  # a header is missing that protects who sits at a shared machine
    "changed",  # a foreign row was changed
    "untold",  # rows were changed and the trail does not say so
    "forged",  # a request without the form's token was let through
)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: who asked what, and what it showed. `about` is what makes it the same as another."""

    kind: str
    who: str
    asked: str
    about: str
    about_child: bool = False

    def __str__(self) -> str:
        return f"{self.kind}: {self.who}, {self.asked}: {self.about}"


@dataclass
class Report:
    """Adds up; may be shared between threads."""

    asked: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)  # who saw how many texts that they may see, by kind
    media: Counter[str] = field(default_factory=Counter)  # what was read, by its type
    signed_in: Counter[str] = field(default_factory=Counter)  # requests after which who asked still was who they are
    signed_out: Counter[str] = field(default_factory=Counter)  # and those in between which they no longer were
    findings: list[Finding] = field(default_factory=list)
    repeats: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, what: str, status: int) -> None:
        """Notes a request that was answered."""
        with self._lock:
            self.asked[what] += 1
            self.statuses[status] += 1

    def vouch(self, who: str, requests: int, *, is_signed_in: bool) -> None:
        """Notes whether somebody still was signed in, as who they are, after so many requests."""
        with self._lock:
            (self.signed_in if is_signed_in else self.signed_out)[who] += requests

    def read(self, media_type: str) -> None:
        """Notes an answer that was looked through."""
        with self._lock:
            self.media[media_type] += 1

    def saw(self, who: str, kind: str) -> None:
        """Notes that somebody was shown a planted text that they may see: the crawler looks where there is something."""
        with self._lock:
            self.seen[(who, kind)] += 1

    def add(self, finding: Finding, address: str = "") -> None:
        """Keeps a finding; of the same fault at the same address, the first."""
        key = (finding.kind, address, finding.about)
        with self._lock:
            self.repeats[key] += 1
            if self.repeats[key] == 1:
                self.findings.append(finding)

    def of_kind(self, *kinds: str) -> list[Finding]:
        """Returns the findings of some kinds."""
        return [finding for finding in self.findings if finding.kind in kinds]

    @property
    def people(self) -> str:
        """How many requests counted as signed in as whom, and how many did not."""
        counted = [f"{who} {count:,}" for who, count in sorted(self.signed_in.items())]
        return ", ".join([*counted, f"and {sum(self.signed_out.values()):,} not"])

    @property
    def total(self) -> int:
        """Number of requests."""
        return sum(self.asked.values())
