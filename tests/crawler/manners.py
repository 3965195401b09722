"""Headers that protect who sits at a shared machine, and pages that ask nobody else."""

import re

from tests.crawler.chance import MARKUP
from tests.crawler.wire import Answer

# what a page says its own address is, is not asked for
ELSEWHERE = re.compile(
    rb'<(?:script|img|link(?! rel="canonical")|iframe|source|form)[^>]*\s(?:src|href|action)="(?:https?:)?//',
    re.IGNORECASE,
)
LAX = re.compile(r"'unsafe-|\bhttps?:|\*")
WANTED = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "", "X-Frame-Options": "DENY"}


def faults_of(answer: Answer, *, signed_in: bool) -> list[str]:
    """Returns what an answer lacks, or says too much; nothing for one as it should be."""
    faults = [f"no {name}" for name, value in WANTED.items() if value not in (answer.header(name) or "absent")]
    # what sends somewhere else holds nothing to keep, and who was just signed out has nothing to lose
    goes = bool(answer.header("Location")) or any("session" in name for name in _cookies_taken_away(answer))
    # what everybody reads says so, and the canaries tell whether it names anybody
    is_everybodys = answer.header("Cache-Control") == "public, no-cache" and "Cookie" not in answer.header("Vary")
    if signed_in and not goes and not is_everybodys and "no-store" not in answer.header("Cache-Control"):
        faults.append("may be kept in a cache: no Cache-Control: no-store")
    if any(letter.isdigit() for letter in answer.header("Server") + answer.header("X-Powered-By")):
        faults.append("names the version of a server")
    faults += [f"the cookie {name} lacks {what}" for name, what in _lax_cookies(answer)]
    if answer.media_type == "text/html":
        policy = answer.header("Content-Security-Policy")
        if "default-src" not in policy or LAX.search(policy):
            faults.append(f"a lax policy: {policy or 'none'}")
        if ELSEWHERE.search(answer.body):
            faults.append("asks somebody else for a part of the page")
        if MARKUP.encode() in answer.body:
            faults.append("repeats markup unescaped")
    return faults


def _lax_cookies(answer: Answer) -> list[tuple[str, str]]:
    kept = [line for line in _cookie_lines(answer) if _content(line)]
    return [(line.partition("=")[0], what) for line in kept for what in ("HttpOnly", "SameSite") if what not in line]


def _cookies_taken_away(answer: Answer) -> list[str]:
    return [line.partition("=")[0] for line in _cookie_lines(answer) if not _content(line)]


def _cookie_lines(answer: Answer) -> list[str]:
    return [value for name, value in answer.headers if name.lower() == "set-cookie"]


def _content(line: str) -> str:
    return line.partition("=")[2].partition(";")[0].strip('"')
