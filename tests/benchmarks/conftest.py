"""Benchmarks are run by ``poe bench``; a test run passes them over."""

collect_ignore_glob = ["*.py"]
