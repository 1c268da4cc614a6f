"""`triagram backup` and `triagram restore`: one sealed file with everything a new machine needs."""
