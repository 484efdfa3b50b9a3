from __future__ import annotations

import struct
import threading
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.catalogue import read_catalogue
from livestream.catalogue.download import Refused
from livestream.catalogue.picture_headers import picture_header
from livestream.catalogue.pictures import FRESH_SECONDS, MAX_SIDE, Pictures, fetch_picture, normalised
from livestream.testing.clock import ManualClock


def encoded(kind: str, width: int = 40, height: int = 30, channels: int = 3) -> bytes:
    image = np.full((height, width, channels), 90, np.uint8)
    return cv2.imencode(kind, image)[1].tobytes()


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that decodes to width x height pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    body = b"".join(rows.compress(row) for _ in range(height)) + rows.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture
def no_decoder(monkeypatch):
    def decode(*args):
        raise AssertionError("the decoder was called")

    monkeypatch.setattr(cv2, "imdecode", decode)


def shape_of(path: Path) -> tuple[int, ...]:
    return cv2.imread(str(path), cv2.IMREAD_UNCHANGED).shape


@pytest.mark.parametrize(("kind", "name"), [(".png", "png"), (".jpg", "jpeg"), (".webp", "webp"), (".gif", "gif")])
def test_tells_size_from_the_header_and_normalises(kind, name):
    data = encoded(kind, 40, 30)
    header = picture_header(data)
    assert header is not None
    assert (header.format, header.width, header.height) == (name, 40, 30)
    image = cv2.imdecode(np.frombuffer(normalised(data), np.uint8), cv2.IMREAD_UNCHANGED)
    assert image.shape == (30, 40, 3)
    assert abs(image.mean() - 90) < 12


def test_knows_lossless_and_extended_webp():
    lossless = cv2.imencode(".webp", np.zeros((30, 40, 3), np.uint8), [cv2.IMWRITE_WEBP_QUALITY, 101])[1].tobytes()
    assert lossless[12:16] == b"VP8L"
    assert (picture_header(lossless).width, picture_header(lossless).height) == (40, 30)
    extended = b"RIFF\0\0\0\0WEBPVP8X" + struct.pack("<I", 10) + b"\0" * 4 + b"\x27\0\0" + b"\x1d\0\0"
    assert (picture_header(extended).width, picture_header(extended).height) == (40, 30)


@given(
    st.binary(max_size=60), st.sampled_from([b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"GIF89a"])
)
def test_any_bytes_have_a_header_or_none(data, head):
    header = picture_header(head + data)
    assert header is None or header.pixels > 0


def test_a_bomb_is_refused_before_any_decoder_sees_it(no_decoder):
    bomb = png_bomb(9000, 9000)
    assert len(bomb) < 12_000
    with pytest.raises(Refused, match="9000 x 9000 pixels"):
        normalised(bomb)


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg/>", encoded(".png")[:40], b"\xff\xd8\xff\xd9", encoded(".bmp")])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(Refused):
        normalised(data)


def test_large_pictures_shrink_and_clear_ones_stand_on_white():
    image = cv2.imdecode(np.frombuffer(normalised(encoded(".png", 3000, 1500)), np.uint8), cv2.IMREAD_UNCHANGED)
    assert image.shape == (MAX_SIDE // 2, MAX_SIDE, 3)
    clear = np.zeros((4, 4, 4), np.uint8)
    on_white = cv2.imdecode(
        np.frombuffer(normalised(cv2.imencode(".png", clear)[1].tobytes()), np.uint8), cv2.IMREAD_UNCHANGED
    )
    assert on_white.min() == 255


@pytest.mark.parametrize("image", [np.full((3, 5), 40_000, np.uint16), np.full((3, 5), 155, np.uint8)])
def test_grey_and_deep_pictures_become_plain_colour(image):
    normal = normalised(cv2.imencode(".png", image)[1].tobytes())
    assert cv2.imdecode(np.frombuffer(normal, np.uint8), cv2.IMREAD_UNCHANGED)[0, 0].tolist() == [155] * 3


def test_a_local_picture_is_kept_by_its_content(tmp_path):
    (tmp_path / "a.png").write_bytes(encoded(".png"))
    (tmp_path / "b.jpg").write_bytes(encoded(".png"))
    cache = tmp_path / "cache"
    first = fetch_picture("a.png", base=tmp_path, cache=cache)
    assert first is not None
    assert shape_of(first) == (30, 40, 3)
    assert fetch_picture(str(tmp_path / "b.jpg"), base=Path("/"), cache=cache) == first
    (tmp_path / "a.png").write_bytes(encoded(".png", 20, 20))
    assert shape_of(fetch_picture("a.png", base=tmp_path, cache=cache)) == (20, 20, 3)
    assert not list(cache.rglob(".*"))


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("none.png", "No such file"),
        ("sub", "not a file"),
        ("list.csv", "not a PNG"),
        ("a\0b", "not a path"),
        ("", "not a path"),
        ("http://a.example/x.png", "https"),
        ("file:///etc/passwd", "https"),
        ("data:image/png;base64,AAAA", "https"),
        ("/dev/zero", "not a file"),
        ("huge.png", "larger than 10 MB"),
    ],
)
def test_a_local_reference_that_is_no_picture_is_none_with_a_reason(tmp_path, reference, reason):
    (tmp_path / "sub").mkdir()
    (tmp_path / "list.csv").write_text("title\n")
    with (tmp_path / "huge.png").open("wb") as file:
        file.truncate(11 << 20)
    picture = Pictures(tmp_path / "cache").fetch(reference, base=tmp_path)
    assert picture.path is None
    assert reason in picture.reason


