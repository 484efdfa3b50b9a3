"""The database of a channel: comments, moderation, accounts."""
