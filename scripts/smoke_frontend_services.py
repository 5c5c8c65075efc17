#!/usr/bin/env python3
"""Smoke checks of the web app and the API behind it: scripts/smoke_frontend_services.py [BASE_URL] [options of lode smoke].

The base comes from the argument, LODE_BASE_URL or VITE_API_BASE_URL. Exit status 0 when every check holds, else 2.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main() -> int:
    arguments = sys.argv[1:]
    if arguments and not arguments[0].startswith("-"):
        base, arguments = arguments[0], arguments[1:]
    else:
        base = os.environ.get("LODE_BASE_URL") or os.environ.get("VITE_API_BASE_URL")
    if not base:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(__file__).resolve().parent.parent
    built = Path(os.environ.get("CARGO_TARGET_DIR", root / "target")) / "release" / "lode"
    lode = os.environ.get("LODE") or (str(built) if built.is_file() else shutil.which("lode"))
    if not lode:
        print("lode was not found; run make release or set LODE", file=sys.stderr)
        return 2
    failed = [
        what
        for what in ("api", "frontend", "routes")
        if subprocess.run([lode, "smoke", what, "--base", base, *arguments], check=False).returncode != 0
    ]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
