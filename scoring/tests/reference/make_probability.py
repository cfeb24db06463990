"""Makes own_probability.json: tail probabilities and quantiles by scipy and mpmath.

Run by hand from this folder: python3 make_probability.py > own_probability.json   (needs scipy and mpmath)
F and t come from mpmath with 40 digits: scipy's F is off by 1e-10 at 1e7 degrees of freedom. Each row: function,
arguments, value. -1 degrees of freedom stands for infinitely many. Of the studentised range there
are quantiles too: the 5 % points for the degrees of freedom at which other programs' tables are coarse.
"""
import json
import math
import sys

import mpmath
import scipy
from scipy import optimize, stats


def f_sf(f, df1, df2):
    mpmath.mp.dps = 60
    ratio = mpmath.mpf(df1) * mpmath.mpf(f) / mpmath.mpf(df2)
    below = mpmath.betainc(mpmath.mpf(df1) / 2, mpmath.mpf(df2) / 2, 0, ratio / (1 + ratio), regularized=True)
    return float(1 - below)


def probability_rows():
    rows = []
    for df in [0.5, 1, 1.7, 3.018547982512466, 7.5, 30, 245.9, 1e4, 123456.7, 1e7]:
        for t in [0.001, 0.4, 1.3, 2.5, 6, 40]:
            rows.append(["t_sf", t, df, f_sf(t * t, 1, df) / 2])
        for p in [0.6, 0.95, 0.975, 0.9995]:
            rows.append(["t_quantile", p, df, stats.t.ppf(p, df)])
        for ratio in [0.01, 0.5, 0.97, 1.01, 1.4, 4]:
            rows.append(["chi_square_sf", ratio * df, df, stats.chi2.sf(ratio * df, df)])
        for p in [0.025, 0.3, 0.6, 0.975]:
            rows.append(["chi_square_quantile", p, df, stats.chi2.ppf(p, df)])
        for df1 in [0.5, 3, 40, 1000]:
            for f in [0.3, 0.99, 1.02, 2.2]:
                rows.append(["f_sf", f, df1, df, f_sf(f, df1, df)])
    for z in [0, 0.3, 1.96, 5, 9]:
        rows += [["normal_sf", z, stats.norm.sf(z)], ["normal_cdf", z, stats.norm.cdf(z)]]
    for p in [1e-12, 0.025, 0.4, 0.95, 0.999]:
        rows.append(["normal_quantile", p, stats.norm.ppf(p)])
    for k in [2, 3, 7, 30, 200]:
        for df in [1, 2.7, 4.2714906808889825, 19.3, 400, 9000.5, math.inf]:
            for q in [0.4, 2.5, 3.9, 6, 15]:
                value = stats.studentized_range.sf(q, k, df)
                rows.append(["studentised_range_sf", q, k, -1 if math.isinf(df) else df, value])
    # Pairs of a public survey at which other programs' tables are coarse: |t|, levels, degrees of freedom.
    for t, k, df in [(2.047446917477694, 4, 4.2714906808889825), (1.4114942919169613, 4, 3.435338039545441)]:
        q = t * math.sqrt(2)
        rows.append(["studentised_range_sf", q, k, df, stats.studentized_range.sf(q, k, df)])
    for k, df in [(2, 6.5), (4, 3.018547982512466), (4, 3.435338039545441), (4, 4.2714906808889825),
                  (7, 245.91937059210616), (7, 810.1140247556284), (7, 1279.9520313105177), (30, 12.2)]:
        q = optimize.brentq(lambda x: stats.studentized_range.sf(x, k, df) - 0.05, 1, 60, xtol=1e-14, rtol=1e-14)
        rows.append(["studentised_range_quantile", 0.95, k, df, q])
    return rows


def main():
    rows = [[round_off(x) for x in row] for row in probability_rows()]
    out = {"tool": f"Python {sys.version.split()[0]}, scipy {scipy.__version__}", "rows": rows}
    print(json.dumps(out, separators=(",", ":")).replace(',["', ',\n["'))


def round_off(x):
    return float(f"{x:.15g}") if isinstance(x, float) else x


if __name__ == "__main__":
    main()
