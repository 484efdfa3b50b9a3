import os
from pathlib import Path

import pytest

from livestream.catalogue import document as bounds
from livestream.catalogue import read_catalogue
from livestream.errors import CatalogueError

LAMP = "title,price\nLampe à pied,49.99\nCafé,12\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)  # fmt: skip
def test_reads_every_encoding_of_a_spreadsheet(read, encoding):
    catalogue = read(LAMP.encode(encoding))
    assert [product.title for product in catalogue.products] == ["Lampe à pied", "Café"]


def test_says_that_it_guessed_the_encoding(read):
    (problem,) = read(LAMP.encode("cp1252")).problems
    assert (problem.severity, problem.row) == ("warning", 1)
    assert "Windows-1252" in problem.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_tells_the_delimiter_and_the_line_ends(read, delimiter, end):
    lines = ["title,price,description", "Lamp,49.99,A lamp", "Cup,12,A cup"]
    catalogue = read(end.join(line.replace(",", delimiter) for line in lines))
    assert [str(product.variants[0].offer.price) for product in catalogue.products] == ["49.99", "12"]


def test_commas_in_cells_do_not_mislead_the_delimiter(read):
    catalogue = read('name;price\n"Lamp, tall, white, oak";49,99\n')
    assert catalogue.products[0].title == "Lamp, tall, white, oak"


def test_excels_separator_line_is_not_a_header(read):
    catalogue = read("sep=;\ntitle;price\nLamp;5\n")
    assert (catalogue.products[0].title, catalogue.products[0].row) == ("Lamp", 3)


def test_blank_lines_count_as_rows(read):
    assert read("title,price\n\nLamp,5\n\nCup,6\n").products[1].row == 5


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"", "list.csv", "empty"),
        (b" \n \r\n", "list.csv", "empty"),
        (b"\xef\xbb\xbf", "list.csv", "empty"),
        (b"title,price\nLa\0mp,5\n", "line 2", "NUL"),
        (b"PK\x03\x04 rest", "list.csv", "Excel"),
        (b"\x89PNG\r\n\x1a\n", "list.csv", "picture"),
        (b"%PDF-1.7", "list.csv", "PDF"),
        (b"<html><body>login</body></html>", "list.csv", "web page"),
        (b"title^price\nLamp^5\n", "row 1", "delimiter"),
        (b"colour,weight\nred,5\n", "row 1", "no column is a product's title"),
        (b"title,price\n", "list.csv", "no product"),
        (b"title,price\n,5\n", "list.csv", "row 2"),
        (b'title,price\n"Lamp,5\nCup,6\n', "row", "quotes"),
        (b"title" + b",x" * 100_000 + b"\n", "row 1", "100,001 columns"),
        (b"title,price\n" + b"x" * 140_000 + b",1\n", "row 2", "131,072"),
        (b"\x81\x8d\x8f,\x90\n", "byte", "encoding"),
        (b"\xff\xfeL\xd8", "list.csv", "utf-16"),
    ],
)
def test_names_what_is_wrong_with_a_file(read, content, place, message):
    with pytest.raises(CatalogueError) as refusal:
        read(content)
    assert place in refusal.value.where + refusal.value.message
    assert message in refusal.value.message
    assert refusal.value.remedy


def test_a_quote_left_open_keeps_the_rows_before_it(read):
    catalogue = read('title,price\nLamp,5\n"Cup,6\nPot,7\n')
    assert [product.title for product in catalogue.products] == ["Lamp"]
    (problem,) = catalogue.problems
    assert (problem.severity, problem.row) == ("error", 3)


def test_a_row_too_wide_is_left_out_and_the_rest_lives_on(read):
    catalogue = read("title,price\nLamp,5\nCup,6,7\nPot,8,\n")
    assert [product.title for product in catalogue.products] == ["Lamp", "Pot"]
    assert [(problem.row, problem.column) for problem in catalogue.problems] == [(3, "column 3")]


@pytest.mark.parametrize(("bound", "value"), [("MAX_BYTES", 20), ("MAX_ROWS", 1)])
def test_holds_its_bounds(read, monkeypatch, bound, value):
    monkeypatch.setattr(bounds, bound, value)
    with pytest.raises(CatalogueError, match=r"more than|larger than"):
        read("title,price\nLamp,5\nCup,6\nPot,7\n")


def test_a_missing_file_a_folder_and_a_pipe_are_named(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    for path, message in (("none.csv", "no such file"), (".", "folder"), ("pipe", "not a regular file")):
        with pytest.raises(CatalogueError, match=message) as refusal:
            read_catalogue(tmp_path / path)
        assert refusal.value.exit_code == 3
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_catalogue(Path("a\0b"))


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch):
    path = tmp_path / "list.csv"
    path.write_text("title\nLamp\n")

    def denied(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(CatalogueError, match=r"cannot be read \(Permission denied\)"):
        read_catalogue(path)
