"""A small Slack on one machine, for trying the bot in a browser and for its tests."""
