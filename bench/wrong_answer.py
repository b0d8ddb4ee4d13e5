"""What ends a measurement."""


class WrongAnswer(Exception):
    """A figure would mean nothing: what came was not what was asked for."""
