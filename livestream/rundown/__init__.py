"""What is said and when: segments, parts and lines, timed to fit."""
