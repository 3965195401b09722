"""Static files of a portal that serves: names that change with what they hold, and one style sheet for all pages."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

# in the order of their layers
STYLES = (
    *("tokens", "base", "layout", "chrome", "controls"),
    *("words", "lists", "figures", "photos", "register", "print"),
)
SHEETS = tuple(f"css/{name}.css" for name in STYLES)
ALL = "css/all.css"


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Gathered, they are hashed, also where one script imports another; the style sheets are put together into one."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Yields what was made of each file, of the one style sheet too."""
        if not dry_run:
            self.delete(ALL)
            self._save(ALL, ContentFile("\n".join(self._text(sheet) for sheet in SHEETS)))
            paths[ALL] = (self, ALL)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _text(self, name: str) -> str:
        with self.open(name) as sheet:
            return str(sheet.read(), "utf-8")


def style_sheets() -> list[str]:
    """Returns the addresses of what every page is styled by: one where the files were gathered, else each."""
    names = (ALL,) if isinstance(staticfiles_storage, StaticFiles) else SHEETS
    return [static(name) for name in names]
