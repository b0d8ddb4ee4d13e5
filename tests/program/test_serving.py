"""The port the bot listens at."""

import socket

from program.serving import listening


def test_no_part_of_an_answer_waits_for_the_part_before():
    with (
        listening("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
