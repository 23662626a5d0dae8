"""What if: one leaves, a few are to reach all, some are to cover a region, two are to meet."""
