"""Product pictures: from the merchant's folder or over https, checked, normalised and kept.

Whatever goes wrong, the product goes on air with a drawn card: a picture that is absent, refused or
unreachable is None with a reason, never an error and never a wait beyond a few seconds.
"""

from __future__ import annotations

import hashlib
import os
import queue
import re
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import cv2
import httpcore
import numpy as np
from numpy.typing import NDArray

from livestream.catalogue.download import MAX_BYTES, MAX_SECONDS, Refused, Resolve, download, resolve_host
from livestream.catalogue.model import Catalogue
from livestream.catalogue.picture_headers import picture_header
from livestream.catalogue.report import Report
from livestream.clock import Clock, SystemClock

MAX_PIXELS = 40_000_000
MAX_SIDE = 1024
"""Pixels of the longer side of a normalised picture."""
FRESH_SECONDS = 24 * 3600.0
"""How long a fetched picture is used without asking again; without a network it is used for good."""
PATIENCE = 6.0
"""Seconds after which a whole catalogue's pictures are no longer waited for."""
KEPT = 2_000
"""Pictures kept in the cache; the longest unused go first."""
WORKERS = 8

_NO_TIME = "there was no time left to fetch it"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")

# Of a damaged picture it would write to stderr itself, without the name of the file.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


@dataclass(frozen=True, slots=True)
class Picture:
    """A normalised PNG, or the reason why there is none."""

    reference: str
    path: Path | None
    reason: str = ""


class Pictures:
    """Fetches pictures into a content-addressed cache; what failed once is not tried again by this object.

    Safe to use from several threads.
    """

    def __init__(
        self,
        cache: Path,
        *,
        resolve: Resolve = resolve_host,
        clock: Clock | None = None,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._cache = cache
        self._resolve = resolve
        self._clock = clock or SystemClock()
        self._network = network
        self._failed: dict[tuple[str, Path], Picture] = {}
        self._lost_hosts: set[str] = set()

    def fetch(self, reference: str, *, base: Path, deadline: float | None = None) -> Picture:
        """Return one picture. Local paths are relative to `base`; `deadline` is on the clock's monotonic time."""
        if known := self._failed.get((reference, base)):
            return known
        latest = self._clock.monotonic() + MAX_SECONDS
        try:
            path = self._fetch(reference, base, latest if deadline is None else min(latest, deadline))
            return Picture(reference, path)
        except (Refused, OSError) as error:
            reason = str(error) if isinstance(error, Refused) else (error.strerror or str(error))
            picture = Picture(reference, None, reason)
            if deadline is None or self._clock.monotonic() < deadline:
                self._failed[(reference, base)] = picture
            return picture

    def fetch_all(self, catalogue: Catalogue, *, patience: float = PATIENCE) -> dict[str, Picture]:
        """Return the first usable picture of each product by handle, all together within `patience` seconds."""
        base = catalogue.path.parent
        deadline = self._clock.monotonic() + patience
        jobs: queue.SimpleQueue[tuple[str, tuple[str, ...]]] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[str, Picture]] = queue.SimpleQueue()
        found = {product.handle: Picture("", None, "the product has no picture") for product in catalogue.products}
        for product in catalogue.products:
            if product.images:
                found[product.handle] = Picture(product.images[0], None, _NO_TIME)
                jobs.put((product.handle, product.images))
        waiting = jobs.qsize()

        def work() -> None:
            with suppress(queue.Empty):
                while self._clock.monotonic() < deadline:
                    handle, images = jobs.get_nowait()
                    done.put((handle, self._first(images, base, deadline)))

        # Daemon threads, because a resolver without a network can hang longer than anybody should wait.
        for number in range(min(WORKERS, waiting)):
            threading.Thread(target=work, name=f"picture-{number}", daemon=True).start()
        with suppress(queue.Empty):
            for _ in range(waiting):
                handle, picture = done.get(timeout=max(0.0, deadline - self._clock.monotonic()))
                found[handle] = picture
        self._prune()
        return found

    def _first(self, images: tuple[str, ...], base: Path, deadline: float) -> Picture:
        first = self.fetch(images[0], base=base, deadline=deadline)
        for reference in images[1:]:
            if first.path or self._clock.monotonic() >= deadline:
                break
            other = self.fetch(reference, base=base, deadline=deadline)
            if other.path:
                return other
        return first

    def _fetch(self, reference: str, base: Path, deadline: float) -> Path:
        if reference.lower().startswith("https:"):
            return self._remote(reference, deadline)
        if _SCHEME.match(reference):
            raise Refused("pictures are files beside the product list or https addresses")
        if "\0" in reference or not reference:
            raise Refused("this is not a path")
        path = base / reference
        state = path.stat()
        if not path.is_file():
            raise Refused("this is not a file")
        if state.st_size > MAX_BYTES:
            raise Refused(f"the picture is larger than {MAX_BYTES >> 20} MB")
        entry = self._entry(f"{path.resolve()}|{state.st_mtime_ns}|{state.st_size}")
        return self._kept(entry) or self._keep(entry, path.read_bytes())

    def _remote(self, url: str, deadline: float) -> Path:
        entry = self._entry(url)
        kept = self._kept(entry)
        if kept and self._clock.time() - entry.stat().st_mtime < FRESH_SECONDS:
            return kept
        host = urlsplit(url).hostname or ""
        try:
            if host in self._lost_hosts:
                raise Refused(f"{host} was not reachable before")
            data = download(url, clock=self._clock, deadline=deadline, resolve=self._find, network=self._network)
            return self._keep(entry, data)
        except Refused:
            if kept:
                return kept
            raise

    def _find(self, host: str, port: int) -> list[str]:
        try:
            return self._resolve(host, port)
        except OSError:
            self._lost_hosts.add(host)
            raise

    def _entry(self, key: str) -> Path:
        return self._cache / "references" / hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

    def _kept(self, entry: Path) -> Path | None:
        try:
            path = self._cache / entry.read_text("ascii")
            os.utime(path)
        except (OSError, ValueError):
            return None
        return path

    def _keep(self, entry: Path, data: bytes) -> Path:
        png = normalised(data)
        path = self._cache / f"{hashlib.sha256(png).hexdigest()}.png"
        if not path.exists():
            _write(path, png)
        _write(entry, path.name.encode("ascii"))
        os.utime(entry, (self._clock.time(),) * 2)
        return path

    def _prune(self) -> None:
        """Delete the longest unused pictures; a reference to one that is gone is fetched anew."""
        with suppress(OSError):
            kept = sorted(self._cache.glob("*.png"), key=lambda path: path.stat().st_mtime)
            for path in kept[:-KEPT]:
                path.unlink(missing_ok=True)


