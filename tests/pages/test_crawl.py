"""From the home page a reader gets everywhere, and no link leads nowhere."""

from urllib.parse import unquote, urldefrag

from plans.models import Document, Publication
from plans.record import Record
from tests.pages.html import Element, read


def internal(page: Element) -> set[str]:
    return {a.attrs["href"] for a in page.all("a", "link") if "href" in a.attrs} - {
        href for href in page.links if "://" in href or href.startswith("mailto:")
    }


class Crawl:
    """Pages read, from the home page on, down to a depth; the links of the last are tried too."""

    def __init__(self, get, depth: int) -> None:
        self.get = get
        self.status: dict[str, int] = {}
        self.pages: dict[str, Element] = {}
        self.by_depth: list[set[str]] = [{"/"}]
        self.links: list[tuple[str, str]] = []
        for _ in range(depth + 1):
            self.by_depth.append(self._read(self.by_depth[-1]))

    def _read(self, addresses: set[str]) -> set[str]:
        found: set[str] = set()
        for address in sorted(addresses - self.pages.keys()):
            response = self.get(address)
            self.status[address] = response.status_code
            if response.headers["Content-Type"].startswith("text/html"):
                self.pages[address] = page = read(response)
                for href in internal(page):
                    target, _fragment = urldefrag(href)
                    self.links.append((address, href))
                    if target.startswith("/") and not target.startswith(("/static/", "http")):
                        found.add(target)
        return found - self.status.keys()

    def lost_fragments(self) -> list[str]:
        """Links to a place on a page that was read, where there is no such place."""
        ids = {
            address: {e.attrs["id"] for e in page.all() if "id" in e.attrs}
            for address, page in self.pages.items()
        }
        lost = []
        for address, href in self.links:
            target, fragment = urldefrag(href)
            places = ids.get(target or address)
            if fragment and places is not None and unquote(fragment) not in places:
                lost.append(f"{address} → {href}")
        return lost


def test_it_works(site, get):
    before = Document.objects.count(), Publication.objects.count()
    crawl = Crawl(get, depth=1)
    record = Record()

    # Two clicks from the home page: every plan, and a comparison with every other text.
    one_click, two_clicks = crawl.by_depth[1], crawl.by_depth[2]
    assert {f"/plans/{slug}/" for slug in record.latest} <= one_click | two_clicks
    paths = {address.partition("?")[0] for address in one_click | two_clicks}
    compared = {path for path in paths if path.startswith("/compare/") and path.count("/") == 3}
    assert len(compared) >= 45

    # What those pages lead to is tried, too.
    for address in sorted(two_clicks - crawl.status.keys()):
        crawl.status[address] = get(address).status_code
    assert {a: status for a, status in crawl.status.items() if status != 200} == {}
    assert len(crawl.status) > 150

    assert crawl.lost_fragments() == []
    # No reader's request makes anything.
    assert (Document.objects.count(), Publication.objects.count()) == before


def test_places_inside_comparisons_are_there(site, get, lead_token):
    """Links from one view of a comparison to a place in it, in every state."""
    crawl = Crawl(lambda address: get(address), depth=-1)
    pair = "/compare/us-28-point-draft...european-counterproposal/"
    turned = "/compare/european-counterproposal...us-28-point-draft/"
    states = ("", "?view=points", "?show=changes", "?view=points&show=changes", "?diff=inline")
    addresses = {base + state for base in (pair, turned, f"/c/{lead_token}/") for state in states}
    crawl._read(addresses | {f"{pair}armed-forces/", f"{turned}armed-forces/"})
    assert crawl.lost_fragments() == []
