"""What tells people and machines that AI is at work: the label, the words, a reply's mark, the tags of a file.

Every sign is here as data, by language, and none of it is a setting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

HOST_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "مضيف مولّد بالذكاء الاصطناعي",
        "de": "KI-generierte Moderation",
        "en": "AI-generated host",
        "es": "Presentadora generada por IA",
        "fr": "Présentatrice générée par IA",
        "hi": "AI से बनी होस्ट",
        "id": "Pembawa acara buatan AI",
        "it": "Conduttrice generata con IA",
        "ja": "AI生成の司会者",
        "ko": "AI로 생성된 진행자",
        "pl": "Prowadząca wygenerowana przez AI",
        "pt": "Apresentadora gerada por IA",
        "ru": "Ведущая создана ИИ",
        "th": "พิธีกรที่สร้างด้วย AI",
        "tr": "Yapay zekâ ürünü sunucu",
        "vi": "Người dẫn do AI tạo ra",
        "zh": "AI生成的主持人",
    }
)
"""The label that stands in every frame, by language."""
PROMPTER_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "ar": "نص بالذكاء الاصطناعي · ليس على الهواء",
        "de": "Textvorschläge von KI · nicht auf Sendung",
        "en": "AI-drafted lines · not on air",
        "es": "Textos redactados por IA · no al aire",
        "fr": "Textes rédigés par IA · hors antenne",
        "hi": "AI के लिखे संवाद · प्रसारण में नहीं",
        "id": "Naskah buatan AI · tidak disiarkan",
        "it": "Testi scritti da IA · non in onda",
        "ja": "AI作成の原稿・配信されません",
        "ko": "AI 작성 대본 · 방송되지 않음",
        "pl": "Teksty napisane przez AI · poza anteną",
        "pt": "Textos redigidos por IA · fora do ar",
        "ru": "Тексты написаны ИИ · не в эфире",
        "th": "บทโดย AI · ไม่ออกอากาศ",
        "tr": "Yapay zekâ metinleri · yayında değil",
        "vi": "Lời thoại do AI soạn · không phát sóng",
        "zh": "AI撰写的台词 · 不播出",
    }
)
"""The label of the prompter, on which a person reads what they say in their own voice."""
SPOKEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ar": ("أنا مضيف مولّد بالذكاء الاصطناعي.", "أنا مضيفة مولّدة بالذكاء الاصطناعي."),
        "de": (
            "Ich bin KI-generiert.",
            "Diese Moderation ist KI-generiert.",
            "Ich bin eine KI-generierte Moderatorin.",
            "Ich bin ein KI-generierter Moderator.",
        ),
        "en": (
            "I'm an AI-generated host.",
            "I'm your AI-generated host.",
            "I'm the AI-generated host of this show.",
            "I'm AI-generated.",
            "Your host is AI-generated.",
            "You're watching an AI-generated host.",
        ),
        "es": (
            "Soy una presentadora generada por IA.",
            "Soy un presentador generado por IA.",
            "Mi voz y mi cara son generadas por IA.",
        ),
        "fr": (
            "Je suis une présentatrice générée par IA.",
            "Je suis un présentateur généré par IA.",
            "Ma voix et mon visage sont générés par IA.",
        ),
        "hi": ("मैं AI से बनी होस्ट हूँ।", "मेरी आवाज़ और चेहरा AI से बने हैं।"),
        "id": ("Saya pembawa acara buatan AI.", "Suara dan wajah saya dibuat oleh AI."),
        "it": (
            "Sono una conduttrice generata con IA.",
            "Sono un conduttore generato con IA.",
            "La mia voce e il mio volto sono generati con IA.",
        ),
        "ja": ("私はAI生成の司会者です。", "私の声と顔はAIで生成されています。"),
        "ko": ("저는 AI로 생성된 진행자입니다.", "제 목소리와 얼굴은 AI로 만들어졌습니다."),
        "pl": (
            "Jestem prowadzącą wygenerowaną przez AI.",
            "Jestem prowadzącym wygenerowanym przez AI.",
            "Mój głos i moja twarz są wygenerowane przez AI.",
        ),
        "pt": (
            "Sou uma apresentadora gerada por IA.",
            "Sou um apresentador gerado por IA.",
            "A minha voz e o meu rosto são gerados por IA.",
        ),
        "ru": ("Я ведущая, созданная ИИ.", "Я ведущий, созданный ИИ.", "Мой голос и моё лицо созданы ИИ."),
        "th": ("ฉันเป็นพิธีกรที่สร้างด้วย AI", "เสียงและใบหน้าของฉันสร้างด้วย AI"),
        "tr": ("Ben yapay zekâ ürünü bir sunucuyum.", "Sesim ve yüzüm yapay zekâ ürünü."),
        "vi": (
            "Tôi là người dẫn do AI tạo ra.",
            "Giọng nói và khuôn mặt của tôi do AI tạo ra.",
            "Mình là người dẫn do AI tạo ra.",
            "Giọng nói và khuôn mặt của mình do AI tạo ra.",
        ),
        "zh": ("我是AI生成的主持人。", "我的声音和形象由AI生成。"),
    }
)
"""What is said at each opening, by language: one of these, word for word and as a sentence of its own."""
_ACRONYMS: Mapping[str, str] = MappingProxyType(
    {"de": "KI", "es": "IA", "fr": "IA", "it": "IA", "pt": "IA", "ru": "ИИ"}
)
"""How a language abbreviates AI, where it does not say AI."""
_SENTENCE_END = re.compile(r"(?<=[.!?…।؟])\s+|(?<=[。！？])\s*|\n")
_QUOTED = re.compile(r'["“”„‘‚«»‹›「」『』]')
_PHRASES = (
    "artificial intelligence",
    "computer-generated",
    "inteligencia artificial",
    "inteligência artificial",
    "künstliche intelligenz",
    "künstlicher intelligenz",
    "intelligence artificielle",
    "intelligenza artificiale",
    "kecerdasan buatan",
    "yapay zekâ",
    "yapay zeka",
    "искусственный интеллект",
    "искусственным интеллектом",
    "sztuczna inteligencja",
    "sztuczną inteligencję",
    "인공지능",
    "ปัญญาประดิษฐ์",
    "trí tuệ nhân tạo",
    "कृत्रिम बुद्धिमत्ता",
    "الذكاء الاصطناعي",
    "人工知能",
    "人工智能",
)
REPLY_MARK = "AI · "
"""Begins a posted reply whose wordings brought no mark of their own."""
_MARKS = (REPLY_MARK, *(f"{acronym} · " for acronym in sorted(set(_ACRONYMS.values()))))
"""All that a posted reply may begin with: a product's title may begin with "AI" too."""

