"""Care: plans in her own words, services, counselling, appointments, measures, follow-ups."""
