"""Who does the same thing, and what it costs each of them: the bot, Bolt JS, and the floor."""
