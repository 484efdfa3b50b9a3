"""What is on air: the clock, the queue and the as-run log."""
