"""What voices say, written down by a speech recogniser: `make asr`."""
