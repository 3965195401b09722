import copy

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def folder(settings, tmp_path):
    """An empty folder that is the only one templates are taken from."""
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [tmp_path]
    return tmp_path


def test_the_portals_own_templates_compile(capsys):
    call_command("check_templates")
    assert capsys.readouterr().out.endswith(" templates compile\n")


def test_a_mistyped_tag_is_named_with_its_file(folder):
    (folder / "good.html").write_text("{{ name }}")
    (folder / "bad.html").write_text("{% includ 'x' %}")
    with pytest.raises(CommandError, match=r"bad\.html: Invalid block tag on line 1: 'includ'"):
        call_command("check_templates")


def test_an_inline_style_or_script_is_named_with_its_file(folder):
    (folder / "styled.html").write_text('<p style="color: red">')
    (folder / "scripted.html").write_text("<script>alert(1)</script>")
    with pytest.raises(CommandError) as refusal:
        call_command("check_templates")
    assert "scripted.html: “<script” is inline" in str(refusal.value)
    assert "styled.html: “style=” is inline" in str(refusal.value)
