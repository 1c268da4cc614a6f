"""JSON objects as Python has them."""

from typing import Any

Json = dict[str, Any]
