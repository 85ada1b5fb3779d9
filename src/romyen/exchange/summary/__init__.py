"""The printed summary of a case: chosen sections, set in type in memory, in Thai and in English."""
