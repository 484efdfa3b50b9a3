"""The rules of Mexican Spanish refuse their own examples and nothing honest."""

import time

import pytest

from livestream.errors import UsageError
from livestream.standards.packs import Rule, load_pack
from livestream.text import fold

PACK, ENGLISH = load_pack("es-MX"), load_pack("en-US")
OWN = PACK.rules[: len(ENGLISH.rules)]
REFUSED = [(rule, text) for rule in OWN for text in rule.refused]
PASSES = [(rule, text) for rule in OWN for text in rule.passes]

SPOKEN = """
Hola, bienvenidas y bienvenidos.
Qué gusto que estén por aquí.
Soy una presentadora digital, hecha con inteligencia artificial.
Mi voz y mi cara las hace una computadora.
Pregúntame lo que quieras en los comentarios.
Escríbeme en el chat cuál te gusta más.
Vamos a verla más de cerca.
Ésta me llamó la atención.
¿Cuál te gusta más?
Una cosa más antes de seguir.
A cada quien le queda distinto.
Dame un segundo para voltearla.
Primero, mira la tela.
A primera vista parece sencilla.
La página del producto dice más.
El precio está en la tarjeta.
Los nombres están en la pantalla.
Fíjate en la costura del cuello.
Trae un bolsillo por dentro y otro por fuera.
La manga llega a la muñeca.
El cierre corre parejo.
Combina con pantalón de mezclilla.
Es un lindo regalo para tu mamá.
Viene en caja de regalo.
Una taza para tu mejor amiga.
Se ve mejor con luz de día.
A lo mejor te gusta en azul.
Para días fríos.
Se usa todo el año.
Protege la mesa de los rayones.
Ayuda a mantener el orden en tu cuarto.
Se lava en máquina.
Un azul que da calma.
Un robot de juguete para la repisa.
Regresamos en un momento.
Unos minutos para tus preguntas.
Piénsalo con calma, no hay presión.
Mide tu rincón y luego decides.
Seguimos con la mochila.
Gracias por acompañarnos, nos vemos en el próximo.
La correa se ajusta con la hebilla.
Más ligera de lo que parece.
El otro color es verde.
Con manos libres, para cargar las bolsas.
Cuesta lo mismo en todas las tallas.
""".strip().splitlines()


@pytest.mark.parametrize(("rule", "text"), REFUSED, ids=[f"{rule.id}-{text}" for rule, text in REFUSED])
def test_a_rule_refuses_its_own_examples(rule: Rule, text: str) -> None:
    assert rule.find((fold(text),), fold(text))


@pytest.mark.parametrize(("rule", "text"), PASSES, ids=[f"{rule.id}-{text}" for rule, text in PASSES])
def test_honest_words_pass_every_rule(rule: Rule, text: str) -> None:
    assert PACK.find((fold(text),), fold(text), ()) is None


@pytest.mark.parametrize("text", SPOKEN)
def test_a_host_may_say(text: str) -> None:
    assert PACK.find((fold(text),), fold(text), ()) is None


@pytest.mark.parametrize("rule", OWN, ids=[rule.id for rule in OWN])
def test_a_rule_is_complete(rule: Rule) -> None:
    assert len(rule.refused) >= 5
    assert len(rule.passes) >= 5
    assert rule.source


def test_every_rule_of_english_has_one_here() -> None:
    assert {(rule.id, rule.category) for rule in OWN} == {(rule.id, rule.category) for rule in ENGLISH.rules}


@pytest.mark.parametrize("text", ["World's Best Free Refund Lamp", "Ships tomorrow", "Cures acne"])
def test_claims_in_the_lists_language_are_refused_too(text: str) -> None:
    assert PACK.find((fold(text),), "", ())


@pytest.mark.parametrize(
    "unit", ["un ", "gratis", "g-", "re-em bolso ", "solo quedan ", "1 ", "@", "-", "x.", "55 ", "alivia el "]
)
def test_matching_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = fold(unit * (size // len(unit)))
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            PACK.find((text,), text, ())
            best = min(best, time.process_time() - start)
        return best

    assert seconds(2000) < 12 * max(seconds(500), 0.002)


def test_a_locale_without_a_pack_names_those_that_have_one() -> None:
    with pytest.raises(UsageError, match="no rule pack for de-DE") as caught:
        load_pack("de-DE")
    assert "en-US, es-MX" in caught.value.remedy
