"""The fields that FHIR R4 and R5 know, so that others can be named."""

from __future__ import annotations

ITEM = frozenset({
    "linkId", "definition", "code", "prefix", "text", "type", "enableWhen", "enableBehavior",
    "disabledDisplay", "required", "repeats", "readOnly", "maxLength", "answerValueSet", "answerOption",
    "initial", "item", "extension", "modifierExtension", "id", "answerConstraint", "option", "options",
})  # fmt: skip
"""Fields of an item, those of STU3 that are still read included."""

QUESTIONNAIRE = frozenset({
    "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension",
    "modifierExtension", "url", "identifier", "version", "name", "title", "derivedFrom", "status",
    "experimental", "subjectType", "date", "publisher", "contact", "description", "useContext",
    "jurisdiction", "purpose", "copyright", "approvalDate", "lastReviewDate", "effectivePeriod", "code",
    "item", "versionAlgorithmString", "versionAlgorithmCoding", "copyrightLabel",
})  # fmt: skip
"""Fields of the questionnaire itself."""
