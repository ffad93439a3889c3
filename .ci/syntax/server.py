"""A PostgreSQL server in a temporary folder. It listens on a socket in the folder, not on a network."""

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path


class Folder:
    """A temporary folder. It is in /tmp whatever TMPDIR says, because the path of a socket has at most 107 bytes."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="hesopmatch-", dir="/tmp")

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


def programs():
    """Returns the folder of initdb and postgres: the one on PATH, or else the one of the newest Debian package."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if not folders:
        raise SystemExit("install PostgreSQL first (Debian: postgresql)")
    return max(folders, key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0))


def account():
    """Returns options that start a process as another user, and the account of that user.

    Only root needs them, because PostgreSQL refuses to run as root. For any other user, the options are empty and the
    account is None.
    """
    if os.geteuid() != 0:
        return {}, None
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        owner = pwd.getpwnam("nobody")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}, owner


def end_with_parent():
    """Makes a Linux process end with its parent, so that no server remains if the run is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG


class Server:
    def __init__(self):
        self.folder = Folder()
        options, owner = account()
        if owner:
            os.chown(self.folder.path, owner.pw_uid, owner.pw_gid)
        options |= {"cwd": self.folder.path, "env": os.environ | {"LC_ALL": "C"}}
        bin, data = programs(), self.folder.path + "/data"
        subprocess.run(
            [bin / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"],
            check=True, capture_output=True, **options)
        self.log = open(self.folder.path + "/log", "wb")
        self.process = subprocess.Popen(
            [bin / "postgres", "-D", data, "-k", self.folder.path, "-c", "listen_addresses=", "-c", "fsync=off"],
            stdout=self.log, stderr=self.log, preexec_fn=end_with_parent, **options)
        self.wait()

    def address(self):
        return f"host={self.folder.path} port=5432 user=postgres dbname=postgres"

    def wait(self):
        import psycopg

        for _ in range(600):
            try:
                return psycopg.connect(self.address()).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise SystemExit("postgres does not answer: " + Path(self.log.name).read_text(errors="replace"))

    def stop(self):
        self.process.send_signal(signal.SIGINT)  # a fast shutdown: it does not wait for clients
        self.process.wait(20)
        self.log.close()
        self.folder.remove()
