"""Approved lines into sound with mouth shapes and word times."""
