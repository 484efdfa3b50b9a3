"""The live loop of a channel: comments in, answers on air, a moderator in charge."""
