"""What this machine has and lacks for a channel, each lack with the command that mends it.

Nothing heavy is imported with this module: what is broken is found by trying it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from livestream import datafiles
from livestream.errors import LivestreamError, MachineError, UsageError

if TYPE_CHECKING:
    from livestream.channel.capacity import Capacity

State = Literal["ok", "lacking", "optional"]
"""`lacking` keeps a channel off the air, `optional` does not."""

NATIVE = {
    "numpy": "numpy",
    "cv2": "opencv-python-headless",
    "av": "av",
    "skia": "skia-python",
    "onnxruntime": "onnxruntime",
}
"""Modules with machine code, which may be installed and yet not load, and their packages."""
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "fontconfig",
    "libfreetype.so.6": "libfreetype6",
    "libgomp.so.1": "libgomp1",
    "libstdc++.so.6": "libstdc++6",
}
"""The system libraries that wheels expect, and the Debian packages that hold them."""
ENCODERS = {"libx264": "H.264 picture", "aac": "AAC sound", "libopus": "Opus sound, for the live preview"}
RTMP_MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
RECORDING_BYTES_AN_HOUR = 1_200_000_000
LITTLE_ROOM = 1_000_000_000
_LIBRARY = re.compile(r"lib[\w.+-]+\.so(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    section: str
    name: str
    state: State
    detail: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was looked at; `capacity` is None where something that it needs is lacking."""

    checks: tuple[Check, ...]
    capacity: Capacity | None

    @property
    def on_air(self) -> bool:
        """Whether a channel can go on air here."""
        return all(check.state != "lacking" for check in self.checks)


def examine(*, measure: bool = True, progress: Callable[[float], None] = lambda share: None) -> Report:
    """Look at everything; never raises for what is missing.

    Args:
        measure: also measure how many channels fit, which takes about three seconds.
        progress: told the share done, 0 to 1.
    """
    sections = (_python, _packages, _native, _encoders, _voices, _presenter, _fonts, _programs, _storage)
    checks: list[Check] = []
    for done, section in enumerate(sections, 1):
        checks += section()
        progress(0.5 * done / len(sections))
    capacity = None
    if measure and all(check.state != "lacking" for check in checks):
        found, capacity = _carries(progress)
        checks.append(found)
    progress(1.0)
    return Report(tuple(checks), capacity)


def _install(packages: Iterable[str]) -> str:
    wanted = " ".join(sorted(set(packages)))
    if shutil.which("apt-get") is None:
        return f"Install by your system's packages (Debian calls them {wanted})."
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install -y {wanted}"


def _python() -> Iterator[Check]:
    yield Check("Software", "Python", "ok", f"{platform.python_version()}, {platform.machine()}, {sys.platform}")


def _packages() -> Iterator[Check]:
    """Look whether what the package asks for is installed."""
    try:
        wanted = metadata.requires("livestream") or []
    except metadata.PackageNotFoundError:
        yield Check("Software", "livestream", "optional", "runs from a folder, not installed", "pip install -e .")
        return
    core, extra = _missing(wanted, ""), _missing(wanted, "clips")
    if core:
        yield Check("Software", "packages", "lacking", f"missing: {', '.join(core)}", f"pip install {' '.join(core)}")
    else:
        yield Check("Software", "packages", "ok", f"livestream {metadata.version('livestream')} and all it needs")
    if extra:
        detail = f"missing: {', '.join(extra)}; livestream clip needs it"
        yield Check("Software", "extra clips", "optional", detail, "pip install 'livestream[clips]'")
    else:
        yield Check("Software", "extra clips", "ok", f"moviepy {metadata.version('moviepy')}")


