"""The subset of FHIRPath that questionnaires use (``interop.md`` 1.1 and 1.4).

Why not a library: the one that is maintained for Python, fhirpathpy, takes 123 ms to import
(twice the rest of the command), raises a `TypeError` for ``sum()``, ``avg()``, ``min()`` and
``max()`` on every path into answers, which is what scores are made of, and knows neither
``ordinal()`` nor ``weight()``. It also has no budget, so that a form from outside could hang the
program. This subset computes in decimals, counts its steps, and refuses by a typed error what it
does not know. The cases of its tests were run through fhirpath.js 4 too, which LHC-Forms runs
on: they differ in decimals, which stay exact here, in a date that equals its own text, in
``3.0.toInteger()``, in infinity, which is nothing here, and in bare quantities.

It is the subset that questionnaires use, and not the whole language: there is no
type algebra, no factory, no unit conversion, no terminology and no resolving of references.
"""

from coach.questionnaires.fhir.fhirpath.engine import Budget, evaluate
from coach.questionnaires.fhir.fhirpath.parser import parse
from coach.questionnaires.fhir.fhirpath.values import Node

__all__ = ["Budget", "Node", "evaluate", "parse"]
