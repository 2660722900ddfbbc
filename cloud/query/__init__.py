"""Questions to the stores: series with their gaps, totals with how much stands behind them. No HTTP in it."""

from cloud.query.gaps import NOT_CONFIGURED, CountSeries, Total, counts, totals

__all__ = ["NOT_CONFIGURED", "CountSeries", "Total", "counts", "totals"]
