"""Recommendation: who should meet whom and why, and how well such lists foretold the past."""
