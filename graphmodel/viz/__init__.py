"""Pictures of a network: a scene is plain values, its writers turn it into files."""
