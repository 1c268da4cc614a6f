"""Files that were sent or uploaded, as the Bot API writes them."""

import struct

from bot.sandbox.rules.errors import bad_request
from bot.sandbox.sandbox import Sandbox, StoredFile
from bot.sandbox.shape import Json

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZE_AT = 16
"""Width and height stand here in a PNG, https://www.w3.org/TR/png-3/#11IHDR."""
_MOST_SIDES = 10_000
"""Width and height together, https://core.telegram.org/bots/api#sendphoto."""


def stored(sandbox: Sandbox, file_id: object) -> StoredFile:
    """Returns the file of that id; raises Refused."""
    found = sandbox.files.get(str(file_id))
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return found


def document_json(file: StoredFile) -> Json:
    """Returns https://core.telegram.org/bots/api#document."""
    return {**_file(file), "file_name": file.name, "mime_type": file.mime}


def photo_json(file: StoredFile) -> list[Json]:
    """Returns https://core.telegram.org/bots/api#photosize, the one size there is; reads PNG alone."""
    if not file.data.startswith(_PNG):
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack_from(">II", file.data, _SIZE_AT)
    if width + height > _MOST_SIDES:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return [{**_file(file), "width": width, "height": height}]


def _file(file: StoredFile) -> Json:
    return {"file_id": file.id, "file_unique_id": f"u{file.id[-6:]}", "file_size": len(file.data)}
