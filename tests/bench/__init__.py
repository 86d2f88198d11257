"""The benchmarks: `make bench`. They print ratios within one run and never fail."""
