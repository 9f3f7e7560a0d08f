"""The errors of the FHIR room; every message is one sentence for a person."""

from __future__ import annotations


class FhirError(ValueError):
    """A questionnaire, a response or an expression cannot be used; the message says why."""


class PathError(FhirError):
    """An expression cannot be computed."""


class PathSyntaxError(PathError):
    """An expression is not FHIRPath that this subset reads."""


class PathUnsupported(PathError):
    """An expression uses a function or a language that is not run here."""


class BudgetSpent(PathError):
    """An expression took more steps, depth or text than an honest form needs."""
