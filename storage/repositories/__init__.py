"""One repository a protocol of core.ports.records, all in the transaction of one connection."""
