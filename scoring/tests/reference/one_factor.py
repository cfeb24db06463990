"""The one-factor model by maximum likelihood, for the scripts that make the project's own cases.

Minimises ln|Sigma| - ln|S| + tr(S Sigma^-1) - k over loadings and uniquenesses together (the crate goes over the
uniquenesses alone), bounded first, then polished by solving for a zero gradient. S has divisor n.
"""
import numpy as np
from scipy import optimize, stats


def undefined(reason, n):
    return {"undefined": reason, "n": int(n)}


def split(x):
    k = len(x) // 2
    return x[:k], x[k:]


def discrepancy(x, r):
    l, psi = split(x)
    sigma = np.outer(l, l) + np.diag(psi)
    sign, logdet = np.linalg.slogdet(sigma)
    if sign <= 0:
        return 1e6
    return logdet - np.linalg.slogdet(r)[1] + np.trace(np.linalg.solve(sigma, r)) - len(l)


def gradient(x, r):
    l, psi = split(x)
    inverse = np.linalg.inv(np.outer(l, l) + np.diag(psi))
    a = inverse @ (np.outer(l, l) + np.diag(psi) - r) @ inverse
    return np.concatenate([2 * a @ l, np.diag(a)])


def solve(r):
    """Standardised loadings, uniquenesses and the minimum; None for an improper solution."""
    k = len(r)
    best = None
    rng = np.random.default_rng(7)
    starts = [np.concatenate([np.full(k, 0.6), np.full(k, 0.6)])]
    starts += [np.concatenate([rng.uniform(0.1, 0.9, k), rng.uniform(0.2, 0.9, k)]) for _ in range(12)]
    for start in starts:
        found = optimize.minimize(discrepancy, start, args=(r,), jac=gradient, method="L-BFGS-B",
                                  bounds=[(None, None)] * k + [(1e-8, None)] * k,
                                  options={"maxiter": 5000, "ftol": 1e-15, "gtol": 1e-10})
        if best is None or found.fun < best.fun - 1e-10:
            best = found
    if split(best.x)[1].min() < 1e-5:
        return None
    polished = optimize.root(gradient, best.x, args=(r,), tol=1e-14)
    assert np.abs(gradient(polished.x, r)).max() < 1e-11
    l, psi = split(polished.x)
    assert psi.min() > 1e-5
    return (l if l.sum() >= 0 else -l), psi, max(0.0, discrepancy(polished.x, r))


def one_factor(matrix):
    """The model of complete rows after reversal, in the shape of the crate."""
    n, k = matrix.shape
    if k == 2:
        return undefined("two items only", n)
    if (np.ptp(matrix, axis=0) == 0).any():
        return undefined("no variance", n)
    if n <= k:
        return undefined("too few people for the number of variables", n)
    r, s = np.corrcoef(matrix.T), np.cov(matrix.T, bias=True)
    if np.linalg.eigvalsh(r)[0] < 1e-10:
        return undefined("correlation matrix is not positive definite", n)
    found = solve(r)
    if found is None:
        return undefined("improper solution (Heywood case)", n)
    std, unique, f = found
    sd = np.sqrt(np.diag(s))
    l, psi = std * sd, unique * sd**2
    return {
        "n": n, "loadings": l.tolist(), "uniquenesses": psi.tolist(), "std_loadings": std.tolist(),
        "omega": l.sum() ** 2 / (l.sum() ** 2 + psi.sum()), "omega_observed": l.sum() ** 2 / s.sum(),
        "composite_reliability": std.sum() ** 2 / (std.sum() ** 2 + (1 - std**2).sum()),
        "ave": float((std**2).mean()), "ave_unstandardised": (l**2).sum() / ((l**2).sum() + psi.sum()),
        "fit": fit(r, std, n, 0.0 if k == 3 else f),
    }


def fit(r, std, n, f):
    k = len(r)
    df, df0 = k * (k - 3) // 2, k * (k - 1) // 2
    chi2, chi0 = n * f, -n * np.linalg.slogdet(r)[1]
    excess = max(chi2 - df, 0)
    worst = max(excess, chi0 - df0, 0)
    residual = r - np.outer(std, std)
    np.fill_diagonal(residual, 0)
    return {
        "chi2": chi2, "df": df, "p": float(stats.chi2.sf(chi2, df)) if df else undefined("no degrees of freedom", n),
        "cfi": 1 - excess / worst if worst > 0 else 1.0,
        "tli": (chi0 / df0 - chi2 / df) / (chi0 / df0 - 1) if df else 1.0,
        "rmsea": float(np.sqrt(excess / (n * df))) if df else 0.0,
        "srmr": float(np.sqrt((np.tril(residual) ** 2).sum() / (k * (k + 1) / 2))),
    }


def spearman_brown(matrix):
    n = len(matrix)
    if (np.ptp(matrix, axis=0) == 0).any():
        return undefined("no variance", n)
    r = np.corrcoef(matrix.T)[0, 1]
    if 1 + r < 1e-12:
        return undefined("no variance", n)
    return {"value": float(2 * r / (1 + r)), "n": n}
