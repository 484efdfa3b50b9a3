import numpy as np

from livestream.media import SAMPLE_RATE

SENTENCES = (
    "This soft merino cardigan keeps its shape, wash after wash.",
    "Meet the Harbor tote, the bag that goes from market to beach.",
    "The bottle keeps your drink cold for a whole day.",
    "It comes in small, medium and large.",
    "Have a look at the product card for the details.",
    "Let me show you what makes it different.",
    "Pop a question in the chat, and I will do my best to answer.",
    "The pepper mill has a steel burr, so the pepper comes out even.",
    "A bamboo board that is big enough for a family breakfast.",
    "Tap the link below when you are ready.",
    "It has a deep pocket inside for your phone and your keys.",
    "If you have been looking for a simple lamp, this may be it.",
    "Brushed brass, a linen shade, and a long cord.",
    "The blanket is woven from recycled wool.",
    "Thank you for being here tonight.",
    "The puppy pillow is plump, padded and simple to wipe clean.",
    "Put the map in the top pocket, and the maple syrup on top of the pancake.",
    "Maybe my mother may keep the camping mat; my brother bought a bigger backpack.",
    "Available in black, blue, plum and pale pink.",
    "The zip runs all the way down, and the hood comes off.",
    "Coming up, a mug for people who forget their tea.",
    "Shall we move on to the kitchen?",
)


def tone(frequency: float, seconds: float, amplitude: float = 0.5, rate: int = SAMPLE_RATE) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * frequency * time)).astype(np.float32)
