from outcomes.models.answers import Response, Sheet
from outcomes.models.wave import AskedGroup, Slip, Wave

__all__ = ["AskedGroup", "Response", "Sheet", "Slip", "Wave"]
