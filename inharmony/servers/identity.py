"""As whom PostgreSQL runs. It refuses to be root, and wants a user that the system has a name for.

- An ordinary user runs it as is.
- Root runs it in a user namespace: inside, the process is an ordinary user; outside, its files are still root's.
- Where namespaces are not allowed (many containers), root drops to the owner of the folder, else to `nobody`.
"""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from inharmony.servers.launch import REFUSED
from inharmony.servers.refusal import ServersError

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Identity:
    """`way` is same, namespace or drop; `uid` and `gid` are those the program sees itself as."""

    way: str = "same"
    uid: int = 0
    gid: int = 0

    def __str__(self) -> str:
        return "same" if self.way == "same" else f"{self.way}:{self.uid}:{self.gid}"

    def launch(self, argv: list[str], folder: Path, death_signal: int) -> list[str]:
        """Returns the command that runs `argv` as this identity in `folder`, ending when this process ends."""
        launcher = [sys.executable, "-I", "-S", str(LAUNCHER)]
        return [*launcher, str(os.getpid()), str(death_signal), str(self), str(folder), *argv]

    def own(self, folder: Path) -> None:
        """Gives the folder and all in it to the user that the programs run as."""
        if self.way != "drop" or folder.stat().st_uid == self.uid:
            return
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def choose_identity(folder: Path, program: Path, candidates: Iterable[Identity] | None = None) -> Identity:
    """Returns the first identity that can enter `folder` and run `program`; raises ServersError with the reasons."""
    reasons = []
    for identity in candidates or _candidates(folder):
        if identity.way == "same":
            return identity
        tried = subprocess.run(
            identity.launch([str(program), "--version"], folder, 9),
            capture_output=True,
            text=True,
            check=False,
        )
        if tried.returncode == 0:
            return identity
        said = tried.stderr.strip() or f"ended with {tried.returncode}"
        reasons.append(said if tried.returncode == REFUSED else f"{program} as {identity}: {said}")
    raise ServersError(
        "PostgreSQL does not run as this user, and no other way is open here: "
        + "; ".join(reasons)
        + ". Start as an ordinary user, or set DATA_DIR to a folder that everyone may enter, or set DATABASE_URL "
        "to a server of your own."
    )


def _candidates(folder: Path) -> Iterator[Identity]:
    uid = os.geteuid()
    named = next((entry for entry in pwd.getpwall() if entry.pw_uid not in (0, uid)), None)
    if uid != 0:
        if _has_name(uid) or named is None:
            yield Identity()
        else:
            yield Identity("namespace", named.pw_uid, named.pw_gid)
        return
    owner = folder.stat()
    if owner.st_uid != 0:
        yield Identity("drop", owner.st_uid, owner.st_gid)
        return
    if named is not None:
        yield Identity("namespace", named.pw_uid, named.pw_gid)
    parent = folder.parent.stat()
    if parent.st_uid != 0 and _has_name(parent.st_uid):
        yield Identity("drop", parent.st_uid, parent.st_gid)
    yield nobody()


def nobody() -> Identity:
    """Returns the way of last resort for root."""
    entry = pwd.getpwnam("nobody")
    return Identity("drop", entry.pw_uid, entry.pw_gid)


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
