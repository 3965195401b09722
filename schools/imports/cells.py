"""What published school tables write in their cells, turned into values; complaints say what is wanted."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?")
# what the Department for Education's tables write where there is no value
NOTHING = {"", "NA", "N/A", "NULL", "SUPP", "NE", "x", "z", "c", ".", "..", ":"}


class BadCell(ValueError):  # noqa: N818 - reads as a sentence where it is raised
    """A value that cannot be taken; the text says what is wanted."""


def text(value: str, *, longest: int) -> str:
    """Returns the words of a cell on one line, empty for none; raises BadCell when longer than the column holds."""
    words = " ".join(value.split())
    if words in NOTHING:
        return ""
    if len(words) > longest:
        raise BadCell(f"longer than {longest} characters: shorten it")
    return words


def whole(value: str, *, least: int = 0, most: int) -> int | None:
    """Returns a whole number within bounds, None for none; raises BadCell."""
    if value in NOTHING:
        return None
    digits = value.replace(",", "")
    if digits.isascii() and digits.isdigit() and len(digits) < 10 and least <= int(digits) <= most:
        return int(digits)
    raise BadCell(f"not a whole number from {least:,} to {most:,}")


def percent(value: str) -> Decimal | None:
    """Returns a percentage with one decimal place, None for none; raises BadCell outside 0 to 100."""
    if value in NOTHING:
        return None
    try:
        number = Decimal(value.removesuffix("%").strip())
    except InvalidOperation:
        raise BadCell("not a percentage: write it like 18.1") from None
    if not number.is_finite() or not 0 <= number <= 100:
        raise BadCell("not a percentage from 0 to 100")
    return number.quantize(Decimal("0.1"))


def latitude(value: str) -> float | None:
    """Returns degrees north, None for none; raises BadCell outside the United Kingdom."""
    return _degrees(value, least=49, most=61)


def longitude(value: str) -> float | None:
    """Returns degrees east, None for none; raises BadCell outside the United Kingdom."""
    return _degrees(value, least=-9, most=2)


def _degrees(value: str, *, least: float, most: float) -> float | None:
    if value in NOTHING:
        return None
    try:
        number = float(value)
    except ValueError:
        raise BadCell("not a number of degrees: write it like 53.41842") from None
    if least > 0 and (number == 0 or 99.99 <= number <= 100):  # 99.999999 is the directory's "no grid reference"
        return None
    if not least <= number <= most:
        raise BadCell(f"not within {least:g} to {most:g} degrees: is it in another column or grid?")
    return number


def day(value: str) -> date | None:
    """Returns a date written dd-mm-yyyy, dd/mm/yyyy or yyyy-mm-dd, None for none; raises BadCell."""
    if value in NOTHING:
        return None
    found = _DATE.fullmatch(value)
    if found is None:
        raise BadCell("not a date: write it like 31-08-2026")
    numbers = [int(part) for part in found.groups() if part]
    year, month, number = numbers if found.group(4) else reversed(numbers)
    try:
        return date(year, month, number)
    except ValueError:
        raise BadCell("not a day of the calendar: write it like 31-08-2026") from None


def postcode(value: str) -> str:
    """Returns a postcode squeezed and in capitals (`L53LW`), empty for none; raises BadCell."""
    squeezed = re.sub(r"\s+", "", value).upper()
    if squeezed in NOTHING:
        return ""
    if not _POSTCODE.fullmatch(squeezed):
        raise BadCell("not a United Kingdom postcode: write it like L5 3LW")
    return squeezed


def small_area(value: str) -> str:
    """Returns the code of a small area, empty for none (also for pseudo codes); raises BadCell."""
    code = value.upper()
    if value in NOTHING or "9999999" in code:
        return ""
    if not re.fullmatch(r"[EWSN]\d{8}|95[A-Z0-9]{6}", code):
        raise BadCell("not the code of a small area (LSOA): write it like E01006558")
    return code


def decile(value: str) -> int | None:
    """Returns a deprivation decile, 1 the most deprived, None for none; raises BadCell."""
    if value in NOTHING:
        return None
    if value.isdigit() and 1 <= int(value) <= 10:
        return int(value)
    raise BadCell("not a decile from 1 to 10")


def authority_code(value: str) -> str:
    """Returns a local authority's three-digit number, empty for none; raises BadCell."""
    if value in NOTHING or (value.isascii() and value.isdigit() and len(value) == 3):
        return "" if value in NOTHING else value
    raise BadCell("not a local authority: its number has three digits, as in 383")
