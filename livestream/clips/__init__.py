"""Clips cut out of a recording by its as-run log, offline."""
