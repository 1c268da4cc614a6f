"""Word lists by language: `<language>.toml`, read by `core.rules.cues`."""
