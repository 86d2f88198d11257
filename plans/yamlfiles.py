"""YAML (so JSON too) read safely, with the line of every value.

Scalars stay text, except null, true and false: what a number, a date or a point's number is, the
record decides that takes it (so 10.10 stays "10.10" and there are no floats). Tags, anchors,
duplicate keys, deep nesting and large files are refused. No Django here.
"""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import yaml

MAX_BYTES = 8_000_000  # a plan of several thousand provisions is under 2 MB
MAX_DEPTH = 24  # the deepest plan file has 8 levels
MAX_VALUES = 1_000_000

Path = tuple[str | int, ...]
_CONSTANTS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
# libyaml where the wheel carries it: ten times as fast, the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Fault(Exception):
    """Something wrong at a line (from 1) of a file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclasses.dataclass(frozen=True)
class Located:
    """A value read from a file, and the line on which each part of it begins."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of the part at `path`, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(data: bytes) -> Located:
    """Parse one document; raises Fault."""
    if len(data) > MAX_BYTES:
        raise Fault(1, f"has {len(data):,} bytes: expected at most {MAX_BYTES:,}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Fault(line, "is not UTF-8: save the file as UTF-8 text") from error
    if text.lstrip()[:1] in ("{", "["):
        text = _SURROGATES.sub(_join_surrogates, text)
    try:
        return _Builder(yaml.parse(text, Loader=_LOADER)).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        # Only an unprintable character has no mark, but a place in the bytes.
        line = mark.line if mark else data[: getattr(error, "position", 0)].count(b"\n")
        raise Fault(line + 1, f"is not valid YAML: {problem}") from error


# JSON escapes a character beyond the first plane as two surrogates, which YAML does not know.
_SURROGATES = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)


def _join_surrogates(match: re.Match[str]) -> str:
    high, low = int(match[2], 16), int(match[3], 16)
    return f"{match[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


class _Builder:
    """Builds plain values from the parser's events, in one pass."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.lines: dict[Path, int] = {}

    def document(self) -> Located:
        next(self.events)  # the stream's start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise Fault(1, "is empty: expected a plan, a catalogue, reactions or an alignment")
        value = self.value(next(self.events), ())
        next(self.events)  # the document's end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise Fault(after.start_mark.line + 1, "holds a second document: expected one")
        return Located(value, self.lines)

    def value(self, event: Any, path: Path) -> Any:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        if len(path) > MAX_DEPTH or len(self.lines) > MAX_VALUES:
            raise Fault(line, "is nested too deeply, or too long, to be a plan file")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise Fault(line, "uses an anchor or alias (& or *): write the value out")
        if event.tag and event.tag != "!":
            raise Fault(line, f"uses the tag {event.tag}: tags are not read")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    @staticmethod
    def scalar(event: yaml.ScalarEvent) -> Any:
        plain = event.implicit[0]
        if plain and event.value in _CONSTANTS:
            return _CONSTANTS[event.value]
        return event.value

    def sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise Fault(line, "has a key that is not plain text: expected a field's name")
            if event.value in items:
                raise Fault(line, f"has the field {event.value!r} twice: expected it once")
            self.lines[(*path, event.value)] = line
            items[event.value] = self.value(next(self.events), (*path, event.value))
        return items


class _Writer(yaml.SafeDumper):
    """Block style, with short lists of scalars on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_list(writer: _Writer, items: list[Any]) -> yaml.Node:
    flow = all(not isinstance(item, dict | list) for item in items)
    return writer.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)


def _represent_text(writer: _Writer, text: str) -> yaml.Node:
    # YAML takes these for line breaks and folds them, unless they are written as escapes.
    style = '"' if any(c in text for c in "\x85\u2028\u2029") else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(list, _represent_list)
_Writer.add_representer(str, _represent_text)


def write(value: Any) -> str:
    """Plain values as YAML that `read` turns back into the same values."""
    return yaml.dump(
        value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100, indent=2
    )
