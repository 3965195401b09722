"""`make bench`: floors and measures, interleaved in one run, so that their ratios hold on a busy machine too."""
