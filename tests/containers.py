"""Reads what describes the containers, without an engine."""

import re
import shutil
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
IMAGE = ROOT / "Dockerfile"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
ONE_SHOT = {"provision", "migrate", "loader"}
LASTING = sorted(set(SERVICES) - ONE_SHOT)


def instructions(path: Path) -> list[tuple[str, str]]:
    """Returns the instructions of a Dockerfile, each as its word and the rest, continued lines joined."""
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [tuple(line.split(maxsplit=1)) for line in whole.splitlines() if line.strip()]


def copied() -> list[tuple[str, str]]:
    """Returns what the image copies from the repository: source and target, in order."""
    pairs = [rest.split() for word, rest in instructions(IMAGE) if word == "COPY" and "--from" not in rest]
    return [(source, sources[-1]) for sources in pairs for source in sources[:-1]]


def build_context(folder: Path) -> Path:
    """Copies into a folder what the image would hold of the repository, and returns it."""
    for source, target in copied():
        here, there = ROOT / source, folder / target
        if target.startswith("/"):
            continue
        if here.is_dir():
            shutil.copytree(here, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            there.mkdir(parents=True, exist_ok=True)
            shutil.copy2(here, there)
    return folder


def variables(text: str) -> set[str]:
    """Returns the names of the environment's variables that a compose text asks for."""
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", text))


def examples() -> dict[str, str]:
    """Returns the variables of .env.example with their values there."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", maxsplit=1) for line in lines if line and not line.startswith("#"))
