"""What a sentence claims, in its place in the talk, and how surely: a judge for each type of note."""
