"""What the kernel tells of processes."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def children_of(pid: int | None) -> list[int]:
    """Returns the process ids of a process's children."""
    with open(f"/proc/{pid}/task/{pid}/children") as children:  # noqa: PTH123 - a file of the kernel
        return [int(child) for child in children.read().split()]


def proportional_memory_of(pid: int | None) -> float:
    """Returns the MB of one process, shared pages counted in proportion (PSS)."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:  # noqa: PTH123 - a file of the kernel
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024


def most_resident_of(pid: int) -> float:
    """Returns the most MB that one process ever held, shared pages counted whole."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def worked_of(pid: int) -> float:
    """Returns the seconds in which a processor worked for one process."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS
