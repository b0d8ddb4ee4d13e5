"""What hurts, and what to do about it: a line each."""
