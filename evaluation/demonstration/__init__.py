"""
The invented part of the demonstration: schools, people, children, timetables and marks, on the real programmes.

Everything here can belong to nobody: schools have numbers outside the register's range, UPNs stand under local
authority 999, addresses end in `.example`. The same seed invents the same children.
"""
