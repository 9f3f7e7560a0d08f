"""A FHIR Questionnaire as an instrument: read, run, scored and answered.

    form, warnings = read_form(data)
    step = next_item(form, answers, today)          # step.item is null at the end
    answers[step.item.id] = parse_answer(form, step.item.id, "2")
    scores(form, answers, today)
    write_response(form, answers, today=today, authored=now)

No library does this part: `fhir.resources` takes 271 ms to import and refuses a quarter of the
public questionnaires, which are not quite valid, and the FHIRPath library is weighed in
`coach.questionnaires.fhir.fhirpath`. Everything here is pure: values in, values out, the day is a
parameter. Errors are `FhirError` with one sentence, and `BadAnswer` for one answer.
"""

from coach.questionnaires.catalogue import BadAnswer
from coach.questionnaires.fhir.answers import parse_answer
from coach.questionnaires.fhir.errors import FhirError
from coach.questionnaires.fhir.instrument import as_instrument
from coach.questionnaires.fhir.model import FhirStep, Form, FormItem, FormScore
from coach.questionnaires.fhir.read import read_form
from coach.questionnaires.fhir.response import read_response, write_response
from coach.questionnaires.fhir.run import next_item
from coach.questionnaires.fhir.scoring import scores

__all__ = [
    "BadAnswer",
    "FhirError",
    "FhirStep",
    "Form",
    "FormItem",
    "FormScore",
    "as_instrument",
    "next_item",
    "parse_answer",
    "read_form",
    "read_response",
    "scores",
    "write_response",
]
