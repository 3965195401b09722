"""What was studied and what was found, indicator by indicator, in our words."""

from programmes.record.studies_hubs import HUB_STUDIES
from programmes.record.studies_national import NATIONAL_STUDIES

STUDIES = (*NATIONAL_STUDIES, *HUB_STUDIES)
