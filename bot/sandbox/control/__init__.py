"""The sandbox's own HTTP: what people do, what is shown, what the machine is told."""