def test_a_full_disk_is_a_reason_and_leaves_nothing_half_written(tmp_path, monkeypatch):
    (tmp_path / "a.png").write_bytes(encoded(".png"))

    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    picture = Pictures(tmp_path / "cache").fetch("a.png", base=tmp_path)
    assert (picture.path, picture.reason) == (None, "No space left on device")
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


class Server:
    """Stands for the network: answers every host from one body, or from none."""

    def __init__(self, monkeypatch, body: bytes | None) -> None:
        self.body = body
        self.asked: list[str] = []
        monkeypatch.setattr("livestream.catalogue.pictures.download", self.download)

    def download(self, url, *, clock, deadline, resolve, network):
        self.asked.append(url)
        resolve("host", 443)
        if self.body is None:
            raise Refused("the server answers 404")
        return self.body


def test_a_fetched_picture_is_used_for_a_day_and_without_a_network_for_good(tmp_path, monkeypatch):
    server, clock = Server(monkeypatch, encoded(".png")), ManualClock()

    def fetch():
        pictures = Pictures(tmp_path, clock=clock, resolve=lambda host, port: ["93.184.216.34"])
        return pictures.fetch("https://a.example/x.png", base=tmp_path).path

    first = fetch()
    assert first is not None
    assert fetch() == first
    assert len(server.asked) == 1
    clock.advance(FRESH_SECONDS + 1)
    server.body = None
    assert fetch() == first
    assert len(server.asked) == 2


def test_what_failed_once_is_not_tried_again(tmp_path, monkeypatch):
    server = Server(monkeypatch, None)
    pictures = Pictures(tmp_path, resolve=lambda host, port: [])
    for _ in range(3):
        assert pictures.fetch("https://a.example/x.png", base=tmp_path).reason == "the server answers 404"
    assert len(server.asked) == 1


def test_a_host_without_an_address_is_asked_once(tmp_path):
    asked = []

    def offline(host, port):
        asked.append(host)
        raise OSError(-3, "Temporary failure in name resolution")

    pictures = Pictures(tmp_path, resolve=offline)
    reasons = [pictures.fetch(f"https://a.example/{n}.png", base=tmp_path).reason for n in range(3)]
    assert asked == ["a.example"]
    assert "offline" in reasons[0]


def test_a_catalogues_pictures_come_together_and_fall_back_to_the_next(tmp_path):
    (tmp_path / "list.csv").write_text('title,image\nA,a.png\nB,"none.png, a.png"\nC,\nD,none.png\n')
    (tmp_path / "a.png").write_bytes(encoded(".png"))
    found = Pictures(tmp_path / "cache").fetch_all(read_catalogue(tmp_path / "list.csv"))
    assert {handle: picture.path is not None for handle, picture in found.items()} == {
        "a": True, "b": True, "c": False, "d": False,
    }  # fmt: skip
    assert found["c"].reason == "the product has no picture"


def test_a_resolver_that_hangs_is_not_waited_for(tmp_path):
    released = threading.Event()

    def hang(host, port):
        released.wait(30)
        raise OSError

    rows = "".join(f"P{n},https://host{n}.example/x.png\n" for n in range(20))
    (tmp_path / "list.csv").write_text("title,image\n" + rows)
    pictures = Pictures(tmp_path / "cache", resolve=hang)
    found = pictures.fetch_all(read_catalogue(tmp_path / "list.csv"), patience=0.05)
    released.set()
    assert {picture.reason for picture in found.values()} == {"there was no time left to fetch it"}


def test_the_cache_keeps_what_was_used_last(tmp_path, monkeypatch):
    monkeypatch.setattr("livestream.catalogue.pictures.KEPT", 2)
    (tmp_path / "list.csv").write_text("title,image\n" + "".join(f"P{n},{n}.png\n" for n in range(4)))
    for n in range(4):
        (tmp_path / f"{n}.png").write_bytes(encoded(".png", 10 + n, 10))
    Pictures(tmp_path / "cache").fetch_all(read_catalogue(tmp_path / "list.csv"))
    assert len(list((tmp_path / "cache").glob("*.png"))) == 2
