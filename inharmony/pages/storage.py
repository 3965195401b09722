"""Static files of a portal that serves: names that change with what they hold, and one style sheet a page."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

# in the order of their layers; those whom people work with load everything, the public only what is theirs
STYLES = (
    *("tokens", "base", "layout", "chrome", "controls"),
    *("words", "lists", "figures", "pictures", "register", "print"),
)
PUBLIC_STYLES = (
    *("tokens", "base", "layout", "chrome", "controls"),
    *("words", "lists", "figures", "pictures", "public", "timeline", "print"),
)
# who answers by a slip is on the slowest machine of a school: nothing that only other pages need
ANSWER_STYLES = ("tokens", "base", "layout", "chrome", "controls", "words", "answer", "print")
# the name under which they are put together, and of what
BUNDLES = {"all": STYLES, "public-all": PUBLIC_STYLES, "answer-all": ANSWER_STYLES}
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Gathered, they are hashed, also where one script imports another; the style sheets are put together."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Yields what was made of each file, of the style sheets put together too."""
        if not dry_run:
            for bundle, names in BUNDLES.items():
                (path,) = sheets([bundle])
                self.delete(path)
                self._save(path, ContentFile("\n".join(self._text(sheet) for sheet in sheets(names))))
                paths[path] = (self, path)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _text(self, name: str) -> str:
        with self.open(name) as sheet:
            return COMMENT.sub("", str(sheet.read(), "utf-8"))


def sheets(names: Iterable[str]) -> list[str]:
    """Returns the names of the files of some style sheets."""
    return [f"css/{name}.css" for name in names]


def style_sheets(bundle: str = "all") -> list[str]:
    """Returns the addresses of what a page is styled by: one where the files were gathered, else each."""
    names = [bundle] if isinstance(staticfiles_storage, StaticFiles) else BUNDLES[bundle]
    return [static(name) for name in sheets(names)]
