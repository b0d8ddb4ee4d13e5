"""What runs the bot, and nothing that a feature touches."""
