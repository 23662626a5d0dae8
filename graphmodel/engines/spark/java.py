"""The Java that Spark runs on: whether there is one, and new enough."""

import os
import re
import shutil
import subprocess

from graphmodel.errors import UsageProblem

LEAST = 17
HOW = (
    f"Spark runs on Java {LEAST} or later{{found}}. Install it (on Debian or Ubuntu: apt-get install "
    f"openjdk-{LEAST}-jre-headless), or say in JAVA_HOME where it is."
)


def refuse_old() -> None:
    """Refuse to start Spark without a Java that it runs on.

    Raises
    ------
    UsageProblem
        If there is no Java, or an older one; the message says how to get one.
    """
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=os.path.join(home, "bin") if home else None)
    if program is None:
        raise UsageProblem(HOW.format(found=f", and JAVA_HOME ({home}) holds none" if home else ", and there is none"))
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    if version(told) < LEAST:
        raise UsageProblem(HOW.format(found=f", and {program} is Java {version(told)}"))


def version(told: str) -> int:
    """Return the version from what `java -version` tells; 0 if it tells none.

    >>> version('openjdk version "17.0.15" 2025-04-15'), version('java version "1.8.0_392"'), version("")
    (17, 8, 0)
    """
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0