def with_pictures_tried(catalogue: Catalogue, pictures: Pictures) -> Catalogue:
    """Return the catalogue with a warning for each product whose local pictures cannot be used; nothing is fetched."""
    asked = [
        product
        for product in catalogue.products
        if product.images and not any(image.lower().startswith("https:") for image in product.images)
    ]
    report = Report()
    tried = pictures.fetch_all(replace(catalogue, products=tuple(asked)))
    for product in asked:
        picture = tried[product.handle]
        if picture.path is None and picture.reason != _NO_TIME:
            report.warning(
                product.row,
                "image",
                picture.reference,
                f"the picture cannot be used ({picture.reason}); a drawn card is shown instead",
                "Name a PNG, JPEG, WebP or GIF by its path from the product list's folder.",
            )
    return replace(catalogue, problems=(*catalogue.problems, *report.problems))


def fetch_picture(
    reference: str, *, base: Path, cache: Path, resolve: Resolve = resolve_host, clock: Clock | None = None
) -> Path | None:
    """Return one picture as a PNG of at most 1024 px a side, or None where it cannot be had."""
    return Pictures(cache, resolve=resolve, clock=clock).fetch(reference, base=base).path


def normalised(data: bytes) -> bytes:
    """Return a picture as opaque 8-bit PNG, upright, its longer side at most `MAX_SIDE`, clear parts white.

    Raises:
        Refused: it is no picture, is damaged, or declares more than `MAX_PIXELS`; none is then decoded.
    """
    header = picture_header(data)
    if header is None:
        raise Refused("this is not a PNG, JPEG, WebP or GIF picture")
    if header.pixels > MAX_PIXELS:
        raise Refused(f"the picture has {header.width} x {header.height} pixels; at most 40 million are read")
    # Only the colour mode turns a photograph upright as its Exif says; only the other keeps transparency.
    mode = cv2.IMREAD_COLOR if header.format == "jpeg" else cv2.IMREAD_UNCHANGED
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), mode)
    except cv2.error:
        image = None
    if image is None:
        raise Refused("the picture is damaged")
    opaque = _opaque(np.asarray(image))
    scale = MAX_SIDE / max(opaque.shape[:2])
    if scale < 1:
        size = (max(1, round(opaque.shape[1] * scale)), max(1, round(opaque.shape[0] * scale)))
        opaque = np.asarray(cv2.resize(opaque, size, interpolation=cv2.INTER_AREA), np.uint8)
    written, png = cv2.imencode(".png", opaque)
    if not written:
        raise Refused("the picture cannot be converted")
    return png.tobytes()


def _opaque(image: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Return shape (height, width, 3) on white, whatever depth and channels the file has."""
    pixels = image if image.dtype == np.uint8 else (image.astype(np.float32) * (255 / 65535)).astype(np.uint8)
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.asarray(cv2.cvtColor(pixels.astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)
    if pixels.shape[2] == 3:
        return pixels.astype(np.uint8, copy=False)
    alpha = pixels[:, :, 3:].astype(np.uint16)
    colour = pixels[:, :, :3].astype(np.uint16)
    return ((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
