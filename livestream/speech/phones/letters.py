"""From letters to phones: rules for six languages, as far as lips can tell.

A rule is a regular expression and the IPA of what it matches, "-" for nothing; of those that match at a place the
first holds. What the mouth does not show (tones, stress, which [r]) is left out; what it does (shut and rounded lips,
how many openings) is aimed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_DOUBLED = "\n".join(f"{letter}{letter} {letter}" for letter in "bdfklmnprstvz") + "\ncc k\ngg g"
_PLAIN = "\n".join(f"{letter} {letter}" for letter in "bdfgklmnpstvz")

_ENGLISH = r"""
(?<=[a-z][^aeiouy])e$ -
^kn n
^wr ɹ
mb$ m
tch tʃ
igh aɪ
ch tʃ
sh ʃ
th ð
ph f
gh -
wh w
ck k
ng ŋ
qu k w
oo u
ou aʊ
ow oʊ
ee|ea|ie i
ai|ay eɪ
oi|oy ɔɪ
au|aw ɔ
oa oʊ
a(?=[^aeiouwxy]e$) eɪ
i(?=[^aeiouwxy]e$) aɪ
o(?=[^aeiouwxy]e$) oʊ
c(?=[eiy]) s
a æ
c|q k
e ɛ
h h
i ɪ
j dʒ
o ɑ
r{1,2} ɹ
u ʌ
w w
x k s
y i
"""
_GERMAN = r"""
tsch tʃ
tion$ ts i oː n
sch ʃ
(?<=[aou])ch x
chs k s
ch ç
ck k
^s(?=[pt]) ʃ
ph|v f
th|dt t
tz|z ts
qu k v
ng ŋ
n(?=k) ŋ
ei|ai|ey|ay aɪ
eu|äu ɔʏ
au aʊ
ie iː
ig$ ɪ ç
er$ ɐ
(?<=.)e(?=[nlmrs]?$) ə
aa|ah aː
ee|eh eː
oo|oh oː
ih iː
uh uː
äh ɛː
öh øː
üh yː
b(?=$|[st]) p
d$ t
g$ k
ß|ss s
s(?=[aeiouäöü]) z
w v
j j
x k s
a a
e ɛ
i ɪ
o ɔ
u ʊ
ä ɛ
ö ø
ü|y y
c k
h h
r{1,2} ʁ
"""
_SPANISH = r"""
ch tʃ
ll ʎ
qu(?=[eéií]) k
gu(?=[eéií]) g
[cz](?=[eéií])|z θ
[gj](?=[eéií])|j x
(?<=[aeiouáéíóú])[bv](?=[aeiouáéíóúlr]) β
v b
ñ ɲ
h -
[uü](?=[aeioáéíó]) w
i(?=[aeouáéóú]) j
y$ i
y j
x k s
[aá] a
[eé] e
[ií] i
[oó] o
[uúü] u
c|q k
w w
r{1,2} r
"""
_ITALIAN = r"""
sci(?=[aou]) ʃ
sc(?=[eièéì]) ʃ
ch|cch k
gh g
c{1,2}i(?=[aouàòù]) tʃ
c{1,2}(?=[eièéì]) tʃ
g{1,2}i(?=[aouàòù]) dʒ
g{1,2}(?=[eièéì]) dʒ
gli(?=[aeou]) ʎ
gl(?=i) ʎ
gn ɲ
c?qu k w
z{1,2} ts
h -
u(?=[aeioàèéò]) w
i(?=[aeouàèéòù]) j
[aà] a
[eèé] e
[iìyj] i
[oò] o
[uù] u
c k
w w
x k s
r{1,2} r
"""
_PORTUGUESE = r"""
nh ɲ
lh ʎ
ch ʃ
^r|rr h
qu(?=[eéêií]) k
qu k w
gu(?=[eéêií]) g
gu(?=[aáâão]) g w
ão|am$ ɐ w
ãe ɐ j
õe o j
em$|ém$|ens$ e j
(?<=[aeiouáâéêíóôú])[mn](?=[bcçdfgjlpqrstvxz]|$) -
ç|c(?=[eiéêí])|ss s
g(?=[eiéêí])|j ʒ
t(?=i|e$|es$) tʃ
d(?=i|e$|es$) dʒ
(?<=[aeiouáâéêíóôú])l(?![aeiouáâãéêíóôõúh]) w
s$ s
(?<=[aeiouáâéêíóôú])s(?=[aeiouáâéêíóôú]) z
x ʃ
h -
(?<=.)e(?=s?$) i
(?<=.)o(?=s?$) u
u(?=[aeoáâéêó]) w
i(?=[aouáâóô]) j
(?<=[aeoáâéêóô])i j
(?<=[aeoáâéêóô])u w
[aáâãà] a
[eéê] e
[iíy] i
[oóôõ] o
[uúü] u
c|q k
w w
r ɾ
"""
_FRENCH = r"""
^sept(?=$|ième) s ɛ t
^(?:six|dix)$ s i s
^huit$ ɥ i t
^et$ e
^est$ ɛ
(?<=^[bcdjlmnst])e$|(?<=^qu)e$ ə
(?<=^[cdlmst])es$ e
(?:(?<=^[bclmsv])|(?<=m)|(?<=i)|(?<=g)|(?<=ll))ents?$ ɑ̃
(?<=..)ent$ -
(?<=[a-zé])e(?:s|nt)?$ -
(?:(?<=^[mf])|(?<=^ch)|(?<=iv))er$ ɛ ʁ
(?<=.)(?:er|ez)$ e
(?<=.)ets?$ ɛ
[cdgpstxz]+$(?<!c)(?<!ac)(?<!ec) -
(?<=m)p(?=t) -
eau|au o
ouil u j
ou(?=[aeéi]) w
o[uùû] u
oin w ɛ̃
o[iî] w a
oy(?=[aeé]) w a j
(?:ai|ei)[mn](?![aeéiouymn]) ɛ̃
ail(?=$|s$|l) a j
eil(?=$|s$|l) ɛ j
euil œ j
a[iî]|ei|ay ɛ
œu|eu|œ ø
ien(?![aeéèiouymn]) j ɛ̃
tion s j ɔ̃
[ae][nm](?![aeéèêiouyhmn]) ɑ̃
[iy][nm](?![aeéèêiouyhmn]) ɛ̃
o[nm](?![aeéèêiouyhmn]) ɔ̃
u[nm](?![aeéèêiouyhmn]) œ̃
(?:(?<=^v)|(?<=^m)|(?<=qu))ill i l
(?<![aeou])ill i j
(?<=[aeou])ill j
ch|sch ʃ
ph f
th t
gn ɲ
qu|q k
gu(?=[eéèi]) g
ge(?=[aoâ]) ʒ
g(?=[eéèêiy])|j ʒ
sc(?=[eéèi])|ç|c(?=[eéèêiyœ]) s
ss s
(?<=[aeéèêiou])s(?=[aeéèêiouy]) z
^ex(?=[aeéiou]) ɛ g z
x k s
h -
u(?=[iey]) ɥ
i(?=[aeéèou]) j
y(?=[aeéou]) j
[aàâ] a
é e
[èêë] ɛ
e(?=[^aeéiouy]{2}|[^aeéiouy]$) ɛ
(?<=[a-zé]{2})e(?=[bcdfgjlmnprstv][aeéèêiou]) -
e ə
[iîïy] i
[oô] o
[uùûü] y
c k
w w
r{1,2} ʁ
"""
_RULES = {
    "en": _ENGLISH, "de": _GERMAN, "es": _SPANISH, "it": _ITALIAN, "pt": _PORTUGUESE, "fr": _FRENCH
}  # fmt: skip
LANGUAGES = frozenset(_RULES)


def word_phones(word: str, language: str) -> list[str]:
    """Return the phones of a word; of one in no language of these by the letters of Italian, the plainest."""
    read = _reader(language if language in _RULES else "it")
    bare = unicodedata.normalize("NFC", word).lower().replace("'", "").replace("’", "")
    return [phone for part in re.split(r"[\W\d_]+", bare) for phone in read(part)]


@cache
def _reader(language: str) -> Callable[[str], list[str]]:
    """Return what reads a word of letters by a language's rules."""
    lines = [line.split() for line in f"{_RULES[language]}{_DOUBLED}\n{_PLAIN}".splitlines() if line]
    pattern = re.compile("|".join(f"({rule})" for rule, *_ in lines))
    phones = [[phone for phone in told if phone != "-"] for _, *told in lines]

    def read(word: str) -> list[str]:
        return [phone for found in pattern.finditer(word) for phone in phones[(found.lastindex or 1) - 1]]

    return read
