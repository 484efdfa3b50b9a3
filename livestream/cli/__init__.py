"""The commands: thin, one file each, no logic.

A command's module imports nothing but typer, rich and the standard library at its top, so that
`livestream --help` answers before any engine is loaded.
"""
