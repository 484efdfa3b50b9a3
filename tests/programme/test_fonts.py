import subprocess
import sys

import pytest

from livestream.errors import MachineError
from livestream.programme import fonts, graphics
from livestream.programme.fonts import fonts_report, require_fonts, script_of


@pytest.mark.parametrize(
    ("locale", "script"),
    [("en-US", "Latn"), ("ar-AE", "Arab"), ("hi-IN", "Deva"), ("ja-JP", "Jpan"), ("zh-CN", "Hans"), ("zh-TW", "Hant"),
     ("ko-KR", "Kore"), ("th-TH", "Thai"), ("ru-RU", "Cyrl"), ("he-IL", "Hebr"), ("uk-UA", "Cyrl")],
)  # fmt: skip
def test_the_script_of_a_locale(locale, script):
    assert script_of(locale) == script


def test_the_report_begins_with_the_locales_own_script():
    report = fonts_report("ar-AE")
    assert report[0].script == "Arab"
    assert len({entry.script for entry in report}) == len(report)
    assert next(entry for entry in report if entry.script == "Latn").covered


def test_a_missing_font_names_its_package(monkeypatch):
    monkeypatch.setattr(fonts, "_family_of", lambda *_: "")
    with pytest.raises(MachineError, match="fonts-noto-cjk"):
        require_fonts("ja-JP")
    with pytest.raises(MachineError, match="fonts-noto-core"):
        require_fonts("en-US")


def test_a_missing_system_library_is_a_sentence(monkeypatch):
    def missing(_name):
        raise ImportError("libEGL.so.1: cannot open shared object file")

    graphics.skia.cache_clear()
    monkeypatch.setattr(graphics, "import_module", missing)
    with pytest.raises(MachineError, match="libegl1") as caught:
        graphics.skia()
    assert "libEGL.so.1" in str(caught.value)
    graphics.skia.cache_clear()


def test_importing_the_programme_loads_neither_skia_nor_pydub():
    code = "import sys, livestream.programme; sys.exit(bool({'skia', 'pydub'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_looking_for_fonts_leaves_the_terminal_clean():
    code = "from livestream.programme.fonts import require_fonts; require_fonts('en-US')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.parametrize(("locale", "first"), [("ja-JP", "JP"), ("zh-TW", "TC"), ("zh-CN", "SC"), ("ko-KR", "KR")])
def test_han_is_written_as_the_market_writes_it(locale, first):
    han = [family for family in fonts.families(locale) if "CJK" in family]
    assert han[0].endswith(first)
    assert len(han) == 4
