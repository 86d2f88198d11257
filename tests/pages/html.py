"""A page as its reader meets it: a tree of elements, read strictly."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = set("area base br col embed hr img input link meta source track wbr".split())


class Element:
    def __init__(self, tag: str, attrs: dict[str, str], parent: "Element | None") -> None:
        self.tag, self.attrs, self.parent = tag, attrs, parent
        self.children: list[Element | str] = []

    def __repr__(self) -> str:
        return f"<{self.tag} {self.attrs}>"

    @property
    def text(self) -> str:
        """All text inside, white space made single."""
        return re.sub(r"\s+", " ", "".join(self._texts())).strip()

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style"):
                yield from child._texts()

    def all(self, *tags: str, **attrs: str) -> list["Element"]:
        """The elements inside with one of these tags (any, if none) and all of these attributes.

        `class_` asks for one class among those of the element.
        """
        return [e for e in self._inside() if e._is(tags, attrs)]

    def one(self, *tags: str, **attrs: str) -> "Element":
        (found,) = self.all(*tags, **attrs)
        return found

    def _is(self, tags: tuple[str, ...], attrs: dict[str, str]) -> bool:
        wanted = dict(attrs)
        class_ = wanted.pop("class_", None)
        return (
            (not tags or self.tag in tags)
            and (class_ is None or class_ in self.attrs.get("class", "").split())
            and all(self.attrs.get(name) == value for name, value in wanted.items())
        )

    def _inside(self) -> Iterator["Element"]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._inside()

    @property
    def links(self) -> dict[str, str]:
        """href → text of the last link that has it."""
        return {a.attrs["href"]: a.text for a in self.all("a") if "href" in a.attrs}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("", {}, None)

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice: {attrs}"
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.at.tag == tag, f"</{tag}> closes {self.at}"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(response) -> Element:
    """The tree of a response's HTML; elements that are not closed in order are a fault."""
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    reader = _Reader()
    reader.feed(response.content.decode())
    reader.close()
    assert reader.at is reader.root, f"{reader.at} is not closed"
    return reader.root
