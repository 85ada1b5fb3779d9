"""Statistics: indicators with definition, period and source; small cells hidden."""