def _missing(wanted: Iterable[str], extra: str) -> list[str]:
    """Return the distributions of an extra, or of none, that are not installed."""
    missing = []
    for requirement in wanted:
        specifier, _, marker = requirement.partition(";")
        of = re.search(r"extra == ['\"](\w+)['\"]", marker)
        since = re.search(r"python_version >= ['\"]3\.(\d+)['\"]", marker)
        if (of[1] if of else "") != extra or (since and sys.version_info < (3, int(since[1]))):
            continue
        name = re.split(r"[\s\[<>=!~]", specifier.strip(), maxsplit=1)[0]
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    return missing


def _native() -> Iterator[Check]:
    """Load the modules that rest on system libraries; name every library that is not there, not only the first."""
    loaded = []
    for name, package in NATIVE.items():
        try:
            import_module(name)
        except (ImportError, OSError) as error:
            yield _unloadable(name, package, str(error))
            if name == "numpy":
                return  # none of the others loads without it
        else:
            loaded.append(name)
    if loaded:
        yield Check("Software", "system libraries", "ok", f"{', '.join(loaded)} load")


def _unloadable(name: str, package: str, message: str) -> Check:
    named = _LIBRARY.search(message)
    if named is None:
        remedy = f"pip install --force-reinstall {package}"
        return Check("Software", name, "lacking", f"cannot be loaded: {message.splitlines()[0]}", remedy)
    absent = [library for library in LIBRARIES if not _loads(library)]
    if named[0] not in absent:
        absent.insert(0, named[0])
    known = [LIBRARIES[library] for library in absent if library in LIBRARIES]
    remedy = _install(known) if known else f"Install the system package that holds {named[0]}."
    return Check("Software", name, "lacking", f"cannot be loaded without {', '.join(absent)}", remedy)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _encoders() -> Iterator[Check]:
    try:
        import av
        from av.codec.codec import UnknownCodecError
    except (ImportError, OSError):
        return  # said above
    for name, what in ENCODERS.items():
        try:
            av.Codec(name, "w")
        except UnknownCodecError:
            remedy = "pip install --force-reinstall --only-binary av av"
            yield Check("Encoders", name, "lacking", f"this build of av cannot write {what}", remedy)
        else:
            yield Check("Encoders", name, "ok", what)


def _voices() -> Iterator[Check]:
    """Look at every locale's voice and playbook; one locale that is whole is enough to go on air."""
    try:
        found = [list(_locale(tag)) for tag in datafiles.names("voices")]
    except (ImportError, OSError) as error:
        yield Check("Languages", "voices", "lacking", f"cannot be looked at: {error}", "Mend the software above first.")
        return
    if not found:
        yield Check("Languages", "voices", "lacking", "there is no voices folder", "Reinstall livestream.")
    one_whole = any(all(check.state != "lacking" for check in checks) for checks in found)
    for checks in found:
        for check in checks:
            spared = one_whole and check.state == "lacking"
            state: State = "optional" if spared else check.state
            yield Check(check.section, check.name, state, check.detail, check.remedy)


def _locale(tag: str) -> Iterator[Check]:
    from livestream.rundown import playbook_locales
    from livestream.speech.engine import make_engine
    from livestream.speech.voice import load_voice, quality

    try:
        voice = load_voice(tag)
    except UsageError as error:
        yield Check("Languages", tag, "lacking", error.message, f"Correct {error.where}.")
        return
    present: list[str] = []
    absent: list[Check] = []
    for name in voice.engines:
        try:
            make_engine(name, voice)
            present.append(name)
        except LivestreamError as error:
            absent.append(Check("Languages", f"{tag} {name}", "optional", error.message, error.remedy))
    if not (present and tag in playbook_locales()):
        detail = "no speech engine of its voice is installed" if not present else "there is no playbook"
        remedy = absent[0].remedy if not present else f"livestream locale check {tag} says what is missing."
        yield Check("Languages", tag, "lacking", detail, remedy)
    else:
        found = quality(voice)
        tier = f"{found.tier}, preview quality" if found.preview else found.tier
        also = f", then {', '.join(present[1:])}" if present[1:] else ""
        yield Check("Languages", tag, "ok", f"{tier} voice by {present[0]}{also}; playbook")
    yield from absent


