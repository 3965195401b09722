"""Starts a program that ends when the process that started it ends, however that ends.

Run by path, with nothing but the standard library:

    python -I -S launch.py PARENT SIGNAL IDENTITY FOLDER PROGRAM [ARGUMENT ...]

PARENT is the process id of the starter, SIGNAL the number of the signal the program gets when the starter is gone,
IDENTITY as whom it runs (`same`, `namespace:UID:GID` or `drop:UID:GID`, see identity.py), FOLDER where.

The wish is voiced after the identity is taken, because the kernel forgets it whenever a process changes its user; and
the parent is looked at afterwards, because it may have gone in between.
"""

import ctypes
import os
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
REFUSED = 125


def end_with_parent(signal_number: int, parent: int) -> None:
    """Makes the kernel send this process the signal when its parent ends; ends at once if that has happened.

    Linux only: elsewhere this does nothing, and only an orderly end of the parent ends the process.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the kernel refused the parent-death signal")
    if os.getppid() != parent:
        os._exit(REFUSED)


def take_identity(identity: str) -> None:
    """Becomes the user that the text names; raises OSError where the kernel does not allow it."""
    way, _, ids = identity.partition(":")
    if way == "same":
        return
    uid, gid = (int(part) for part in ids.split(":"))
    if way == "drop":
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
        return
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "the kernel refused a user namespace")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {outer_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {outer_gid} 1")


def main(arguments: list[str]) -> None:
    parent, signal_number, identity, folder, *program = arguments
    try:
        take_identity(identity)
        os.chdir(folder)
        end_with_parent(int(signal_number), int(parent))
        os.execv(program[0], program)  # noqa: S606 - no shell is the point
    except OSError as error:
        print(f"{program[0]} cannot be started as {identity} in {folder}: {error}", file=sys.stderr)
        os._exit(REFUSED)


if __name__ == "__main__":
    main(sys.argv[1:])
