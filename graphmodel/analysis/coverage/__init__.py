"""Who works where and on what, what is missing there, and who never meets."""
