"""Every option of a settings type, and every option that a commented sample shows, as dotted paths.

A sample's prose begins ``# `` with a space; an option that is switched off begins ``#`` without one::

    broker:
      host: 127.0.0.1
      # Needed as soon as the broker is another machine.
      #tls:
      #  ca_file: /etc/cityedge/ca.pem

Where a value can be one of several things (``store`` is embedded or InfluxDB), the others are shown switched off.
"""

import re
import typing
from collections.abc import Iterator

import msgspec
import yaml

from cityedge.type_walk import members_of

_SWITCHED_OFF = re.compile(r"^( *)#(?=\S| {2,}\S)", re.MULTILINE)


def options_of_type(kind: object) -> set[str]:
    """Every key that a settings type knows, for example ``cameras[].lines[].points``."""
    return set(_of_type(kind, ""))


def options_of_sample(text: str) -> set[str]:
    """Every key that a sample shows, switched on or off."""
    node = yaml.compose(switched_on(text), Loader=yaml.SafeLoader)
    return set() if node is None else set(_of_node(node, ""))


def switched_on(text: str) -> str:
    """The sample with everything that is switched off switched on."""
    return _SWITCHED_OFF.sub(r"\1", text)


def _of_type(kind: object, path: str) -> Iterator[str]:
    for member in members_of(kind):
        if isinstance(member, type) and issubclass(member, msgspec.Struct):
            if member.__struct_config__.tag_field:
                yield _join(path, str(member.__struct_config__.tag_field))
            for field in msgspec.structs.fields(member):
                yield _join(path, field.encode_name)
                yield from _of_type(field.type, _join(path, field.encode_name))
        elif typing.get_origin(member) in {list, tuple}:
            for item in typing.get_args(member):
                yield from _of_type(item, f"{path}[]")


def _of_node(node: yaml.Node, path: str) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield _join(path, str(key.value))
            yield from _of_node(value, _join(path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _of_node(item, f"{path}[]")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
