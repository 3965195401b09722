"""What the web processes hold after the bench has asked them for everything, against a Django project with nothing in it."""

from tests.bench.floors import bare_project, proportional_memory
from tests.bench.measure import Measure
from tests.stack import RunningStack

TARGET = 1.3


def measure(stack: RunningStack) -> list[Measure]:
    """Returns the ratio of memory, master and workers, pages that processes share counted in proportion."""
    bare = proportional_memory(bare_project(stack))
    ours = proportional_memory(stack["web"])
    words = f"{ours:.0f} MB, bare Django {bare:.0f} MB (PSS of master and workers)"
    return [Measure("web_memory", ours / bare, "x bare Django", TARGET, words)]
