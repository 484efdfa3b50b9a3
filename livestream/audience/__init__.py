"""Comments of every platform: one clean, ranked stream with language, intent and meaning."""
