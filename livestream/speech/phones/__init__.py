"""Phones from letters, for engines that tell none: small rules for each language."""
