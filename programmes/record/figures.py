"""Numbers that others printed, each as printed and with who printed it."""

from programmes.record.figures_country import COUNTRY, MUSIC_HUBS
from programmes.record.figures_leeds import LEEDS
from programmes.record.figures_liverpool import LIVERPOOL
from programmes.record.figures_others import LAMBETH, NEWCASTLE_GATESHEAD, NOTTINGHAM, TELFORD_STOKE

FIGURES = (
    *COUNTRY,
    *LAMBETH,
    *LIVERPOOL,
    *LEEDS,
    *NEWCASTLE_GATESHEAD,
    *NOTTINGHAM,
    *TELFORD_STOKE,
    *MUSIC_HUBS,
)
