"""Colours and landmarks of the drawn presenter; all lengths are picture pixels."""

from __future__ import annotations

from dataclasses import dataclass

CX = 455.0
BROW_Y, EYE_Y, NOSE_Y, MOUTH_Y, CHIN_Y = 486.0, 519.0, 578.0, 613.0, 672.0
EYE_DX = 47.0


@dataclass(frozen=True, slots=True)
class Palette:
    """What `[colours]` of presenter.toml may set, "#rrggbb"."""

    skin: str = "#e9b592"
    skin_light: str = "#f8d6b8"
    skin_shade: str = "#c8845f"
    skin_deep: str = "#8f4a31"
    blush: str = "#dd6f5c"
    lip: str = "#b8504f"
    lip_light: str = "#dd8078"
    hair_dark: str = "#23130f"
    hair: str = "#4a291b"
    hair_light: str = "#8d5732"
    hair_shine: str = "#cf9a64"
    iris: str = "#6b4220"
    iris_light: str = "#b98446"
    blazer: str = "#1c575c"
    blazer_shade: str = "#0e3238"
    blazer_light: str = "#3f8a8a"
    blouse: str = "#f5ede1"
    blouse_shade: str = "#cdbba6"
    gold: str = "#d9a94f"
