"""Makes own_comparison.json: synthetic groups and the comparisons a report must give for them.

Run by hand from this folder: python3 make_comparison.py > own_comparison.json   (needs numpy and scipy)
Everything is computed person by person in floating point, by scipy where it has the statistic, the other way round
from the crate, which has only counts. Scores are written as {key: people}; a score is key / denominator.
"""
import json
import math
import sys

import numpy as np
import scipy
from scipy import integrate, optimize, stats

SEED = 20240501


def undefined(reason, n):
    return {"undefined": reason, "n": int(n)}


# ---- one level, all levels ----------------------------------------------------------------------------------------
def people(level, denominator):
    keys = [int(key) for key, count in level.items() for _ in range(count)]
    return np.array(keys, dtype=float) / denominator


def level_figures(x):
    n = len(x)
    if n == 0:
        return {"n": 0, "mean": undefined("no answers", 0), "sd": undefined("no answers", 0),
                "ci95": undefined("no answers", 0)}
    if n == 1:
        one = undefined("one answer only", 1)
        return {"n": 1, "mean": x[0], "sd": one, "ci95": one}
    sd = x.std(ddof=1)
    half = stats.t.ppf(0.975, n - 1) * sd / math.sqrt(n)
    ci = [x.mean() - half, x.mean() + half] if sd > 0 else undefined("no variance", n)
    return {"n": n, "mean": x.mean(), "sd": sd, "ci95": ci}


def f_test(f, df1, df2):
    return {"f": f, "df1": df1, "df2": df2, "p": stats.f.sf(f, df1, df2)}


def welch(xs):
    n = sum(map(len, xs))
    if len(xs) < 2:
        return undefined("fewer than two groups", n)
    if min(map(len, xs)) < 2:
        return undefined("a group has fewer than two answers", n)
    if min(x.var() for x in xs) == 0:
        return undefined("a group has no variance", n)
    k, w = len(xs), np.array([len(x) / x.var(ddof=1) for x in xs])
    m = np.array([x.mean() for x in xs])
    centre = (w * m).sum() / w.sum()
    lam = sum((1 - wj / w.sum()) ** 2 / (len(x) - 1) for wj, x in zip(w, xs))
    f = (w * (m - centre) ** 2).sum() / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * lam)
    return f_test(f, k - 1, (k * k - 1) / 3 / lam)


def within(xs):
    return sum(((x - x.mean()) ** 2).sum() for x in xs)


def classic(xs):
    n = sum(map(len, xs))
    if len(xs) < 2:
        return undefined("fewer than two groups", n)
    if n == len(xs):
        return undefined("a group has fewer than two answers", n)
    if within(xs) == 0:
        return undefined("no variance", n)
    result = stats.f_oneway(*xs)
    return {"f": result.statistic, "df1": len(xs) - 1, "df2": n - len(xs), "p": result.pvalue}


def f_star(xs):
    n = sum(map(len, xs))
    if len(xs) < 2:
        return undefined("fewer than two groups", n)
    if min(map(len, xs)) < 2:
        return undefined("a group has fewer than two answers", n)
    part = np.array([(1 - len(x) / n) * x.var(ddof=1) for x in xs])
    if part.sum() == 0:
        return undefined("no variance", n)
    grand = np.concatenate(xs).mean()
    f = sum(len(x) * (x.mean() - grand) ** 2 for x in xs) / part.sum()
    df2 = 1 / sum((c / part.sum()) ** 2 / (len(x) - 1) for c, x in zip(part, xs))
    return f_test(f, len(xs) - 1, df2)


def kruskal(xs):
    n = sum(map(len, xs))
    if len(xs) < 2:
        return undefined("fewer than two groups", n)
    if np.ptp(np.concatenate(xs)) == 0:
        return undefined("no variance", n)
    result = stats.kruskal(*xs)
    return {"h": result.statistic, "df": len(xs) - 1, "p": result.pvalue}


def brown_forsythe(xs):
    n = sum(map(len, xs))
    if len(xs) < 2:
        return undefined("fewer than two groups", n)
    if n == len(xs):
        return undefined("a group has fewer than two answers", n)
    if within([abs(x - np.median(x)) for x in xs]) < 1e-20:
        return undefined("no variance", n)
    result = stats.levene(*xs, center="median")
    return {"f": result.statistic, "df1": len(xs) - 1, "df2": n - len(xs), "p": result.pvalue}


