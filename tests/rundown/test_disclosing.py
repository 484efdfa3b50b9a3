"""Whatever the playbook: the opening of each loop says that the host is made by AI, and a person never says it."""

import pytest

from livestream.disclosure import discloses, says_ai, spoken
from livestream.errors import RundownError, UsageError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.rundown import plan
from livestream.rundown.disclosing import SECTIONS, check_disclosed, for_a_person
from livestream.rundown.playbook import Wording
from livestream.standards import Standards


def made(shop, product, playbook, american, *, target=120.0, loop=0, **more):
    catalogue = shop(*(product(f"p{n}", f"Oak Lamp {'ABCDE'[n]}") for n in range(5)))
    return plan(catalogue, playbook, locale=american, target=target, seed=3, loop=loop, measured={}, **more)


@pytest.mark.parametrize("target", [20.0, 45.0, 120.0, 700.0])
def test_each_loop_opens_with_the_disclosure(shop, product, playbook, american, target):
    for loop in range(3):
        opening = made(shop, product, playbook, american, target=target, loop=loop).segments[0]
        said = [piece for part in opening.parts if part.beat is Beat.DISCLOSURE for piece in part.lines[0].pieces]
        assert discloses(" ".join(map(str, said)), "en-US")


def test_without_a_disclosure_that_may_be_said_there_is_no_show(shop, product, playbook, american):
    def permits(line):
        return line.beat is not Beat.DISCLOSURE

    for target in (20.0, 120.0):
        with pytest.raises(RundownError, match="made by AI") as caught:
            made(shop, product, playbook, american, target=target, permits=permits)
        assert caught.value.remedy


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    "wording",
    [
        "Hello, I'm your host.",
        "{# I'm an AI #}Hello, I'm your host.",
        "{% if 0 %}I'm an AI.{% endif %}Hello.",
        "Hello, {{ AI }}.",
        "Unlike AI hosts, I chat with you.",
        "Some say I look like AI, but I'm Mira.",
        "Welcome to AI Outlet, I'm Mira.",
        "Nobody believes that I'm an AI-generated host.",
        "I'm an AI-generated host, or so they say.",
        "I'm an AI-generated host?",
        'The others say: "Hello. I\'m an AI-generated host." Not me.',
        "I'm an AI-generated host.Not me.",
    ],
)
def test_a_wording_that_hides_it_is_refused(playbook, section, wording):
    spoilt = Wording(f"{section}.9", section, (wording,), where=f"show.toml, {section} 10")
    sections = dict(playbook.sections) | {section: (*playbook.sections[section], spoilt)}
    with pytest.raises(UsageError, match="made by AI") as caught:
        check_disclosed(sections, "en-US")
    assert caught.value.where == f"show.toml, {section} 10"
    check_disclosed(playbook.sections, "en-US")


@pytest.mark.parametrize(
    ("tag", "denied"),
    [
        ("de-DE", "Die KI hat heute frei, ich bin Mira."),
        ("es-MX", "La IA descansa hoy, soy Mira."),
        ("es-ES", "Soy una presentadora generada por IA, dicen."),
        ("fr-FR", "L'IA se repose, je suis Mira."),
        ("it-IT", "Benvenuti da IA Outlet."),
        ("pt-BR", "A IA está de folga hoje, sou a Mira."),
        ("id-ID", "Bukan AI, saya Mira."),
        ("ja-JP", "AI屋へようこそ。ミラです。"),
        ("en-GB", "AI has the day off, I'm Mira."),
        ("zh-CN", "AI今天休息。"),
        ("ar-SA", "الذكاء الاصطناعي في إجازة."),
        ("fi-FI", "Olen tekoälyn luoma juontaja."),
    ],
)
def test_the_fixed_sentences_of_each_language_pass_and_nothing_else_does(tag, denied):
    def checked(said):
        wording = Wording("disclosure.0", "disclosure", (said,), where="here")
        check_disclosed({"disclosure": (wording,), "quick_opening": (wording,)}, tag)

    for sentence in spoken(tag):
        assert says_ai(sentence, tag if tag != "fi-FI" else "en")
        for said in (sentence, f"Hi! {sentence} {{{{ title }}}}.", sentence.replace("'", "’")):
            checked(said)
        if tag.split("-")[0] not in {"zh", "ar", "fi"}:
            Standards({}, locale(tag)).approve(Line("x", tag, Beat.DISCLOSURE, (sentence,)))
    with pytest.raises(UsageError, match="made by AI") as caught:
        checked(denied)
    assert spoken(tag)[0] in caught.value.remedy


@pytest.mark.parametrize("target", [20.0, 120.0, 700.0])
def test_a_person_is_never_made_to_say_that_they_are_a_machine(shop, product, playbook, american, target):
    theirs = for_a_person(playbook)
    assert "disclosure" not in theirs.lower_thirds
    assert {"standby", "slate"} <= theirs.lower_thirds.keys()
    rundown = made(shop, product, theirs, american, target=target)
    said = " ".join(str(piece) for line in rundown.lines for piece in line.pieces)
    assert len(rundown.lines) > 5
    assert not says_ai(said, "en-US")
    assert "computer" not in said.casefold()
