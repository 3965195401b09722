"""A class list as the school sent it, on its way to children, enrolments and placements."""