# ---- pairs --------------------------------------------------------------------------------------------------------
def moment(x):
    n = len(x)
    return n, (x.mean() if n else 0.0), (x.var(ddof=1) / n if n > 1 else 0.0)


def contrast(a, b):
    (na, ma, va), (nb, mb, vb) = a, b
    if min(na, nb) == 0:
        return undefined("no answers", na + nb)
    if min(na, nb) == 1:
        return undefined("a group has fewer than two answers", na + nb)
    if va + vb == 0:
        return undefined("no variance", na + nb)
    return mb - ma, math.sqrt(va + vb), (va + vb) ** 2 / (va**2 / (na - 1) + vb**2 / (nb - 1))


def difference(a, b):
    return b[1] - a[1] if min(a[0], b[0]) else undefined("no answers", a[0] + b[0])


def tost(a, b, margin):
    c = contrast(a, b)
    if isinstance(c, dict):
        return {"diff": difference(a, b), "ci90": c, "p": c, "equivalent": False}
    diff, se, df = c
    p = max(stats.t.sf((diff + margin) / se, df), stats.t.cdf((diff - margin) / se, df))
    half = stats.t.ppf(0.95, df) * se
    return {"diff": diff, "ci90": [diff - half, diff + half], "p": p, "equivalent": bool(p < 0.05)}


def games_howell(a, b, k):
    c = contrast(a, b)
    if isinstance(c, dict):
        return {"diff": difference(a, b), "ci95": c, "p": c}
    diff, se, df = c
    q = abs(diff) / se * math.sqrt(2)
    half = optimize.brentq(lambda x: stats.studentized_range.sf(x, k, df) - 0.05, 1, 60, xtol=1e-13) * se / math.sqrt(2)
    return {"diff": diff, "ci95": [diff - half, diff + half], "p": stats.studentized_range.sf(q, k, df)}


def hedges_g(a, b):
    (na, ma, va), (nb, mb, vb) = a, b
    if min(na, nb) == 0:
        return undefined("no answers", na + nb)
    if min(na, nb) == 1:
        return undefined("a group has fewer than two answers", na + nb)
    pooled = ((na - 1) * na * va + (nb - 1) * nb * vb) / (na + nb - 2)
    if pooled == 0:
        return undefined("no variance", na + nb)
    return (mb - ma) / math.sqrt(pooled) * (1 - 3 / (4 * (na + nb) - 9))


def adjusted(ps):
    m, order = len(ps), np.argsort(ps, kind="stable")
    holm, bh = np.ones(m), np.ones(m)
    for rank, index in enumerate(order):
        holm[index] = min(1, max((m - r) * ps[order[r]] for r in range(rank + 1)))
        bh[index] = min(1, min(m / (r + 1) * ps[order[r]] for r in range(rank, m)))
    return holm, bh


def pair_tests(names, moments):
    rows = []
    for a, b in pairs_of(names):
        c = contrast(moments[a], moments[b])
        p = c if isinstance(c, dict) else 2 * stats.t.sf(abs(c[0]) / c[1], c[2])
        rows.append({"a": a, "b": b, "diff": difference(moments[a], moments[b]), "p": p, "p_holm": p, "p_bh": p,
                     "hedges_g": hedges_g(moments[a], moments[b])})
    tested = [row for row in rows if not isinstance(row["p"], dict)]
    for row, h, b in zip(tested, *adjusted([row["p"] for row in tested])):
        row["p_holm"], row["p_bh"] = h, b
    return rows, len(tested)


def pairs_of(names):
    return [(a, b) for i, a in enumerate(names) for b in names[i + 1:]]


# ---- consistency --------------------------------------------------------------------------------------------------
def pooled_variance(moments):
    free = sum(n - 1 for n, _, _ in moments if n)
    return sum((n - 1) * n * v for n, _, v in moments if n) / free if free else None


def with_spread(m, pooled):
    n, mean, v = m
    return (n, mean, pooled / n) if n and (n == 1 or v == 0) else m


