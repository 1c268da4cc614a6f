"""The painters, one module an area: each turns what is shown into a Card."""
