"""``python -m benchmarks.worlds FOLDER SURVIVORS``: build a world there."""

import sys

from benchmarks import worlds

folder, survivors = sys.argv[1], int(sys.argv[2])
worlds.enter(folder)
worlds.build(folder, survivors)
