"""The other side: the connection, its limits, its timeouts, and what became of a call."""
