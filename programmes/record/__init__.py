"""
The public record of In Harmony: what it is, where, since when, who leads and who pays, each with where that is said.

Facts only, in our own words. Where only a month or a year is in print, its first day stands for it and the source says
so; where two sources disagree, both are kept.
"""
