"""Doses and numbers in plain words."""

from __future__ import annotations

from coach.model.plan import Dose

_UNITS = (("hold_s", "s"), ("metres", "m"), ("minutes", "min"), ("rounds", "rounds"))


def dose_words(dose: Dose) -> str:
    """A dose in one short phrase, such as ``3 × 10 with 4 kg``."""
    if dose.reps is not None:
        one = f"{dose.reps}" + (f" × {dose.hold_s} s" if dose.hold_s else "")
    else:
        one = next(
            (f"{getattr(dose, n):g} {unit}" for n, unit in _UNITS if getattr(dose, n) is not None), "once"
        )
    whole = f"{dose.sets} × {one}"
    return f"{whole} with {dose.load_kg:g} kg" if dose.load_kg else whole


def listed(words: tuple[str, ...]) -> str:
    """Words as a person lists them: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def plain(value: float | None) -> str:
    """A number rounded half up to one decimal, without a needless zero; a dash for none."""
    if value is None:
        return "–"
    return f"{int(value * 10 + (0.5 if value >= 0 else -0.5)) / 10:g}"
