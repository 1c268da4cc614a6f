"""Which earlier message a message goes on from: features of the pair, judged by small learned networks."""

from core.rules.linking.network import Linker, shipped
from core.rules.linking.stream import Stream

__all__ = ["Linker", "Stream", "shipped"]
