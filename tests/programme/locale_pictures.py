"""One market's overlays in one picture: badge, card, lower third and caption, as they stand on air."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from livestream.disclosure import host_label
from livestream.locales import locale as locale_of
from livestream.media import HEIGHT, SAMPLE_RATE, WIDTH, Card, LowerThird, Speech, WordTime
from livestream.programme.badge import draw_badge
from livestream.programme.caption import Chunk, chunks, draw_caption
from livestream.programme.card import draw_card
from livestream.programme.graphics import Sprite
from livestream.programme.lower_third import draw_lower_third
from livestream.text import money_caption

GOLDEN = Path(__file__).parent / "golden"
FILE = Path(__file__).with_name("locale_texts.toml")
PRICES = {"JPY": (6980, 8980), "KRW": (129900, 159900), "IDR": (1299000, 1499000), "VND": (1299000, 1499000)}
"""Price and former price by currency; (1299, 1499.5) elsewhere."""


@cache
def texts() -> dict[str, dict[str, str]]:
    """Return what stands in the picture of each locale."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def card(tag: str) -> Card:
    """Return a product card with prices as the locale writes them."""
    currency, told = locale_of(tag).currency, texts()[tag]
    price, was = (money_caption(Decimal(amount), currency, tag) for amount in PRICES.get(currency, (1299, "1499.50")))
    return Card("lamp", told["title"], price, was, told["note"])


def caption(tag: str) -> list[Chunk]:
    """Return the caption's chunks; words are parted by spaces, or by bars where the language has no spaces."""
    marked, words, at = texts()[tag]["caption"], [], 0.0
    text = marked.replace("|", "")
    for shown in marked.split("|" if "|" in marked else None):
        words.append(WordTime(shown.strip(), round(at * SAMPLE_RATE), round((at + 0.3) * SAMPLE_RATE)))
        at += 0.3
    return chunks(Speech("x", tag, text, text, np.zeros(1, np.int16), (), tuple(words), (), (), "fake", "exact"))


def sprites(tag: str, chunk: int = 0) -> dict[str, Sprite]:
    """Return the drawn overlays of a locale by name."""
    told = texts()[tag]
    return {
        "badge": draw_badge(host_label(tag), tag),
        "card": draw_card(card(tag), tag),
        "lower_third": draw_lower_third(LowerThird("x", told["heading"], told["text"]), tag),
        "caption": draw_caption(caption(tag)[chunk], 1, tag),
    }


def picture(tag: str, chunk: int = 0, backdrop: tuple[int, int, int] = (214, 205, 198)) -> np.ndarray:
    """Return the overlays over a plain backdrop as BGR, 720x1280."""
    canvas = np.full((HEIGHT, WIDTH, 3), backdrop, np.uint8)
    for sprite in sprites(tag, chunk).values():
        lay(canvas, sprite)
    return canvas


def small(tag: str) -> np.ndarray:
    """Return the picture that is stored: a quarter of the safe area's size, in grey."""
    area = cv2.cvtColor(picture(tag), cv2.COLOR_BGR2GRAY)[60:1120, 16:640]
    return cv2.resize(area, (area.shape[1] // 4, area.shape[0] // 4), interpolation=cv2.INTER_AREA)


def lay(canvas: np.ndarray, sprite: Sprite) -> None:
    """Lay a sprite over a BGR picture."""
    box = sprite.box
    area = canvas[box.y : box.y + box.height, box.x : box.x + box.width].astype(np.float32)
    alpha = sprite.alpha[..., None].astype(np.float32) / 255
    canvas[box.y : box.y + box.height, box.x : box.x + box.width] = np.clip(area * (1 - alpha) + bgr(sprite), 0, 255)


def bgr(sprite: Sprite) -> np.ndarray:
    """Return a sprite's premultiplied colours as BGR floats, by the equations of BT.709 in studio range."""
    alpha = sprite.alpha.astype(np.float32) / 255
    size = (sprite.box.width, sprite.box.height)
    half = cv2.resize(sprite.alpha_half, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) / 255
    y = (sprite.y - 16 * alpha) * 255 / 219
    whole = (cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR) for plane in (sprite.u, sprite.v))
    u, v = ((plane - 128 * half) * 255 / 224 for plane in whole)
    return np.dstack([y + 1.8556 * u, y - 0.1873 * u - 0.4681 * v, y + 1.5748 * v])


def store() -> None:
    """Store the pictures that tests compare with."""
    GOLDEN.mkdir(exist_ok=True)
    for tag in texts():
        cv2.imwrite(str(GOLDEN / f"{tag}.png"), small(tag))


def sheet(tags: list[str], columns: int = 6, width: int = 320) -> np.ndarray:
    """Return the pictures of locales side by side, the empty middle left out, the locale's tag above each."""
    cells = []
    for tag in tags:
        drawn = picture(tag, backdrop=(206, 198, 192))
        shown = np.vstack([drawn[70:556, 16:626], drawn[806:1096, 16:626]])
        size = (width, round(width * shown.shape[0] / shown.shape[1]))
        named = np.pad(
            cv2.resize(shown, size, interpolation=cv2.INTER_AREA), ((32, 8), (6, 6), (0, 0)), constant_values=255
        )
        cv2.putText(named, tag, (8, 23), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (60, 60, 60), 1, cv2.LINE_AA)
        cells.append(named)
    cells += [np.full_like(cells[0], 255)] * (-len(cells) % columns)
    return np.vstack([np.hstack(cells[at : at + columns]) for at in range(0, len(cells), columns)])
