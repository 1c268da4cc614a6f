"""Reads the parameters of a call from a query, a form, JSON or multipart, and checks them."""

import json
import types
from typing import Annotated, Any, Union, cast, get_args, get_origin

from aiohttp import BodyPartReader, web
from pydantic import BaseModel, ValidationError

from bot.sandbox.rules.errors import bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json

_EMPTY = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
}
"""What Telegram says of a missing parameter where its wording is known."""


async def read_params(request: web.Request, sandbox: Sandbox) -> Json:
    """Returns the raw parameters; uploads are stored and stand as their file ids.

    Raises:
        Refused: The body is not what its content type says.
    """
    params: Json = dict(request.query)
    match request.content_type:
        case "application/json" if request.can_read_body:
            params |= await _json_body(request)
        case "application/x-www-form-urlencoded":
            params |= dict(await request.post())
        case "multipart/form-data":
            params |= await _multipart(request, sandbox)
        case _:
            pass
    return params


async def _json_body(request: web.Request) -> Json:
    try:
        body: object = await request.json()
    except ValueError as broken:
        raise bad_request("can't parse JSON object") from broken
    if not isinstance(body, dict):
        raise bad_request("object expected")
    return cast("Json", body)


async def _multipart(request: web.Request, sandbox: Sandbox) -> Json:
    params: Json = {}
    attached: dict[str, str] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            params[part.name] = data.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            stored = sandbox.store_file(part.filename, mime, data)
            attached[f"attach://{part.name}"] = stored.id
            params.setdefault(part.name, stored.id)
    return {name: _with_files(value, attached) for name, value in params.items()}


def _with_files(value: str, attached: dict[str, str]) -> str:
    """A value with the ids of uploads it refers to, also within JSON."""
    if "attach://" not in value:
        return value
    for reference, id_ in attached.items():
        value = value.replace(reference, id_)
    return value


def checked(model: type[BaseModel], params: Json) -> BaseModel:
    """Returns the call as aiogram's model, JSON in strings decoded.

    Raises:
        Refused: A parameter is missing or has the wrong type.
    """
    decoded = {name: _decoded(model, name, value) for name, value in params.items()}
    try:
        return model.model_validate(decoded)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        if first["type"] == "missing" and len(first["loc"]) == 1:
            why = _EMPTY.get(name, f'parameter "{name}" is required')
        else:
            where = ".".join(str(part) for part in first["loc"])
            why = f'can\'t parse parameter "{where}": {first["msg"]}'
        raise bad_request(why) from invalid


def _decoded(model: type[BaseModel], name: str, value: object) -> object:
    field = model.model_fields.get(name)
    if not isinstance(value, str) or field is None or _takes_text(field.annotation):
        return value
    if value[:1] not in {"{", "["}:
        return None if value == "" and not field.is_required() else value
    try:
        return json.loads(value)
    except ValueError as broken:
        raise bad_request(f"can't parse {name} JSON object") from broken


def _takes_text(annotation: Any) -> bool:
    """Whether a plain string is a value of the type, and so must not be decoded."""
    if get_origin(annotation) is Annotated:
        return _takes_text(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return any(_takes_text(one) for one in get_args(annotation))
    return annotation is str
