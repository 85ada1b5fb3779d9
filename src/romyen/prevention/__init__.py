"""Prevention: sessions with their reach and anonymous questions before and after."""
