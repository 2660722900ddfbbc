"""The operations centre's first page: live counters, a gap-aware chart, the gateways and their books."""
