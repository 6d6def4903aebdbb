"""The estimate engine: how large a debate's gaps are, and how much of them each hypothesis would account for."""

from hypotheses.estimates.amounts import parse_number
from hypotheses.estimates.chances import Chances, chances, tolerance_of
from hypotheses.estimates.claims import ClaimCheck, check_claims
from hypotheses.estimates.compiler import compile_model
from hypotheses.estimates.distributions import Distribution
from hypotheses.estimates.estimates import Engine, Estimates, estimate
from hypotheses.estimates.expectation import Mean
from hypotheses.estimates.formulas import parse_formula
from hypotheses.estimates.gap_estimate import GapEstimate
from hypotheses.estimates.listed_models import ListedModel, read_models
from hypotheses.estimates.long_form import value_from_parts
from hypotheses.estimates.model import Model
from hypotheses.estimates.model_checks import check_model
from hypotheses.estimates.results import Result
from hypotheses.estimates.sensitivity import Sensitivity
from hypotheses.estimates.units import unit_warnings
from hypotheses.estimates.values import parse_value, remarks
from hypotheses.estimates.writing import describe, format_amount, format_value

__all__ = [
    "Chances",
    "ClaimCheck",
    "Distribution",
    "Engine",
    "Estimates",
    "GapEstimate",
    "ListedModel",
    "Mean",
    "Model",
    "Result",
    "Sensitivity",
    "chances",
    "check_claims",
    "check_model",
    "compile_model",
    "describe",
    "estimate",
    "format_amount",
    "format_value",
    "parse_formula",
    "parse_number",
    "parse_value",
    "read_models",
    "remarks",
    "tolerance_of",
    "unit_warnings",
    "value_from_parts",
]
