"""From `/agenda add` typed to the receipt on screen, next to a bare Bolt app that only acknowledges."""
