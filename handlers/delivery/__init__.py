"""From the outbox to Slack: claim, draw, send, look, sweep, write down."""
