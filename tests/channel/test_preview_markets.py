"""A show of the sample is planned in every market that has a script: it keeps its time, says who speaks, and sells."""

import pytest

from livestream import datafiles
from livestream.catalogue import read_catalogue
from livestream.channel.preview import planned
from livestream.disclosure import discloses
from livestream.locales import locale
from livestream.rundown import playbook_locales

SECONDS = 60.0


@pytest.mark.parametrize("tag", playbook_locales())
def test_a_minute_is_planned(tag):
    market = locale(tag)
    sample = datafiles.find("assets", "catalogue", "sample.csv")
    shown = planned(read_catalogue(sample, assume="USD", locale=tag), locale=market, seed=1, target=SECONDS)
    assert shown.locale == tag
    assert shown.seconds == pytest.approx(SECONDS, rel=0.02)
    assert shown.products >= 3
    said = [line for part in shown.parts for line in part.lines]
    assert any(discloses(line.caption, tag) for line in said[:6])
    assert any(fact.id.endswith(("price", "price_from")) for line in said for fact in line.facts)
    assert not any(char.isdigit() for line in said for char in line.spoken)
    assert len({line.caption for line in said}) == len(said)