def _presenter() -> Iterator[Check]:
    for name in datafiles.names("assets/presenters"):
        yield Check("Picture", "presenter", "ok", name)
    if not datafiles.names("assets/presenters"):
        yield Check("Picture", "presenter", "lacking", "there is none", "Reinstall livestream.")


def _fonts() -> Iterator[Check]:
    """Look which scripts can be written; those of the locales that have voices must be."""
    try:
        from livestream.programme.fonts import fonts_report, script_of
    except (ImportError, OSError):
        return  # said above
    locales = datafiles.names("voices") or ["en-US"]
    try:
        coverage = fonts_report(locales[0])
        own = {script_of(tag) for tag in locales}
    except (LivestreamError, ValueError):
        return  # said above
    written = [_script_name(script.script) for script in coverage if script.covered]
    if written:
        yield Check("Picture", "fonts", "ok", ", ".join(written))
    for package in sorted({script.package for script in coverage if not script.covered}):
        scripts = [script.script for script in coverage if script.package == package and not script.covered]
        state: State = "lacking" if own & set(scripts) else "optional"
        names = ", ".join(map(_script_name, scripts))
        yield Check("Picture", "fonts", state, f"none for {names}", _install([package]))


def _script_name(script: str) -> str:
    from babel import Locale

    return str(Locale("en").scripts.get(script, script))


def _programs() -> Iterator[Check]:
    """Look for what only the tests use."""
    section = "Programs that only tests need"
    for name, packages in {"ffmpeg": ["ffmpeg"], "chromium": ["chromium"]}.items():
        path = shutil.which(name)
        yield Check(section, name, "ok", path) if path else Check(section, name, "optional", "", _install(packages))
    if shutil.which("nginx") and RTMP_MODULE.is_file():
        yield Check(section, "nginx", "ok", "with its RTMP module")
    else:
        yield Check(section, "nginx", "optional", "with its RTMP module", _install(["nginx", "libnginx-mod-rtmp"]))


def _storage() -> Iterator[Check]:
    remedy = "export XDG_CACHE_HOME=/a/folder/you/may/write"
    try:
        cache = datafiles.cache_dir()
        with tempfile.TemporaryFile(dir=cache):
            pass
    except (MachineError, OSError) as error:
        yield Check("Machine", "cache", "lacking", str(getattr(error, "message", error)), remedy)
        return
    yield Check("Machine", "cache", "ok", str(cache))
    free = min(shutil.disk_usage(cache).free, shutil.disk_usage(Path.cwd()).free)
    detail = f"{free / 1e9:.1f} GB free: about {free / RECORDING_BYTES_AN_HOUR:,.0f} h of recording"
    if free < LITTLE_ROOM:
        yield Check("Machine", "disk", "optional", detail, "Free some space before you record.")
    else:
        yield Check("Machine", "disk", "ok", detail)


def _carries(progress: Callable[[float], None]) -> tuple[Check, Capacity | None]:
    """Measure for a moment how many channels fit."""
    from livestream.channel.capacity import measure

    try:
        found = measure(frames=40, seconds=1.0, progress=lambda _, share: progress(0.5 + share / 2))
    except LivestreamError as error:
        return Check("Machine", "CPU", "lacking", f"a trial failed: {error.message}", error.remedy), None
    detail = (
        f"{found.cores:g} cores carry {_channels(found.channels)} ({found.channel:.2f} cores each); "
        f"{found.free:.1f} free now, for {_channels(found.channels_now)}"
    )
    state: State = "ok" if found.channels_now else "optional"
    remedy = "" if found.channels_now else "End other work before you go on air."
    if found.channel > found.cores:
        state, remedy = "lacking", "A channel needs a faster machine, or more of its cores."
    return Check("Machine", "CPU", state, detail, remedy), found


def _channels(count: int) -> str:
    return f"{count or 'no'} channel{'' if count == 1 else 's'}"
