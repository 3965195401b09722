"""Numbers that are formed like UPNs and can belong to no child: local authority 999 issues none."""

from stdnum.gb.upn import calc_check_digit


def upn(school: int, year: int, serial: int, *, temporary: bool = False) -> str:
    """
    Returns a UPN with its right check letter.

    `school` counts demonstration schools from 0, `year` is a calendar year, `serial` is below 1,000 (below 100 for a
    temporary number, whose last place is a letter).
    """
    body = f"999{7000 + school:04d}{year % 100:02d}" + (f"{serial:02d}A" if temporary else f"{serial:03d}")
    return f"{calc_check_digit(body)}{body}"
