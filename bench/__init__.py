"""How fast the bot is: from typed to on screen, and beside others who do the same (python -m bench)."""
