"""Names in any script: folding, reading as sounds, ranking."""

from romyen.rules.names.keys import Key
from romyen.rules.names.letters import fold
from romyen.rules.names.ranking import rank, rank_keys, score
from romyen.rules.names.reasons import reasons

__all__ = ["Key", "fold", "rank", "rank_keys", "reasons", "score"]
