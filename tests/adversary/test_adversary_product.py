"""What attackers want is not said, shown or posted; `make bench NAME=adversary` puts all of the corpus, here a part."""

import json

import pytest
from adversary_corpus import LOCALES, attacks
from adversary_door import ASKS, Log
from adversary_run import (
    HEARD,
    through_the_channel,
    through_the_door,
    through_the_drafts,
    through_the_show,
)
from adversary_shop import read
from adversary_show import Drafting
from adversary_verdict import breaches

SHARE = 6
"""Of the corpus, one attack in so many."""


def told(found):
    return "\n".join(map(str, found))


@pytest.mark.parametrize("tag", LOCALES)
def test_no_attack_gets_through_the_door(tag, tmp_path):
    log = Log()
    part = [attack for attack in attacks() if attack.locale == tag][:: SHARE - 1]
    through_the_door(tag, part, tmp_path, log)
    tried = log.where.keys() | {out.attack.id for out in log.outs}
    assert {attack.id for attack in part if attack.goal not in ASKS} <= tried
    assert log.outs
    found = breaches(log.outs)
    assert not found, told(found)


@pytest.mark.parametrize("liar", [False, True], ids=["by rule", "by a liar"])
async def test_no_comment_talks_a_channel_round(liar, tmp_path):
    log = Log()
    heard = [attack for attack in attacks() if attack.surface in HEARD]
    await through_the_channel("en-US", heard[:: 3 * SHARE], tmp_path, log, liar=liar)
    assert {out.how for out in log.outs} >= {"caption", "voice", "strip", "reply"}
    found = breaches(log.outs, channel="en-US")
    assert not found, told(found)


async def test_no_comment_talks_a_channel_in_spanish_round(tmp_path):
    log = Log()
    heard = [attack for attack in attacks() if attack.surface in HEARD and attack.locale == "es-MX"]
    await through_the_channel("es-MX", heard[::SHARE], tmp_path, log, liar=True)
    found = breaches(log.outs, channel="es-MX")
    assert log.outs
    assert not found, told(found)


def test_no_product_list_puts_its_words_into_the_show(tmp_path):
    log = Log()
    through_the_show("en-US", attacks()[::SHARE], tmp_path, log)
    found = breaches(log.outs, channel="en-US")
    assert log.outs
    assert not found, told(found)


def test_no_model_drafts_what_an_attack_wants(tmp_path):
    log = Log()
    honest = {"beat": "hook", "pieces": ["Have a look at ", {"fact": "mug.title"}, "."]}
    Drafting(read(tmp_path, "en-US"), "en-US", log).says(attacks()[0], json.dumps({"lines": [honest]}))
    assert len(log.outs) == 2
    through_the_drafts("en-US", attacks()[:: 2 * SHARE], tmp_path, log)
    found = breaches(log.outs, channel="en-US")
    assert log.stopped
    assert not found, told(found)