AI_GENERATED = "AI-generated: the host of this programme is a digital human"
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's term for media made by a trained model, which platforms and search engines read."""
TAGS: Mapping[str, str] = MappingProxyType({"livestream": "ai-generated", "digital_source_type": SOURCE_TYPE})
"""Tags of every file and every RTMP publication."""
FILE_TAGS: Mapping[str, str] = MappingProxyType({"comment": AI_GENERATED, "description": AI_GENERATED, **TAGS})
"""Tags of every file."""
XMP = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    Iptc4xmpExt:DigitalSourceType="{SOURCE_TYPE}">
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{AI_GENERATED}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
"""The same as an XMP packet: IPTC Photo Metadata Standard, "Digital Source Type"."""


def host_label(locale: str, adds: str = "") -> str:
    """Return the label of every frame in a locale's language, in English where it has none, and what is added."""
    own = HOST_LABELS.get(_language(locale), HOST_LABELS["en"])
    return f"{own} · {adds}" if adds else own


def prompter_label(locale: str) -> str:
    """Return the prompter's label in a locale's language, in English where it has none."""
    return PROMPTER_LABELS.get(_language(locale), PROMPTER_LABELS["en"])


def says_ai(text: str, locale: str) -> bool:
    """Whether a text says that AI is at work, in the words of a locale's language."""
    acronym = _ACRONYMS.get(_language(locale), "AI")
    spoken = text.casefold()
    return bool(re.search(rf"(?<![A-Za-zÀ-ÿА-я]){acronym}(?![a-zà-ÿа-я])", text)) or any(
        phrase in spoken for phrase in _PHRASES
    )


def spoken(locale: str) -> tuple[str, ...]:
    """Return the sentences of `SPOKEN` in a locale's language, in English where it has none."""
    return SPOKEN.get(_language(locale), SPOKEN["en"])


def discloses(text: str, locale: str) -> bool:
    """Whether a text says one of the sentences of `SPOKEN`, unbent by words around it and quoting nobody."""
    plain = text.replace("’", "'")
    return not _QUOTED.search(plain) and not set(_SENTENCE_END.split(plain)).isdisjoint(spoken(locale))


def reply_mark(locale: str) -> str:
    """Return what begins every reply that is posted in a locale's language."""
    return f"{_ACRONYMS.get(_language(locale), 'AI')} · "


def marked(reply: str) -> str:
    """Return a reply that begins with the mark of AI, whatever it began with."""
    return reply if not reply or reply.startswith(_MARKS) else REPLY_MARK + reply


def _language(locale: str) -> str:
    return locale.partition("-")[0]
