"""Block Kit: what somebody may see goes in, and blocks come out."""
