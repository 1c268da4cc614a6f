"""How fast the product is, as ratios: each path beside a baseline in the same run."""
