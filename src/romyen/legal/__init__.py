"""Legal aid: proceedings, hearings, compensation, permits, the Fund."""
