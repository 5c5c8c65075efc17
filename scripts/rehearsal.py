"""What the rehearsals of this folder share: processes with their logs, free ports, the binary, and a Postgres server of this machine."""
import os, shutil, signal, socket, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE_ENV = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LODE_EMBEDDED_DIR", "NODE_OPTIONS")}
BASE_ENV.setdefault("LODE_EMBEDDED_DIR", str(ROOT / ".lode/embedded"))
OWN_NAME = Path(sys.argv[0]).name


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def program(name):
    """Where a program is; those of administrators count, too."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    return found or sys.exit(f"{OWN_NAME}: {name} is not installed")


def binary():
    """The binary that is rehearsed."""
    named = [Path(os.environ.get("LODE_BINARY") or "/nowhere"), ROOT / "target/release/lode", ROOT / "target/debug/lode"]
    found = next((str(path) for path in named if path.is_file()), None)
    return found or sys.exit(f"{OWN_NAME}: there is no binary; cargo build --release, or name one by LODE_BINARY")


def postgres_tools():
    """The folder of the newest Postgres server. The one that comes with Lode is for one machine and has no TLS."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    return installed[-1].parent if installed else Path(program("postgres")).parent


def as_nobody(folder):
    """What stands before a command of Postgres, which refuses to run as root; its files are below the folder."""
    if os.geteuid() != 0:
        return []
    folder.chmod(0o711)
    return [program("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"]


class Process:
    """A process whose output goes to a file of the rehearsal's folder, which each rehearsal sets."""

    folder = None

    def __init__(self, name, command, env=None, **more):
        self.name, self.command, self.env, self.more = name, [str(part) for part in command], env or {}, more
        self.log = self.folder / f"{name}.log"
        self.start()

    def start(self):
        self.child = subprocess.Popen(self.command, env={**BASE_ENV, **self.env}, stdout=self.log.open("ab"), stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **self.more)

    def stop(self, how=signal.SIGTERM, within=60):
        """Ends it by a signal and waits until it is gone."""
        if self.child.poll() is None:
            self.child.send_signal(how)
            try:
                self.child.wait(within)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        return self.child.returncode
