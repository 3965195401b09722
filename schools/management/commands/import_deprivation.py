from schools.imports.command import ImportCommand
from schools.imports.deprivation.deciles import import_deprivation


class Command(ImportCommand):
    help = "Takes a table of small areas (LSOA) with their deprivation deciles."
    load = staticmethod(import_deprivation)