def consistency(names, moments, margin, k):
    pooled = pooled_variance(moments.values())
    flat = any(n > 1 and v == 0 for n, _, v in moments.values())
    versions = [moments]
    if flat:
        versions.append({name: with_spread(m, pooled) for name, m in moments.items()})
    rows, beyond = [], False
    for a, b in pairs_of(names):
        rows.append({"a": a, "b": b} | tost(moments[a], moments[b], margin))
        rows[-1]["equivalent"] = all(tost(v[a], v[b], margin)["equivalent"] for v in versions)
        cis = [games_howell(v[a], v[b], k)["ci95"] for v in versions]
        beyond |= all(isinstance(ci, list) and (ci[0] > margin or ci[1] < -margin) for ci in cis)
    if beyond:
        verdict = "inconsistent"
    else:
        verdict = "consistent" if rows and all(row["equivalent"] for row in rows) else "not_enough_data"
    return {"verdict": verdict, "margin": margin, "pairs": rows}


# ---- between levels -----------------------------------------------------------------------------------------------
def q_of(y, v, tau2):
    w = 1 / (v + tau2)
    return (w * (y - (w * y).sum() / w.sum()) ** 2).sum()


def q_root(y, v, target):
    if q_of(y, v, 0) <= target:
        return 0.0
    top = 1.0
    while q_of(y, v, top) > target:
        top *= 2
    return optimize.brentq(lambda t: q_of(y, v, t) - target, 0, top, xtol=1e-300, rtol=1e-15)


def tau2_figures(y, v, n):
    k = len(y)
    low, high = stats.chi2.ppf([0.025, 0.975], k - 1)
    if q_of(y, v, 0) < low:
        return q_root(y, v, k - 1), undefined("the levels are more alike than chance allows", n)
    return q_root(y, v, k - 1), [q_root(y, v, high), q_root(y, v, low)]


def tau(moments):
    used = [m for m in moments if m[0]]
    n = sum(m[0] for m in used)
    if len(used) < 2:
        return undefined("fewer than two groups", n)
    pooled = pooled_variance(used)
    if pooled is None:
        return undefined("a group has fewer than two answers", n)
    if pooled == 0:
        return undefined("no variance", n)
    spread = [with_spread(m, pooled) for m in used]
    tau2, ci = tau2_figures(np.array([m[1] for m in spread]), np.array([m[2] for m in spread]), n)
    return {"value": math.sqrt(tau2), "n": n, "ci95": ci if isinstance(ci, dict) else [math.sqrt(c) for c in ci]}


# ---- the report ---------------------------------------------------------------------------------------------------
def comparison(levels, denominator, margin):
    names = sorted(levels)
    x = {name: people(levels[name], denominator) for name in names}
    return figures(names, {name: moment(x[name]) for name in names}, margin) | tests(x, names)


def tests(x, names):
    xs = [x[name] for name in names if len(x[name])]
    n = sum(map(len, xs))
    one, h = classic(xs), kruskal(xs)
    excess = None if "f" not in one else (one["f"] - 1) * one["df1"]
    return {
        "levels": {name: level_figures(x[name]) for name in names},
        "welch": welch(xs), "kruskal_wallis": h, "brown_forsythe": brown_forsythe(xs),
        "effect": {"omega_squared": one if excess is None else {"value": excess / (excess + n), "n": n},
                   "epsilon_squared": h if "h" not in h else {"value": h["h"] / (n - 1), "n": n}},
        "classic": one, "f_star": f_star(xs),
    }


def figures(names, moments, margin):
    k = max(2, sum(1 for m in moments.values() if m[0]))
    pairwise, family = pair_tests(names, moments)
    return {
        "games_howell": [{"a": a, "b": b} | games_howell(moments[a], moments[b], k) for a, b in pairs_of(names)],
        "consistency": consistency(names, moments, margin, k),
        "tau": tau(list(moments.values())), "pairwise": pairwise, "family": family,
    }


def draw(rng, n, weights, first=1):
    counts = rng.multinomial(n, np.array(weights) / sum(weights))
    return {str(first + i): int(c) for i, c in enumerate(counts) if c}


