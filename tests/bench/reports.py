"""
Reports against the bare rendering of the same HTML: one at a time, and a country's worth of them at once.

What a report costs is everything from the figures to the tagged PDF; of the country, from the first ask to the last file
handed over, by the portal's own worker. The floor is WeasyPrint alone, in as many processes, the HTML and charts given.
"""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from inharmony.servers.folders import REPOSITORY
from tests.bench import report_bare
from tests.bench.measure import Measure
from tests.bench.processes import worked_of
from tests.stack import RunningStack

ROUNDS = 7
# by which the longest report, and all of them, may be dearer than WeasyPrint alone
TARGET = 1.25
MEMORY, AGAIN = 250, 1  # MB; seconds
LINEAR = 1.7  # times as fast with two processes as with one


def measure(stack: RunningStack) -> list[Measure]:
    """Returns the ratios and the memory; the worker is the portal's own again afterwards."""
    return [*(_one(stack, of) for of in ("programme", "country")), *_country(stack)]


def _one(stack: RunningStack, of: str) -> Measure:
    told = _told(stack, "report_one", of, str(ROUNDS))
    taken, used = ({name: median(each) for name, each in told[kind].items()} for kind in ("seconds", "processor"))
    floor, worked = taken.pop("bare"), used.pop("bare")
    steps = ", ".join(f"{name} {seconds:.2f}" for name, seconds in taken.items())
    words = (
        f"{told['report']}: {told['pages']} pages, {told['charts']} charts, {told['bytes'] / 1000:.0f} kB; {steps} s; "
        f"bare {floor:.2f} s; by the processor {sum(used.values()) / worked:.2f} x {worked:.2f} s"
    )
    return Measure(f"report_{of}", sum(taken.values()) / floor, "x bare WeasyPrint", TARGET, words)


def _country(stack: RunningStack) -> list[Measure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        _run(stack, "report_country", "lay-out", name)
        # the floor before and after, so that a machine that has other work slows both
        floors = [_bare(folder)]
        two = _made(stack, 2)
        floors.append(_bare(folder))
    one, watched = _made(stack, 1), _made(stack, 2, "watch")
    bare, worked = (sum(each) / len(each) for each in zip(*floors, strict=True))
    speedup = one["made"] / two["made"]
    words = (
        f"{two['reports']} reports, {two['pages']} pages: {two['made']:.1f} s, of which asking {two['asking']:.1f}; "
        f"bare {bare:.1f} s; by the processor {two['worked'] / worked:.2f} x {worked:.1f} s"
    )
    alone = (
        f"{speedup:.2f} times as fast as one process alone: {one['made']:.1f} s, by the processor {one['worked']:.1f}"
    )
    memory = f"most of one of 2 worker processes (PSS); resident {watched['resident']:.0f} MB"
    return [
        Measure("reports_country", two["made"] / bare, "x bare WeasyPrint", TARGET, words),
        # as a ratio that is met from below
        Measure("reports_two_processes", LINEAR / speedup, f"of {LINEAR} times", 1, alone),
        Measure("reports_again", two["again"], "s", AGAIN, f"{two['reports']} asked for again, nothing changed"),
        Measure("reports_memory", watched["memory"], "MB", MEMORY, memory),
    ]


def _bare(folder: Path) -> tuple[float, float]:
    """The seconds in which two processes render everything in a folder, by the clock and of the processor."""
    report_bare.put_back(folder)
    command = [sys.executable, "-m", "tests.bench.report_bare", str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    renderers = [subprocess.Popen(command, cwd=REPOSITORY, **pipes) for _ in range(2)]
    for renderer in renderers:
        renderer.stdout.readline()
    began, before = time.perf_counter(), sum(worked_of(renderer.pid) for renderer in renderers)
    for renderer in renderers:
        renderer.stdin.write("now\n")
        renderer.stdin.flush()
    for renderer in renderers:
        renderer.stdout.readline()
    seconds, worked = time.perf_counter() - began, sum(worked_of(renderer.pid) for renderer in renderers) - before
    for renderer in renderers:
        renderer.communicate("end\n")
    if any(renderer.returncode for renderer in renderers):
        raise RuntimeError("a bare rendering failed: see above")
    return seconds, worked


def _made(stack: RunningStack, many: int, act: str = "ask") -> dict[str, Any]:
    """What the country tells of a worker of as many processes, which begins with nothing made and nothing loaded."""
    worker = stack["worker"]
    usual = worker.program
    worker.stop()
    stack.rows("TRUNCATE evaluation_reportjob CASCADE")
    at = usual.argv.index("--concurrency") + 1
    worker.program = replace(usual, argv=[*usual.argv[:at], str(many), *usual.argv[at + 1 :]])
    worker.start()
    try:
        return _told(stack, "report_country", act, str(worker.pid))
    finally:
        worker.stop()
        worker.program = usual
        worker.start()


def _told(stack: RunningStack, module: str, *arguments: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_run(stack, module, *arguments).splitlines()[-1])
    return told


def _run(stack: RunningStack, module: str, *arguments: str) -> str:
    """What a program of the bench prints, run as the portal's worker is."""
    environment = stack.environment | {"DATABASE_LOGIN": "worker"}
    command = [sys.executable, "-m", f"tests.bench.{module}", *arguments]
    return subprocess.check_output(command, cwd=REPOSITORY, env=environment, text=True)
