"""What reads differently now: a cited comparison against the current one of the same pair."""

from typing import Any


def changed_rows(cited: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The ids of rows that read differently in the current comparison, or are gone from it."""
    seen = ("left_text", "right_text", "relation", "change", "changes", "figures", "reviewed")

    def content(body: dict[str, Any]) -> dict[str, Any]:
        return {row["id"]: [row[field] for field in seen] for row in body["points"]}

    before, after = content(cited), content(now)
    return [row for row in before if after.get(row) != before[row]]


def changed_issues(cited: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str]]:
    """(issue, title) of issues whose positions or points read differently now."""
    rows = set(changed_rows(cited, now))
    added = {row["id"] for row in now["points"]} - {row["id"] for row in cited["points"]}
    current = {entry["issue"]: entry for entry in now["issues"]}
    found = []
    for entry in cited["issues"]:
        other = current.get(entry["issue"])
        if (
            other is None
            or other["positions"] != entry["positions"]
            or rows & set(entry["rows"])
            or added & set(other["rows"])
        ):
            found.append((entry["issue"], entry["title"]))
    return found
