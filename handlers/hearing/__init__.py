"""From the wire to a listener: the doors, the payload, the turn, and the ways to answer."""