def group_cases():
    rng = np.random.default_rng(SEED)
    top, mixed, low = [1, 1, 3, 20, 75], [5, 10, 20, 40, 25], [30, 30, 20, 15, 5]
    # One row a case: name, denominator, margin, levels.
    return [
        ("ceiling-heavy", 1, 0.2, {"mail": draw(rng, 220, top), "phone": draw(rng, 90, mixed), "shop": draw(rng, 160, top)}),
        ("halves and thirds", 6, 0.25, {c: draw(rng, 60 + 30 * i, range(1, 26), 6) for i, c in enumerate("dacb")}),
        ("alike", 1, 0.3, {"a": draw(rng, 700, mixed), "b": draw(rng, 800, mixed)}),
        ("far apart", 1, 0.3, {"a": draw(rng, 70, top), "b": draw(rng, 80, low), "c": draw(rng, 75, mixed)}),
        ("one level", 1, 0.2, {"only": draw(rng, 30, mixed)}),
        ("no level", 1, 0.2, {}),
        ("nobody at all", 1, 0.2, {"a": {}, "b": {}}),
        ("an empty level", 1, 2.0, {"a": draw(rng, 300, top), "b": {}, "c": draw(rng, 300, top)}),
        ("a level of one", 1, 2.0, {"a": draw(rng, 300, top), "b": {"5": 1}, "c": draw(rng, 300, top)}),
        ("levels of one only", 1, 2.0, {"a": {"5": 1}, "b": {"4": 1}, "c": {"4": 1}}),
        ("levels of two", 1, 0.2, {"a": {"4": 1, "5": 1}, "b": {"3": 2}, "c": {"1": 1, "5": 1}}),
        ("a large unanimous level", 1, 0.3, {"a": {"5": 400}, "b": {"5": 380, "4": 20}}),
        ("a tiny unanimous level", 1, 0.2, {"a": {"5": 3}, "b": {"5": 380, "4": 20}, "c": {"5": 300, "4": 20}}),
        ("a tiny unanimous level far off", 1, 0.3, {"a": {"1": 2}, "b": {"5": 100, "4": 300, "2": 250}}),
        ("unanimous and different", 1, 0.2, {"a": {"5": 40}, "b": {"1": 40}}),
        ("all agree", 1, 0.2, {"a": {"5": 40}, "b": {"5": 30}, "c": {"5": 1}}),
        ("equal spread", 2, 0.2, {"a": {"2": 5, "4": 5}, "b": {"5": 8, "9": 8}}),
        ("exactly alike", 1, 0.5, {"a": {"3": 60, "4": 60}, "b": {"3": 60, "4": 60}, "c": {"3": 60, "4": 60}, "d": {"3": 60, "4": 60}}),
        ("five places", 1, 0.4, {f"p{i}": draw(rng, 4 + 9 * i, mixed if i % 3 else top) for i in range(5)}),
    ]


# ---- places -------------------------------------------------------------------------------------------------------
def hierarchical(y, v, points):
    """E[(m_j - point_j)^2] with mu and tau^2 flat, by adaptive quadrature over tau^2."""
    def ln_density(t):
        w = 1 / (v + t)
        return 0.5 * (np.log(w).sum() - math.log(w.sum()) - q_of(y, v, t))
    peak = max(ln_density(t) for t in np.concatenate([[0], np.geomspace(1e-9, 1e3, 2000)]))

    def integral(f):
        g = lambda t: f(t) * math.exp(ln_density(t) - peak)
        edges = [0, *np.geomspace(v.min() / 30, 1e4 * (np.ptp(y) ** 2 + v.max()), 24)]
        tail = integral_tail(g, edges[-1])
        return sum(panel(g, a, b) for a, b in zip(edges, edges[1:])) + tail
    mass = integral(lambda t: 1.0)
    out = []
    for j, point in enumerate(points):
        def error(t, j=j, point=point):
            w = 1 / (v + t)
            b = v[j] / (v[j] + t)
            centre = b * (w * y).sum() / w.sum() + (1 - b) * y[j]
            return (1 - b) * v[j] + b * b / w.sum() + (centre - point) ** 2
        out.append(integral(error) / mass)
    return out


def panel(f, a, b):
    return integrate.quad(f, a, b, epsabs=0, epsrel=1e-12, limit=400)[0]


def integral_tail(f, a):
    return integrate.quad(lambda s: f(math.exp(s)) * math.exp(s), math.log(a), math.log(a) + 90, epsabs=1e-300, epsrel=1e-11, limit=800)[0]


