"""The only queue on the gateway: rows on disk, numbered without holes, kept until the cloud stored them."""
