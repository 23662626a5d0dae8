"""Who is tied to whom: the two-mode network of organizations and activities, what of it counts, its projection."""
