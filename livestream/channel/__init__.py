"""One channel's rooms wired into running processes."""
