import pytest

from livestream.disclosure import (
    HOST_LABELS,
    PROMPTER_LABELS,
    REPLY_MARK,
    XMP,
    host_label,
    marked,
    prompter_label,
    says_ai,
)


@pytest.mark.parametrize("labels", [HOST_LABELS, PROMPTER_LABELS])
def test_each_label_says_ai_in_its_own_language_and_is_short(labels):
    for language, label in labels.items():
        assert says_ai(label, language), label
        assert len(label) <= 48
    assert set(PROMPTER_LABELS) <= set(HOST_LABELS)


def test_a_language_without_a_label_gets_the_english_one():
    assert host_label("fi-FI") == host_label("en-US") == "AI-generated host"
    assert host_label("es-MX") != host_label("en-US")
    assert prompter_label("xx") == prompter_label("en-GB")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("I'm an AI-generated host.", "en-US"),
        ("(AI) says hello", "en-GB"),
        ("Computer-generated, that's me.", "en-US"),
        ("Soy una presentadora generada por IA.", "es-MX"),
        ("Ich bin eine KI.", "de-DE"),
        ("Eine Künstliche Intelligenz spricht.", "de-DE"),
        ("Je suis une IA.", "fr-FR"),
        ("私はAI生成の司会者です", "ja-JP"),
        ("Saya pembawa acara AI.", "id-ID"),
    ],
)
def test_what_says_ai(text, locale):
    assert says_ai(text, locale)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Hello and welcome.", "en-US"),
        ("I aimed at the MAIL.", "en-US"),
        ("J'ai une lampe.", "fr-FR"),
        ("ai clienti", "it-IT"),
        ("ki vagy", "de-DE"),
        ("la vía ÍIA", "es-MX"),
        ("", "en-US"),
    ],
)
def test_what_does_not(text, locale):
    assert not says_ai(text, locale)


@pytest.mark.parametrize("reply", ["AI · It is $5.", "IA · Cuesta 5.", "KI · 5 €", ""])
def test_a_reply_that_bears_the_mark_stays_as_it_is(reply):
    assert marked(reply) == reply


@pytest.mark.parametrize(
    "reply",
    ["It is $5.", "AIr mattress", "Yes, by AI", "aI · x", "AI Translator Pen costs $49.", "AI: 5", "[AI] yes", "AI·5"],
)
def test_any_other_reply_gets_it(reply):
    assert marked(reply) == REPLY_MARK + reply
    assert marked(marked(reply)) == marked(reply)


def test_the_packet_is_xml_with_the_terms_of_iptc():
    from xml.etree.ElementTree import fromstring

    [description] = fromstring(XMP.encode()).iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    name = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
    assert description.get(name).endswith("/digitalsourcetype/trainedAlgorithmicMedia")
