"""The presenter's picture for every frame."""
