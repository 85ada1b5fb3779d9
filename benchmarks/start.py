"""How soon commands start."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure

ABOUT = (
    "Commands called from a shell, beside an empty Python programme: those of pure engines start "
    "without Django, the others with it. Medians."
)
PLAIN = (["--help"], ["audit", "check", "--help"], ["htcds", "check", "--help"])
WITH_DJANGO = (["audit", "verify", "--help"], ["members", "--help"], ["serve", "--help"])
TIMES, QUICK_TIMES = 15, 3
MOST_SECONDS = 0.5
ROMYEN = Path(sys.executable).with_name("romyen")


def measure(run):
    """Seconds from calling to the end."""
    times = QUICK_TIMES if run.quick else TIMES
    environment = {**os.environ, "ROMYEN_DATA": str(run.folder / "nothing")}
    empty, _ = _called([sys.executable, "-c", "pass"], times, environment)
    for words, most in [(w, MOST_SECONDS) for w in PLAIN] + [(w, None) for w in WITH_DJANGO]:
        clock, processor = _called([ROMYEN, *words], times, environment)
        yield Figure(
            f"romyen {' '.join(words)}",
            clock,
            "s",
            baseline=empty,
            beside="an empty programme",
            most=most,
            note=f"{processor:.2f} s on the processor",
        )


def _called(words, times, environment):
    """Median seconds on the clock and on the processor."""
    clock, processor = [], []
    for _ in range(times):
        begin, used = time.perf_counter(), _used()
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)
        clock.append(time.perf_counter() - begin)
        processor.append(_used() - used)
    return median(clock), median(processor)


def _used():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
