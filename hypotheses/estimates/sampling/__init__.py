"""The sampled path: scrambled quasi-Monte-Carlo for what has no closed form. The only modules that use numpy.

Every figure is drawn on its own and from as few dimensions as it needs: `directions` finds the part of it that is
normal whatever the rest does, which is added in closed form, and only what is left is drawn. The draws are 8
independently scrambled Sobol point sets. Together they give the figures; how far the 8 lie apart gives the error. No
draws are kept. All randomness is integer arithmetic on a seed, and figures are rounded to ten significant digits, so
that every machine says the same.
"""

from hypotheses.estimates.sampling.drawn_results import Sampling
from hypotheses.estimates.sampling.inverse import quantiles
from hypotheses.estimates.sampling.normal import normal_scores
from hypotheses.estimates.sampling.sampled_result import SampledResult
from hypotheses.estimates.sampling.sobol_points import POINTS, REPLICATES, Draws

__all__ = ["POINTS", "REPLICATES", "Draws", "SampledResult", "Sampling", "normal_scores", "quantiles"]
