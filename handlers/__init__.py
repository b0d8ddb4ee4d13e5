"""What the bot hears and says."""
