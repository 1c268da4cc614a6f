"""Turning a project's knobs: what it chose over the installation, and who changed what."""
