"""A shop to draft for, and what models say about it."""

import json

from livestream.catalogue import read_catalogue

SHOP = """Handle,Title,Body (HTML),Vendor,Type,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty
lamp,Copper Lamp,<p>Stylish copper bedside lamp with a wooden base</p>,Rustic LTD,Lamp,Title,Default Title,49.99,3
mug,White Mug,Plain white mug with a wide handle,Rustic LTD,Mug,Size,Small,12,40
mug,,,,,,Large,12,40
sofa,Grey Sofa,Comfortable grey sofa with wooden legs and no collar,Home Sweet Home,Sofa,Title,Default Title,500,9
"""


def write_shop(folder, text=SHOP):
    path = folder / "shop.csv"
    path.write_text(text)
    return path


def read_shop(folder, text=SHOP):
    return read_catalogue(write_shop(folder, text), assume="USD")


def cite(fact):
    return {"fact": fact}


def line(beat, *pieces):
    return {"beat": beat, "pieces": list(pieces)}


def answer(*lines):
    return json.dumps({"lines": lines})
