"""The shape of the network: groups, brokers, centrality, and what they are computed with."""
