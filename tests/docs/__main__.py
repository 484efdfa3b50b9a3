"""Make the pictures that the documents show: `make docs`."""

import subprocess
import sys
import tempfile
from pathlib import Path

import av
import cv2
import numpy as np

from livestream.avatar.sheet import main as contact_sheet
from tests.docs import console_pictures, locales_picture, platforms_page, prompter_picture

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
MOMENTS = (2.6, 18.5, 27.5)
"""Seconds of the sample show that the README shows side by side."""
HEIGHT = 860
MARGIN = 16


def main() -> int:
    """Make the tables of platforms; render the sample show, draw prompter, console and contact sheet."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    platforms_page.PAGE.write_text(platforms_page.made())
    _save(prompter_picture.make(HEIGHT), PICTURES / "prompter.jpg")
    _save(locales_picture.make(), PICTURES / "locales.jpg")
    with tempfile.TemporaryDirectory() as folder:
        show = Path(folder) / "show.mp4"
        sample = ROOT / "assets" / "catalogue" / "sample.csv"
        command = [sys.executable, "-m", "livestream.cli.main", "render", str(sample), "--output", str(show)]
        subprocess.run([*command, "--duration", "90"], check=True, cwd=ROOT)
        _save(np.hstack([_frame(show, moment) for moment in MOMENTS])[:, :-MARGIN], PICTURES / "on-air.jpg")
        console_pictures.make(_frame(show, MOMENTS[1])[:, :-MARGIN], PICTURES)
        sheet = Path(folder) / "sheet.png"
        contact_sheet([str(sheet)])
        _save(cv2.imread(str(sheet)), PICTURES / "presenter.jpg")
    return 0


def _frame(show: Path, moment: float) -> np.ndarray:
    """Return one moment as BGR, scaled, with a white margin to the right."""
    with av.open(str(show)) as container:
        container.seek(round(moment * 1_000_000))
        for frame in container.decode(video=0):
            if frame.time >= moment:
                picture = frame.to_ndarray(format="bgr24")
                scaled = cv2.resize(picture, (HEIGHT * 720 // 1280, HEIGHT), interpolation=cv2.INTER_AREA)
                return np.pad(scaled, ((0, 0), (0, MARGIN), (0, 0)), constant_values=255)
    raise ValueError(f"the show ends before {moment} s")


def _save(picture: np.ndarray, path: Path) -> None:
    """Write a JPEG small enough for a repository."""
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 88])


if __name__ == "__main__":
    sys.exit(main())
