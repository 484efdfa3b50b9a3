"""What happens when a product list or its pictures are wrong: a sentence, a place, a remedy, and nothing lost."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest
from cli_ended import bomb, files, is_a_sentence

LISTS: dict[str, tuple[str | bytes, int, tuple[str, ...]]] = {
    "empty": ("", 3, ("the file is empty", "Export")),
    "only-headers": ("title,price\n", 3, ("there is no product in it",)),
    "wrong-delimiter": ("title^price\nLamp^4\n", 3, ("only one column", "row 1", "parted by")),
    "1e5-columns": (",".join(f"c{n}" for n in range(100_000)), 3, ("100,000 columns", "row 1", "Export fewer")),
    "nul": (b"title,price\nLa\0mp,4\n", 3, ("NUL", "line 2", "Export it again")),
    "binary": (bytes(range(128, 250)) * 9, 3, ("cannot be told", "byte", "UTF-8")),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 99, 3, ("this is a picture", "Export it again")),
    "workbook": (b"PK\x03\x04" + b"0" * 99, 3, ("Excel workbook", "Export it again")),
    "svg": ("<svg xmlns='http://www.w3.org/2000/svg'/>", 3, ("XML", "Export it again")),
    "invalid-utf-8": (b"title,price\nL\x81\xff\x8d,4\n", 3, ("encoding", "byte 13", "Save it as UTF-8")),
    "quote-bomb": ('title,price\n"Lamp,4\n' + "x,1\n" * 50_000, 3, ("131,072 characters", "row 2", "Close the quote")),
    "open-quote": ('title,price\n"Lamp,4\n', 3, ("quotes", "row 2", '""')),
    "megabyte-title": ("title,price\n" + "L" * 1_000_000 + ",4\n", 3, ("131,072 characters", "row 2", "shorten")),
    "no-title-column": ("sku,price\nA1,4\n", 3, ("title",)),
    "deep.json": ("[" * 10_000 + "]" * 10_000, 3, ("nested too deeply", "list of objects")),
    "shape.json": ('{"a": 3}', 3, ("no list of products", "products")),
    "numbers.json": ("[1, 2]", 3, ("not an object", "row 1")),
    "broken.json": ('[{"title": "Lamp",}]', 3, ("not valid JSON", "line 1", "Mend it")),
    "refused-titles": ("title,price,currency\nCures cancer,4,USD\n", 3, ("no product that can be presented",)),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_cannot_be_used(livestream, tmp_path, name):
    content, code, words = LISTS[name]
    path = tmp_path / (name if name.endswith(".json") else f"{name}.csv")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = files(tmp_path)
    is_a_sentence(livestream("preview", path.name, "--output", "old.mp4"), code, path.name, *words)
    assert files(tmp_path) == before


ROWS: dict[str, tuple[str | bytes, int, tuple[str, ...], tuple[str, ...]]] = {
    # content, exit code, what the problem says, what the report must not hold
    "price-free": ("title,price\nLamp,free\n", 1, ("2", "price", "free", "Write digits"), ()),
    "price-negative": ("title,price\nLamp,-4\n", 1, ("2", "price", "-4", "→"), ("$-4",)),
    "stock-negative": ("title,price,stock\nLamp,4,-3\n", 0, ("2", "stock", "-3", "→"), ()),
    "right-to-left": ("title,price\nLamp \u202eevil,4\n", 0, ("2", "title", "\\u202e"), ("\u202e",)),
    "escape-codes": ("title,price\n\x1b[31mPot,5\n", 0, ("2", "title", "\\x1b"), ("\x1b",)),
    "template": ("title,price\nLamp {{ 7*191 }},4\n", 0, ("2", "title", "7*191"), ("1337",)),
    "markup": ("title,price\n[bold]Lamp[/nope],4\n", 0, ("[bold]Lamp[/nope]",), ()),
    "same-handle": ('[{"handle": "a", "title": "X", "price": "4"}, {"handle": "a", "title": "Y"}]', 1, ("a", "→"), ()),
    "two-currencies": ("title,price,currency\nLamp,4,USD\nCup,5,EUR\n", 0, ("$4.00", "€5.00", "USD and EUR"), ()),
    "utf-16-unmarked": ("title,price\nLämp,4.00\n".encode("utf-16-le"), 0, ("Lämp", "4.00"), ("\0",)),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_is_wrong_is_named_and_the_rest_lives_on(livestream, tmp_path, name):
    content, code, said, never = ROWS[name]
    path = tmp_path / ("rows.json" if isinstance(content, str) and content.startswith("[{") else "rows.csv")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ended = livestream("check", path.name)
    assert (ended.code, ended.err) == (code, "")
    assert "1 product" in ended.out or "2 products" in ended.out
    for word in said:
        assert word in ended.out
    for word in never:
        assert word not in ended.out


def test_a_picture_that_cannot_be_used_is_named(livestream, tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    whole = cv2.imencode(".png", noise)[1].tobytes()
    pictures = {"bomb.png": bomb(), "cut.png": whole[: len(whole) // 2], "vector.svg": b"<svg/>", "good.png": whole}
    assert len(pictures["bomb.png"]) < 10_000
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
    named = [*pictures, "none.png", "../../etc/passwd", "file:///etc/passwd"]
    rows = "".join(f"Lamp no {'abcdefg'[n]},4,{name}\n" for n, name in enumerate(named))
    (tmp_path / "list.csv").write_text("title,price,image\n" + rows)
    ended = livestream("check", "list.csv", "--json")
    assert (ended.code, ended.err) == (0, "")  # nor does the decoder say anything by itself
    problems = {problem["value"]: problem for problem in json.loads(ended.out)["problems"]}
    assert set(problems) == set(named) - {"good.png"}
    assert "9000 x 9000 pixels" in problems["bomb.png"]["message"]
    assert "damaged" in problems["cut.png"]["message"]
    assert "not a PNG" in problems["vector.svg"]["message"]
    assert problems["bomb.png"]["row"] == 2
    assert all("drawn card" in problem["message"] and problem["remedy"] for problem in problems.values())
