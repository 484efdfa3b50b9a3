"""What can be wrong with what somebody typed: told in the language they read."""

from __future__ import annotations

from livestream.console import texts
from livestream.errors import UsageError


class Problem(UsageError):
    """Something typed cannot be; `key` names the text of `locales/<language>/access.json` that says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(texts.say("en", key, **values))
        self.key = key
        self.values = values

    def told(self, language: str) -> str:
        """Return it in a language of the pages."""
        return texts.say(language, self.key, **self.values)
