"""Puts a digital human on air that sells a merchant's product list."""

__version__ = "0.1.0"
