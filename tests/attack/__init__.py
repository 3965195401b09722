"""
The hostile statistician: takes published figures apart, and knows of the portal what anybody may read of it.

`country` invents children as plain data and counts them; `published` is what a reader holds; `system` turns that into
whole numbers, sums and bounds; `readers` adds what each reader knows besides; `judge` says what they found out. Only
`drive` knows the portal.
"""
