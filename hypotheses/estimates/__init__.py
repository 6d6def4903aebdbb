"""The estimate engine: how large a debate's gaps are, and how much of them each hypothesis would account for."""

from hypotheses.estimates.chances import Chances, chances, tolerance_of
from hypotheses.estimates.claims import ClaimCheck, check_claims, read_claim
from hypotheses.estimates.compiler import compile_model
from hypotheses.estimates.estimates import Engine, Estimates, estimate
from hypotheses.estimates.expectation import Mean
from hypotheses.estimates.gap_estimate import GapEstimate
from hypotheses.estimates.listed_models import ListedModel, read_models
from hypotheses.estimates.model import Model
from hypotheses.estimates.model_checks import check_model
from hypotheses.estimates.results import Result
from hypotheses.estimates.sensitivity import Sensitivity
from hypotheses.estimates.units import unit_warnings

__all__ = [
    "Chances",
    "ClaimCheck",
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
    "estimate",
    "read_claim",
    "read_models",
    "tolerance_of",
    "unit_warnings",
]
