"""Puts the program for one platform into the wheel, and names the platform in the wheel's tag."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[2]

# The programs are statically linked, so on Linux they run on systems with glibc and on systems with musl.
TAGS = {
    "linux/amd64": "manylinux_2_17_x86_64.musllinux_1_1_x86_64",
    "linux/arm64": "manylinux_2_17_aarch64.musllinux_1_1_aarch64",
    "darwin/amd64": "macosx_12_0_x86_64",
    "darwin/arm64": "macosx_12_0_arm64",
    "windows/amd64": "win_amd64",
    "windows/arm64": "win_arm64",
}


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the program for HESOPMATCH_TARGET (os/arch), unless HESOPMATCH_PROGRAM names one for that target."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the program, the licences and the tag."""
        if version == "editable":
            raise SystemExit("an editable install cannot contain the program: install a wheel, which .ci/wheel builds")
        program, target = os.environ.get("HESOPMATCH_PROGRAM"), os.environ.get("HESOPMATCH_TARGET")
        self.folder = tempfile.TemporaryDirectory()
        if not target:
            words = subprocess.check_output(["go", "env", "GOOS", "GOARCH"], text=True, cwd=ROOT).split()
            target = "/".join(words)
        if target not in TAGS:
            raise SystemExit(f"there is no wheel for {target}: HESOPMATCH_TARGET must be one of {', '.join(TAGS)}")
        name = "hesopmatch.exe" if target.startswith("windows/") else "hesopmatch"
        copy = Path(self.folder.name, name)
        if program:
            copy.write_bytes(Path(program).read_bytes())
        else:
            goos, goarch = target.split("/")
            subprocess.check_call(
                ["go", "build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", str(copy), "./examples/hesopmatch"],
                cwd=ROOT,
                env={**os.environ, "CGO_ENABLED": "0", "GOOS": goos, "GOARCH": goarch},
            )
        copy.chmod(0o755)
        licences = f"hesopmatch-{self.metadata.version}.dist-info/licenses"
        include = build_data["force_include"]
        include[str(copy)] = f"hesopmatch/{name}"
        include[str(ROOT / "LICENSE")] = f"{licences}/LICENSE"
        if more := os.environ.get("HESOPMATCH_LICENCES"):
            include[more] = f"{licences}/THIRD-PARTY-LICENCES.txt" if os.path.isfile(more) else licences
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{TAGS[target]}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the copy of the program."""
        self.folder.cleanup()
