"""Words that both the assessment and the plan use."""

from typing import Literal

Level = Literal["T0_EMERGENCY", "NOT_ELIGIBLE", "T1_CLINICIAN", "T2_CAUTION", "T3_CLEAR"]
"""Result of the safety screen, the most severe first."""
Tier = Literal["e1", "e2", "e3"]
"""Where a ladder is entered (``clinical.md`` 4.5)."""
