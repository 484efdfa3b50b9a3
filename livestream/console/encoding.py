"""How the console's messages become JSON."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError


def as_json(adapter: TypeAdapter[Any], value: object) -> str:
    """Return a value as JSON."""
    try:
        return adapter.dump_json(value, warnings=False).decode()
    except PydanticSerializationError:  # half of a surrogate pair in a text
        return json.dumps(adapter.dump_python(value, warnings=False), separators=(",", ":"))
