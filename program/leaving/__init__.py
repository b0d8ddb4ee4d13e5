"""How to leave, with everything, and without a trace."""
