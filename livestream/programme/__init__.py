"""One picture and one sound: presenter, scene, card, captions, bed; encoded once."""
