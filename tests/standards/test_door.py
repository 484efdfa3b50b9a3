from dataclasses import replace

import numpy as np
from standards_samples import LAMP, MUG, line, product

from livestream.lines import Slot
from livestream.media import Speech, Viseme, VisemeSpan, WordTime
from livestream.standards import Sealer, Standards, new_key
from livestream.standards.packs import load_pack


def test_a_line_is_filled_from_facts(standards: Standards) -> None:
    approved = standards.approve(line("The ", Slot("mug.title"), " is yours for ", Slot("mug.price", "price"), "."))
    assert approved.caption == "The Stoneware Mug is yours for $49.99."
    assert approved.spoken == "The Stoneware Mug is yours for forty-nine dollars and ninety-nine cents."
    assert " ".join(token.caption for token in approved.tokens) == approved.caption
    assert approved.facts == (MUG[0].ref, MUG[1].ref)
    assert (approved.rules, approved.approver) == (load_pack("en-US").name, "playbook")
    drafted = replace(line("The ", Slot("mug.title"), "."), origin="drafts 1f0c22ab")
    assert standards.approve(drafted).approver == "drafts 1f0c22ab"


def test_cards(standards: Standards) -> None:
    card = standards.approve_card(product("mug", MUG)).card
    assert (card.title, card.price, card.was) == ("Stoneware Mug", "$49.99", "$60")
    assert standards.approve_card(product("lamp", LAMP)).card.price == "from $50"


def test_seals_open_again(standards: Standards) -> None:
    sealer = Sealer(new_key())
    approved = standards.approve(line("Meet the ", Slot("mug.title"), "."))
    assert sealer.open_line(sealer.seal_line(approved)) == approved
    speech = Speech(
        approved.id,
        approved.locale,
        approved.caption,
        approved.spoken,
        np.arange(-400, 400, dtype=np.int16),
        (VisemeSpan(0, 9, Viseme.AA, 0.5),),
        tuple(WordTime(token.caption, 0, 9) for token in approved.tokens),
        (800,),
        approved.facts,
        "tone",
        "exact",
    )
    opened = sealer.open_speech(sealer.seal_speech(speech, approved))
    assert np.array_equal(opened.pcm, speech.pcm)
    assert (opened.visemes, opened.words, opened.facts) == (speech.visemes, speech.words, (MUG[0].ref,))
