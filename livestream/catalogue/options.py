"""What an option is a choice of: a size, a color, a style or a scent, whatever language its name is in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from livestream.catalogue.model import Fact
from livestream.text import fold

OptionKind = Literal["size", "color", "style", "scent", ""]

_NAMES: dict[OptionKind, str] = {
    "size": "size|talla|taglia|taille|tamano|tamanho|medida|misura|grosse|große|ukuran|サイズ|大きさ|размер|beden|"
    "boyut|rozmiar|사이즈|크기|مقاس|قياس|حجم|साइज|आकार|ขนาด|ไซส์|ไซซ์|kich co|kich thuoc",
    "color": "colou?r|colore|farbe|couleur|cor|カラー|色|warna|цвет|renk|kolor|색상|색|컬러|لون|रंग|कलर|สี|mau|mau sac",
    "style": "style|stil|estilo|stile|スタイル|gaya|стиль|tarz|styl|스타일|نمط|ستايل|स्टाइल|สไตล์|kieu|kieu dang",
    "scent": "scent|fragrance|duft|parfum|aroma|profumo|profumazione|fragancia|fragrancia|香り|аромат|koku|zapach|향|"
    "رائحة|عطر|खुशबू|सुगंध|กลิ่น|mui huong",
}
_SHORT = 4
"""Latin letters up to which a name may be part of another word: "cor", "size"."""


def _pattern(names: str) -> re.Pattern[str]:
    folded = [fold(name) if name.isalpha() else name for name in names.split("|")]
    short = [name for name in folded if name.isascii() and len(name) <= _SHORT]
    long = [name for name in folded if name not in short]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(short)})s?(?![^\W_])|{'|'.join(long)}")


_PATTERNS = {kind: _pattern(names) for kind, names in _NAMES.items()}


@lru_cache(maxsize=512)
def kind_of_name(name: str) -> OptionKind:
    """Return what an option of this name is a choice of, "" where it is something else."""
    folded = fold(name)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(folded)), "")


def option_kind(fact: Fact) -> OptionKind:
    """Return what an OPTION fact is a choice of, by its label or, where that is another language's, by its id."""
    return kind_of_name(fact.label) or kind_of_name(fact.id.rpartition(".")[2].replace("-", " "))
