"""The offline analyst: judges text without a model."""
