"""The web port: the page, the picture's signalling, the status."""
