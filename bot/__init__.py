"""What the bot decides, in plain Python: the verbs, and what they stand on."""
