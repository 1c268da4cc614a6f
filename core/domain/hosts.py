"""Hosts: which of them are on this machine or network, so that text stays there."""

from ipaddress import ip_address

_LOCAL_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
"""Names that are never public: RFC 6761, 6762, 8375, and ICANN's .internal of 2024."""


def is_local(host: str) -> bool:
    """Whether a name or address is this machine's or its network's, told without asking a name server.

    A name without a dot is one: such as a container's. "" is this process.
    """
    name = host.strip("[]").rstrip(".").casefold()
    try:
        address = ip_address(name)
    except ValueError:
        return "." not in name or name.endswith(_LOCAL_ENDINGS)
    return address.is_private or address.is_loopback or address.is_link_local
