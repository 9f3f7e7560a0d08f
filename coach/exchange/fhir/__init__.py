"""A course of care as FHIR R4: resources as plain JSON values, made of nouns and nothing else.

R4 (4.0.1) is what the guides in use are built on; readers of R5 refuse our CarePlan and must not be told
that it is one. Every resource has a stable id, so a second export replaces the first.
"""
