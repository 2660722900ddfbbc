"""Reads what Python files say of themselves: imports, docstrings, sizes. Nothing is imported or run."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Function:
    """A function or method.

    Attributes:
        name: As it is defined.
        line: Where it begins, from 1.
        code_lines: Lines that carry code: no docstring, no comment, no blank line.
    """

    name: str
    line: int
    code_lines: int


@dataclass(frozen=True)
class Module:
    """A Python file.

    Attributes:
        name: Dotted, as it is imported; a package's ``__init__.py`` has the package's name.
        path: The file, relative to the root that it was read from.
        lines: All its lines.
        documented: Whether it begins with a docstring.
        imports: What it imports, anywhere in it: ``import a.b`` is ("a.b", ""), ``from a import b`` is
            ("a", "b").
        functions: Every function in it.
    """

    name: str
    path: Path
    lines: int
    documented: bool
    imports: frozenset[tuple[str, str]]
    functions: tuple[Function, ...]

    @property
    def top(self) -> str:
        """The top-level package that it belongs to."""
        return self.name.partition(".")[0]


def read_tree(root: Path, packages: Iterable[str]) -> Mapping[str, Module]:
    """Every module of some packages.

    Args:
        root: The folder that holds the packages.
        packages: Top-level folders.

    Returns:
        Modules by dotted name.
    """
    files = (path for package in packages for path in sorted((root / package).rglob("*.py")))
    modules = (read(path.relative_to(root), root) for path in files)
    return {module.name: module for module in modules}


def read(path: Path, root: Path) -> Module:
    """One module.

    Args:
        path: The file, relative to ``root``.
        root: The folder from which it would be imported.

    Returns:
        What it says of itself.
    """
    text = (root / path).read_text(encoding="utf-8")
    tree = ast.parse(text, str(path))
    parts = path.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    package = name if parts[-1] == "__init__" else name.rpartition(".")[0]
    return Module(
        name=name,
        path=path,
        lines=len(text.splitlines()),
        documented=ast.get_docstring(tree) is not None,
        imports=frozenset(_imports(tree, package)),
        functions=tuple(_functions(tree, text.splitlines())),
    )


def own_imports(module: Module, known: Mapping[str, Module]) -> frozenset[str]:
    """The modules of ours that a module imports.

    Args:
        module: Who imports.
        known: All modules of ours by name.

    Returns:
        Names in ``known``: the module where one is named, else the package that holds what is named.
    """
    candidates = (f"{base}.{name}" if f"{base}.{name}" in known else base for base, name in module.imports)
    return frozenset(name for name in candidates if name in known and name != module.name)


def foreign_imports(module: Module, known: Mapping[str, Module]) -> frozenset[str]:
    """Top-level names of packages that are not ours and that a module imports."""
    tops = {base.partition(".")[0] for base, _ in module.imports}
    return frozenset(tops - {other.top for other in known.values()})


def cycles(arrows: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Groups that can reach one another.

    Args:
        arrows: Who points at whom.

    Returns:
        Each group sorted; none where there is no way back.
    """
    reach = {name: _reachable(name, arrows) for name in arrows}
    groups = {
        frozenset({name, *(other for other in seen if name in reach.get(other, ()))})
        for name, seen in reach.items()
        if name in seen
    }
    return sorted(sorted(group) for group in groups)


def _reachable(start: str, arrows: Mapping[str, frozenset[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = list(arrows.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += arrows.get(name, ())
    return frozenset(seen)


def _imports(tree: ast.Module, package: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((base, alias.name) for alias in node.names)


def _functions(tree: ast.Module, lines: list[str]) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            silent = range(first.lineno, (first.end_lineno or 0) + 1) if ast.get_docstring(node) else range(0)
            numbers = (n for n in range(node.lineno, (node.end_lineno or 0) + 1) if n not in silent)
            code = [n for n in numbers if lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#")]
            yield Function(node.name, node.lineno, len(code))
