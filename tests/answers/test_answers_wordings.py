"""Every wording over every product: what standards refuse is not a wording of ours."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from livestream import datafiles
from livestream.answers.saying import NO_REPEAT, Speaker
from livestream.answers.wordings import SECTIONS, Wordings, load_wordings, read_wordings
from livestream.catalogue import Catalogue, FactKind, Product, read_catalogue
from livestream.errors import ClaimRefused, UsageError
from livestream.lines import Beat, Line
from livestream.locales import locale
from livestream.rundown.playbook import LEAST_WORDINGS
from livestream.rundown.telling import Slots
from livestream.standards import Standards

LOCALES = [tag for tag in datafiles.names("scripts") if datafiles.find("scripts", tag).joinpath("answers").is_dir()]
EACH = 1
"""Lines of one wording that are judged in each catalogue."""
CHOICES = (FactKind.CHOICE_PRICE, FactKind.CHOICE_STOCK)


def extras(product: Product) -> Iterator[tuple[str, dict]]:
    """What a section may be given beside the products, and the grammar of its point."""
    yield "", {}
    option = product.fact(FactKind.OPTION)
    for fact in product.facts:
        if fact.kind is FactKind.POINT:
            yield fact.grammar, {"point": fact, "quote": fact}
        elif fact.kind is FactKind.CHOICE:
            key = fact.id.partition(".choice.")[2]
            own = {
                each.kind.value: each for each in product.facts if each.kind in CHOICES and each.id.endswith(f".{key}")
            }
            yield "", {"choice": fact, "options": option, **own}


def lines(wordings: Wordings, catalogue: Catalogue, speaker: Speaker) -> Iterator[tuple[str, Line]]:
    """Lines that every wording gives over a catalogue, with the wording's id: `EACH` at most, over all products."""
    products = catalogue.products
    given: Counter[str] = Counter()
    bindings = [(at, grammar, extra) for at, product in enumerate(products) for grammar, extra in extras(product)]
    random.Random(7).shuffle(bindings)
    for at, grammar, extra in bindings:
        row = [products[(at + step) % len(products)] for step in range(min(3, len(products)))]
        for section, listed in wordings.sections.items():
            if section.startswith("point_") and section not in {"point_quote", f"point_{grammar}"}:
                continue
            for wording in listed:
                slots = Slots()
                values = {**speaker._values(row, extra, slots), "name": "Anna"} if given[wording.id] < EACH else {}
                if wording.needs <= values.keys():
                    given[wording.id] += 1
                    for template in wording.templates:
                        pieces = slots.pieces(template.render(values))
                        yield wording.id, Line("x", wordings.locale, Beat.ANSWER, pieces, products[at].handle)


def test_every_wording_passes_standards_over_every_product(sample, real_catalogues):
    wordings = load_wordings("en-US")
    catalogues = [sample]
    if real_catalogues.is_dir():
        names = ("apparel", "home-and-garden")
        catalogues += [read_catalogue(real_catalogues / f"{name}.csv", assume="USD") for name in names]
    refused, judged = {}, set()
    for catalogue in catalogues:
        standards = Standards(catalogue.facts, locale("en-US"))
        for ident, line in lines(wordings, catalogue, Speaker(wordings, standards, 1, quote_prices=True)):
            if (line.pieces, line.product) not in judged:
                judged.add((line.pieces, line.product))
                try:
                    standards.approve(line)
                except ClaimRefused as error:
                    refused[ident] = f"{error.rule}: {error}"
    assert not refused
    assert len(judged) > 300


@pytest.mark.parametrize("tag", LOCALES)
def test_each_section_has_enough_wordings_and_no_figure(tag):
    wordings = load_wordings(tag)
    assert wordings.sections.keys() == SECTIONS
    for section, listed in wordings.sections.items():
        assert len(listed) >= LEAST_WORDINGS, section
        assert not any(char.isdigit() for each in listed for said in each.sentences for char in said.split("{{")[0])
        named = [wording for wording in listed if "name" in wording.needs]
        assert len(listed) - len(named) >= LEAST_WORDINGS, section


def test_a_wording_that_standards_refuse_gives_way_to_another(tmp_path, sample):
    shipped = datafiles.find("scripts", "en-US", "answers", "wordings.toml").read_text(encoding="utf-8")
    path = tmp_path / "wordings.toml"
    path.write_text(
        shipped.replace("\nprice = [", '\nprice = [\n  "{{ title.cap }} {{ is }} the best at {{ price }}.",', 1),
        encoding="utf-8",
    )
    wordings = read_wordings([path], "en-US")
    speaker = Speaker(wordings, Standards(sample.facts, locale("en-US")), 1, quote_prices=True)
    said = set()
    for _ in range(12):
        spoken = speaker.say("price", [sample.product("led-desk-lamp")])
        speaker.note(spoken.template)
        said.add(spoken.template)
    assert "price.0" not in said
    assert len(said) == len(wordings.sections["price"]) - 1


def test_no_wording_is_heard_again_within_four(sample):
    wordings = load_wordings("en-US")
    speaker = Speaker(wordings, Standards(sample.facts, locale("en-US")), 3, quote_prices=True)
    heard = []
    for _ in range(30):
        spoken = speaker.say("price", [sample.product("led-desk-lamp")])
        speaker.note(spoken.template)
        assert spoken.template not in heard[-NO_REPEAT:]
        heard.append(spoken.template)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("\nprice = [", "\nprize = ["), "sections are unknown"),
        (('mark = "AI · "', ""), "lacks mark"),
        (('mark = "AI · "', 'mark = ""'), "says that AI wrote it"),
        (('mark = "AI · "', 'mark = "AI Outlet: "'), "says that AI wrote it"),
        (("{{ title.cap }} {{ is }} {{ price }}.", "{{ title"), "not a template"),
        (("{{ title.cap }} {{ is }} {{ price }}.", "{{ title | shout }}"), "not a template"),
        (("[sections]", "[sections"), "cannot be read"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(tmp_path, change, message):
    shipped = datafiles.find("scripts", "en-US", "answers", "wordings.toml").read_text(encoding="utf-8")
    assert change[0] in shipped
    path = tmp_path / "wordings.toml"
    path.write_text(shipped.replace(*change), encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        read_wordings([path], "en-US")
    assert str(path.name) in caught.value.where
