"""Puts a digital human on air that sells a merchant's product list."""

import os

__version__ = "0.1.0"

# onnxruntime's wheel reports to its maker, and writes a device id, from the moment it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
