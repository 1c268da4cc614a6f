"""Models from the command line: their keys, and the agents that ask them."""
