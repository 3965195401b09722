"""Compiles every template of the portal, so that a mistyped tag is found before a person finds it."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.loader import get_template

# the policy of the pages allows neither; a script's data (json_script) is not written in a template
INLINE = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)")


class Command(BaseCommand):
    help = "Compiles every template and refuses inline styles and scripts."

    def handle(self, **options: Any) -> None:
        names = [(root, path) for root in _roots() for path in sorted(root.rglob("*")) if path.is_file()]
        wrong = [problem for root, path in names if (problem := _problem(root, path))]
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{len(names)} templates compile")


def _roots() -> list[Path]:
    return [Path(root) for engine in engines.all() for root in engine.dirs]


def _problem(root: Path, path: Path) -> str:
    name = str(path.relative_to(root))
    try:
        get_template(name)
    except (TemplateSyntaxError, TemplateDoesNotExist) as mistake:
        return f"{name}: {mistake}"
    found = INLINE.search(path.read_text()) if path.suffix == ".html" else None
    return f"{name}: “{found.group().strip()}” is inline; put it into static/" if found else ""
