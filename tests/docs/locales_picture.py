"""What stands on screen in each market, as docs/channel-file.md shows it; the same pictures tests compare with."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "programme"))  # test helpers know each other by their bare names

from locale_pictures import sheet, store, texts


def make() -> np.ndarray:
    """Return the contact sheet as BGR, and store the pictures of each locale."""
    store()
    return sheet(list(texts()), columns=6, width=250)
