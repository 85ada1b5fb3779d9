"""Pages of the exchange: files that come in, and decisions about known records."""
