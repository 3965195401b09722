"""Tests mirror code: where a rule lives, its test is found without a search."""

from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
BANNED = {"utils", "helpers", "common", "misc", "core", "base", "managers", "services", "handlers", "processors"}
APPS = ("inharmony", "schools", "programmes", "participants", "outcomes", "evaluation")
# folders whose files hold rules; models are proven through the acts and the architecture tests
MIRRORED = (
    "actions",
    "figures",
    "reports",
    "imports",
    "validators",
    "charts",
    "views",
    "access",
    "measures",
    "analysis",
)


def code():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield path.relative_to(ROOT)


def test_every_test_mirrors_code_that_is_there():
    for app in APPS:
        for test in sorted((ROOT / "tests" / app).rglob("test_*.py")):
            inner = test.relative_to(ROOT / "tests")
            noun = inner.name.removeprefix("test_").removesuffix(".py")
            folder = ROOT / inner.parent
            assert folder.is_dir(), f"{test} mirrors a folder that is not there"
            if set(inner.parts) & set(MIRRORED) and not noun.startswith("published"):
                named = [path.stem for path in folder.iterdir() if path.stem != "__init__"]
                assert any(noun == stem or noun.startswith(f"{stem}_") for stem in named), f"{inner} names no file"


def test_acts_have_their_tests():
    missing = [
        str(path)
        for path in code()
        if "actions" in path.parts
        and path.stem != "__init__"
        and not (ROOT / "tests" / path.parent / f"test_{path.stem}.py").exists()
    ]
    assert missing == []


def test_no_file_is_named_for_nothing():
    named = [str(path) for path in code() if path.stem in BANNED and path.parts[:2] != ("inharmony", "settings")]
    assert named == []
