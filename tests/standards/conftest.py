import pytest
from standards_samples import LAMP, MUG

from livestream.locales import Locale, locale
from livestream.standards import Standards


@pytest.fixture(scope="session")
def american() -> Locale:
    return locale("en-US")


@pytest.fixture(scope="session")
def standards(american: Locale) -> Standards:
    return Standards({entry.id: entry for entry in MUG + LAMP}, american)
