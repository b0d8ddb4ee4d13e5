"""Hosts: whether what an address names can be looked up at all."""


def is_name_of_host(name: str) -> bool:
    """Whether the system takes it for one. Else its look-up raises UnicodeError, which nobody takes for a host that is away."""
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True
