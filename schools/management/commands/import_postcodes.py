from schools.imports.command import ImportCommand
from schools.imports.postcodes.directory import import_postcodes


class Command(ImportCommand):
    help = "Takes a directory of postcodes with their places and small areas (LSOA)."
    load = staticmethod(import_postcodes)