def places(levels, pooled, degrees):
    names = sorted(levels)
    y, nn = np.array([levels[k][1] for k in names]), np.array([levels[k][0] for k in names])
    v, k, total = pooled / nn, len(names), int(nn.sum())
    tau2, tau2_ci = tau2_figures(y, v, total)
    w = 1 / (v + tau2)
    mu, q = (w * y).sum() / w.sum(), q_of(y, v, 0)
    half = stats.t.ppf(0.975, k - 1) * math.sqrt(max(1, q_of(y, v, tau2) / (k - 1)) / w.sum())
    b = v / (v + tau2)
    shrunk = b * mu + (1 - b) * y
    w0 = 1 / v
    target = (w0 * y).sum() / w0.sum()
    z = (y - target) / np.sqrt(v)
    cut = k // 10
    inside = np.clip(z, np.sort(z)[cut], np.sort(z)[k - 1 - cut])
    phi = (inside**2).sum() / (k - 1)
    wide = math.sqrt(max(1, phi))
    point = stats.t.ppf(0.975, degrees)
    errors = hierarchical(y, v, shrunk) if k >= 4 else [None] * k
    rows = {}
    for j, name in enumerate(names):
        limits = [[target - c * wide * math.sqrt(v[j]), target + c * wide * math.sqrt(v[j])] for c in stats.norm.ppf([0.975, 0.999])]
        out = "none"
        for share, (lower, upper) in zip(["95", "99.8"], limits):
            out = share if y[j] < lower or y[j] > upper else out
        ci = undefined("fewer than 4 places", nn[j]) if errors[j] is None else [shrunk[j] - point * math.sqrt(errors[j]), shrunk[j] + point * math.sqrt(errors[j])]
        rows[name] = {"n": int(nn[j]), "mean": y[j], "shrunk": shrunk[j], "shrinkage": b[j], "ci95": ci, "z": z[j],
                      "limits95": limits[0], "limits998": limits[1], "outside": out}
    dl = max(0, (q - (k - 1)) / (w0.sum() - (w0**2).sum() / w0.sum()))
    return {"tau2": {"value": tau2, "n": total, "ci95": tau2_ci}, "tau2_dersimonian_laird": dl,
            "mu": {"value": mu, "n": total, "ci95": [mu - half, mu + half]}, "pooled_variance": pooled, "q": q,
            "df": k - 1, "p": stats.chi2.sf(q, k - 1), "i2": max(0, (q - (k - 1)) / q),
            "funnel": {"target": target, "phi": phi, "phi_plain": q / (k - 1)}, "places": rows}


def place_cases():
    rng = np.random.default_rng(SEED + 1)
    cases = []
    for name, k, spread, sizes in [("thirty places", 30, 0.15, (2, 80)), ("twelve equal places", 12, 0.0, (5, 40)),
                                   ("six places", 6, 0.3, (3, 60)), ("three places", 3, 0.5, (10, 20)),
                                   ("four places", 4, 0.4, (10, 400))]:
        levels = {}
        for i in range(k):
            n = int(rng.integers(*sizes))
            levels[f"p{i:02d}"] = (n, float(rng.normal(4 + spread * rng.normal(), 0.9 / math.sqrt(n))), float(0.81 / n * rng.chisquare(n - 1) / (n - 1)))
        free = sum(n - 1 for n, _, _ in levels.values())
        pooled = sum((n - 1) * n * v for n, _, v in levels.values()) / free
        cases.append({"id": name, "levels": {k: list(m) for k, m in levels.items()}, "expected": places(levels, pooled, free)})
    return cases


# ---- output --------------------------------------------------------------------------------------------------------
def numbers(tree):
    if isinstance(tree, dict):
        return {key: numbers(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [numbers(value) for value in tree]
    return float(f"{tree:.14g}") if isinstance(tree, float) else tree


def main():
    cases = [{"id": name, "denominator": d, "margin": margin, "levels": levels, "expected": comparison(levels, d, margin)}
             for name, d, margin, levels in group_cases()]
    out = {"tool": f"Python {sys.version.split()[0]}, numpy {np.__version__}, scipy {scipy.__version__}",
           "tolerance": {"abs": 1e-9},
           "comparisons": cases, "places": place_cases()}
    text = json.dumps(numbers(out), separators=(",", ":"))
    print(text.replace('{"id"', '\n{"id"').replace('"places":[', '\n"places":['))


if __name__ == "__main__":
    main()
