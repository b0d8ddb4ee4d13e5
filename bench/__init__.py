"""How fast the bot answers, next to a bare Bolt app that only acknowledges (python -m bench)."""
