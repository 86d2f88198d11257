"""The rooms of the house and the doors between them, read from the imports."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("plans", "comparisons", "config")
MAY_IMPORT = {
    "plans": {"plans"},
    "comparisons": {"comparisons", "plans"},
    "config": {"config", "comparisons", "plans"},
}
PURE = [
    "plans.checks",
    "plans.documents",
    "plans.fields",
    "plans.planfiles",
    "plans.yamlfiles",
    "comparisons.align",
    "comparisons.alignmentfiles",
    "comparisons.compare",
    "comparisons.diff",
    "comparisons.figures",
    "comparisons.tokens",
]
FRAMEWORK = {"django", "csp", "django_htmx", "whitenoise", "psycopg"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {
    name_of(path): path
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
}


def named(node: ast.AST) -> list[str]:
    """The modules that an import names; `from a import b` may name a.b."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "a relative import"
        inner = [f"{node.module}.{alias.name}" for alias in node.names]
        found = [name for name in inner if name in FILES]
        # `from plans import published` needs the package, but that is empty: only the module.
        return found if len(found) == len(inner) else [*found, str(node.module)]
    return []


@cache
def imports(module: str) -> frozenset[str]:
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    return frozenset(name for node in ast.walk(tree) for name in named(node))


@cache
def at_import(module: str) -> frozenset[str]:
    """Our own modules that are imported when this one is."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    return frozenset(n for node in tree.body for n in named(node) if n in FILES)


def reached_from(module: str) -> set[str]:
    found, todo = set(), [module]
    while todo:
        for name in imports(todo.pop()) & FILES.keys() - found:
            found.add(name)
            todo.append(name)
    return found


def test_the_rooms_are_found():
    assert set(PURE) <= FILES.keys()
    assert "plans.documents" in imports("comparisons.align")
    assert "django.db" in imports("plans.publishing")
    assert "plans.published" in imports("comparisons.deriving")
    assert "plans.yamlfiles" in reached_from("comparisons.alignmentfiles")


@pytest.mark.parametrize("module", sorted(FILES))
def test_dependencies_point_one_way(module):
    rooms = {name.split(".")[0] for name in imports(module)} & set(ROOMS)
    assert rooms <= MAY_IMPORT[module.split(".")[0]]


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_reach_no_django(module):
    for name in {module} | reached_from(module):
        assert not {i.split(".")[0] for i in imports(name)} & FRAMEWORK, name


@pytest.mark.parametrize("module", sorted(FILES))
def test_no_module_imports_itself_in_a_circle(module):
    found, todo = set(), [module]
    while todo:
        for name in at_import(todo.pop()) - found:
            found.add(name)
            todo.append(name)
    assert module not in found


@pytest.mark.parametrize("module", sorted(FILES))
def test_imports_stand_at_the_top(module):
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    inside = {
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }
    assert inside <= ({"ready"} if module.endswith(".apps") else set())
