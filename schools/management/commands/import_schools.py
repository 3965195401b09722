from schools.imports.command import ImportCommand
from schools.imports.gias.extract import import_schools


class Command(ImportCommand):
    help = "Takes an extract of the register of schools (GIAS), or the list of local authorities."
    load = staticmethod(import_schools)
