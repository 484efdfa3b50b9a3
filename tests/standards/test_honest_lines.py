"""Ordinary words of ordinary hosts and descriptions pass: a false refusal is a fault too."""

from pathlib import Path

import pytest
from standards_samples import SOURCE, line

from livestream.catalogue import FactKind, read_catalogue
from livestream.lines import Slot
from livestream.locales import Locale
from livestream.standards import Standards

SPOKEN = """
Hello and welcome to the stream.
Good evening, everyone, and thanks for stopping by.
I'm an AI-generated host, and I'll be with you all evening.
Just so you know: you are watching a digital presenter, not a person.
My voice and my face are made by a computer.
Feel free to ask me anything in the comments.
You are free to ask about sizes, colors or care.
If you have a question, drop it in the chat.
Let's take a closer look at this one.
This one caught my eye.
Which one do you like more?
That's the one I wanted to show you.
One more thing before we move on.
One of the details I like is the collar.
No one likes a scratchy seam.
Give me one second to turn it around.
First, look at the fabric.
Second, look at the lining.
At first glance it seems plain.
It deserves a second look.
Once you see it up close, you notice the stitching.
Once again, the price is on the card.
Let me double-check the label.
Think twice before you pair stripes with checks.
Let's see them all in one go.
We will be back in a moment.
Take a couple of minutes to look around.
A perfect gift for a friend who has everything.
It makes a lovely present.
It comes in a gift box.
A mug for your best friend.
It works best with warm water.
It looks best in daylight.
Best worn over a light shirt.
Wear it with your best shoes.
It is made for cold days.
Perfect for keeping warm.
The sleeves end at the wrist.
It keeps its shape after washing.
It returns to its shape when you let go.
It delivers a warm, even light.
The pocket sits on the left side.
The left cuff has a button.
It has a zip, a hood and a drawstring.
It stays put on the wall.
A treat for your dog.
Treat yourself to something soft.
The wood is pressure-treated.
It protects the table from scratches.
It saves space on a small desk.
It takes the chill off a cool room.
Take the lid off and pour.
A good deal of room inside.
It was made by hand in a small workshop.
It was designed with gardeners in mind.
It is worth a look.
You will find it on the card right here.
Tap the card to see the colors.
Have a look at the card on your screen.
You can order it right here in the shop.
Add it to your cart if you like it.
It is yours with one tap.
What would you wear it with?
Tell me where you would put it.
Who is shopping for a garden tonight?
Picture it by the window.
Imagine a slow Sunday-style breakfast.
It goes with almost everything in your wardrobe.
A simple shape that goes with denim.
Warmer than you would think.
Lighter than it looks.
The fabric feels soft and smooth.
A quiet color for a quiet room.
A sulfate-free soap bar.
It is BPA-free and easy to rinse.
A free-standing shelf in oak.
Hands-free, so you can carry the bags.
Machine washable, and easy to iron.
The return spring is made of steel.
A heat exchanger sits at the back.
A wooden pirate ship with cloth sails.
New arrivals are on the table.
An overnight bag in canvas.
It never hurts to have a spare.
The handle is guarded by a leather sleeve.
An instant classic look, in navy.
That's it for the jacket.
Next up is something for the kitchen.
Let's move on to the next one.
Stay with us, there is more to see.
If you just joined, welcome.
Here is a quick recap of what we have seen.
The price is on the card.
And the price, once more?
How much is it? Here it comes.
It comes in more than a single color.
Everything you see is in the shop.
Thanks for watching, and see you at the next stream.
Good night, and take care.
May I show you the back?
March to your own beat in these shoes.
Her hands are full, so the strap helps.
It's 'just right' for the hallway.
""".strip().splitlines()

DESCRIBED = """
Ocean blue cotton shirt with a narrow collar and buttons down the front and long sleeves
The durable water-repellent finish means you'll be kept comfortable and protected when out in all weathers
Silk womens top with short sleeves and number pattern
Loose fitting olive green jacket with buttons and large pockets
A 2-in-1 brush with soft bristles
Holds 350 ml and weighs 12 oz
Made of 100% cotton
Measures 30 x 40 cm
Two seater sofa with wooden legs
Fits most 13-inch laptops
Runs on 4 AA batteries
5000 mAh battery with USB-C
Double-walled steel keeps drinks hot
Three pockets, one of them zipped
A set of 6 glasses, dishwasher safe
Hand wash at 30 °C
A five-panel cap with a brass buckle
Comes with 2 spare buttons
Scented with lavender for a relaxing bath
Anti-slip sole for wet floors
Hypoallergenic filling
Leaves your arms free
Odor-free and easy to rinse
A star-shaped tin with a lid
Quick-drying and lightweight
""".strip().splitlines()


def test_there_are_enough() -> None:
    assert len(SPOKEN) >= 90


@pytest.mark.parametrize("words", SPOKEN)
def test_a_host_may_say(standards: Standards, words: str) -> None:
    assert standards.approve(line(words, about=None)).caption == words


@pytest.mark.parametrize("words", DESCRIBED)
def test_a_description_may_say(american: Locale, words: str) -> None:

    from livestream.catalogue.model import Fact

    point = Fact("x.point.1", FactKind.POINT, "x", words, SOURCE)
    standards = Standards({point.id: point}, american)
    assert standards.approve(line(Slot(point.id), ".", about="x")).caption == f"{words}."


WORDS = {FactKind.TITLE, FactKind.POINT, FactKind.VENDOR, FactKind.TYPE, FactKind.OPTION, FactKind.WEIGHT}
CATALOGUES = Path(__file__).parents[3] / "shared" / "data" / "catalogues"


@pytest.mark.skipif(not CATALOGUES.is_dir(), reason="the shared product exports are not on this machine")
@pytest.mark.parametrize("name", ["apparel.csv", "home-and-garden.csv"])
def test_real_exports_are_not_refused(american: Locale, name: str) -> None:
    catalogue = read_catalogue(CATALOGUES / name, currency="USD")
    standards = Standards(catalogue.facts, american)
    spoken = 0
    for fact in catalogue.facts.values():
        if fact.kind in {
            FactKind.TITLE,
            FactKind.POINT,
            FactKind.VENDOR,
            FactKind.TYPE,
            FactKind.OPTION,
            FactKind.WEIGHT,
        }:
            standards.approve(line("Look: ", Slot(fact.id), ".", about=fact.product))
            spoken += 1
    assert spoken >= 60
    for entry in catalogue.products:
        assert standards.approve_card(entry).card.price
