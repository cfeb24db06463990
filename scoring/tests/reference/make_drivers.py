"""Makes own_drivers.json: synthetic answers, and drivers, surfaces and fitted weights for them.

Run by hand from this folder: python3 make_drivers.py > own_drivers.json   (needs numpy and scipy)
Everything is computed person by person in floating point: shares from regressions on every subset, errors by
leaving rows out, EM by filling in each person's missing scores, Fieller's bounds by looking for roots.
A row holds one character an item: a code, or s skipped, - not shown. The jackknife group is the row's number mod 32.
"""
import itertools
import json
import math
import sys

import numpy as np
import scipy
from scipy import linalg, optimize, stats

GROUPS = 32


def rounded(tree):
    """Thirteen digits are enough for every tolerance here."""
    if isinstance(tree, dict):
        return {key: rounded(value) for key, value in tree.items()}
    if isinstance(tree, (list, tuple, np.ndarray)):
        return [rounded(value) for value in tree]
    return float(f"{tree:.13g}") if isinstance(tree, (float, np.floating)) else tree


def undefined(reason, n):
    return {"undefined": reason, "n": int(n)}


# ---------------------------------------------------------------- scores
def scores(case, rows):
    """One row a person, one column a dimension and the outcome; NaN where the half rule gives nothing."""
    keys = [item["key"] for item in case["items"]]
    blocks = [d["items"] for d in case["dimensions"]] + [case["outcomes"]["overall"]]
    table = np.full((len(rows), len(blocks)), np.nan)
    for i, row in enumerate(rows):
        answers = dict(zip(keys, row))
        for j, block in enumerate(blocks):
            got = []
            for key in block:
                item = case["items"][keys.index(key)]
                if answers[key].isdigit():
                    x = int(answers[key])
                    got.append(item["min"] + item["max"] - x if item.get("reversed") else x)
            asked = sum(answers[key] != "-" for key in block)
            if got and len(got) >= math.ceil(asked / 2):
                table[i, j] = sum(got) / len(got)
    return table


def em(x):
    """Means and covariances, divisor n, filling in conditional expectations until nothing moves."""
    x = x[~np.isnan(x).all(1)]
    n, k = x.shape
    there = ~np.isnan(x)
    patterns = [(p, x[(there == p).all(1)]) for p in np.unique(there, axis=0)]
    mu, s = np.nanmean(x, 0), np.diag(np.nanvar(x, 0))
    for _ in range(20_000):
        filled, spread = [], np.zeros((k, k))
        for p, part in patterns:
            o, m = np.flatnonzero(p), np.flatnonzero(~p)
            full = np.empty((len(part), k))
            full[:, o] = part[:, o]
            if len(m):
                b = np.linalg.solve(s[np.ix_(o, o)], s[np.ix_(o, m)])
                full[:, m] = mu[m] + (part[:, o] - mu[o]) @ b
                spread[np.ix_(m, m)] += len(part) * (s[np.ix_(m, m)] - s[np.ix_(m, o)] @ b)
            filled.append(full)
        full = np.vstack(filled)
        new = full.mean(0)
        cov = ((full - new).T @ (full - new) + spread) / n
        moved = max(abs(new - mu).max(), abs(cov - s).max())
        mu, s = new, cov
        if moved < 1e-12:
            return n, mu, s
    raise SystemExit("EM did not converge")


def listwise(x):
    x = x[~np.isnan(x).any(1)]
    return len(x), x.mean(0), np.cov(x.T)


# ---------------------------------------------------------------- drivers
def figures(cov):
    """R², relative weights, LMG shares, shares over R²; the last column is the outcome."""
    sd = np.sqrt(np.diag(cov))
    r = cov / np.outer(sd, sd)
    p = len(r) - 1
    xx, xy = r[:p, :p], r[:p, p]
    r2 = lambda s: xy[list(s)] @ np.linalg.solve(xx[np.ix_(s, s)], xy[list(s)]) if s else 0.0
    lmg = np.zeros(p)
    for order in itertools.permutations(range(p)):
        for at, i in enumerate(order):
            lmg[i] += r2(order[:at + 1]) - r2(order[:at])
    lmg /= math.factorial(p)
    root = linalg.sqrtm(xx).real
    weights = root**2 @ np.linalg.solve(root, xy)**2
    total = r2(tuple(range(p)))
    return np.concatenate([[total], weights, lmg, lmg / total]), xy


def jackknife(rows, statistic):
    """The estimate, its covariance and the number of groups; None instead of a covariance below 20 groups."""
    full = statistic(rows)
    group = np.arange(len(rows)) % GROUPS
    has = ~np.isnan(rows).all(1)
    groups = [g for g in range(GROUPS) if (has & (group == g)).any()]
    if len(groups) < 20:
        return full, None, len(groups)
    away = np.array([statistic(rows[group != g]) for g in groups]) - full
    return full, (len(groups) - 1) / len(groups) * away.T @ away, len(groups)


def drivers(case, table, way):
    columns = [j for j, d in enumerate(case["dimensions"]) if d["facet"] in ("experience", "image")] + [-1]
    keys = [case["dimensions"][j]["key"] for j in columns[:-1]]
    p, rows = len(keys), table[:, columns].copy()
    if way is listwise:
        rows[np.isnan(rows).any(1)] = np.nan
    n, _, cov = way(rows)
    line, r = figures(cov)
    both = [int((~np.isnan(rows[:, j]) & ~np.isnan(rows[:, -1])).sum()) for j in range(p)]
    _, errors, groups = jackknife(rows, lambda part: figures(way(part)[2])[0])

    def figure(at):
        if errors is None:
            ci = undefined("fewer than 20 jackknife groups with people", n)
        else:
            half = stats.t.ppf(0.975, groups - 1) * math.sqrt(errors[at, at])
            ci = [line[at] - half, line[at] + half]
        return {"value": line[at], "n": n, "ci95": ci}

    report = {
        "r2": figure(0),
        "relative_weights": {key: figure(1 + j) for j, key in enumerate(keys)},
        "lmg": {key: figure(1 + p + j) for j, key in enumerate(keys)},
        "r": {key: {"value": r[j], "n": both[j]} for j, key in enumerate(keys)},
    }
    if errors is not None:
        own = slice(1 + p, 1 + 2 * p)
        draws = np.random.default_rng(1).multivariate_normal(line[own], errors[own, own], 200_000, method="eigh")
        rank = (-draws).argsort(1).argsort(1)
        report["ranks"] = {key: [float((rank[:, j] == k).mean()) for k in range(p)] for j, key in enumerate(keys)}
    return report, {key: figure(1 + 2 * p + j) for j, key in enumerate(keys)}


def chart(case, rows, share):
    """Quadrants of the boxes, for dimensions of one item each with complete answers; importance by `of`."""
    keys = [item["key"] for item in case["items"]]
    box = {}
    for d in case["dimensions"]:
        item = case["items"][keys.index(d["items"][0])]
        x = np.array([int(row[keys.index(item["key"])]) for row in rows], float)
        unit, n = 100 / (item["max"] - item["min"]), len(x)
        if d["facet"] == "importance":
            half = stats.t.ppf(0.975, n - 1) * x.std(ddof=1) / math.sqrt(n)
            box[("stated", d["of"])] = (x.mean() - half, x.mean(), x.mean() + half)
        else:
            mean, half = unit * (x.mean() - item["min"]), stats.norm.ppf(0.975) * unit * x.std() / math.sqrt(n)
            box[("performance", d["key"])] = (mean - half, mean, mean + half)
    own = [d["key"] for d in case["dimensions"] if d["facet"] == "experience"]
    for key in own:
        box[("derived", key)] = (share[key]["ci95"][0], share[key]["value"], share[key]["ci95"][1])
    cut = {kind: np.mean([box[(kind, key)][1] for key in own]) for kind in ("performance", "derived", "stated")}

    def corner(kind, key):
        side = lambda kind: (lambda b, c: True if b[0] >= c else False if b[2] < c else None)(box[(kind, key)], cut[kind])
        i, p = side(kind), side("performance")
        if i is None or p is None:
            return "undetermined"
        return {(True, False): "concentrate_here", (True, True): "keep_up", (False, False): "low_priority",
                (False, True): "possible_overkill"}[(i, p)]

    stated, derived = ([box[(kind, key)][1] for key in own] for kind in ("stated", "derived"))
    return {
        "cut_performance": cut["performance"], "cut_derived": cut["derived"], "cut_stated": cut["stated"],
        "stated_with_derived": stats.spearmanr(stated, derived).statistic,
        "quadrants": {key: [corner("derived", key), corner("stated", key)] for key in own},
    }


# ---------------------------------------------------------------- regressions
def ols(x, y):
    x = np.column_stack([np.ones(len(y)), x])
    b, *_ = np.linalg.lstsq(x, y, rcond=None)
    rest = y - x @ b
    df = len(y) - x.shape[1]
    cov = rest @ rest / df * np.linalg.inv(x.T @ x)
    return b, cov, 1 - rest @ rest / ((y - y.mean())**2).sum(), df


def effect(b, cov, df, weights):
    weights = np.concatenate([[0], weights])
    value, se = weights @ b, math.sqrt(weights @ cov @ weights)
    half = stats.t.ppf(0.975, df) * se
    return {"value": value, "se": se, "t": value / se, "p": 2 * stats.t.sf(abs(value / se), df),
            "ci95": [value - half, value + half]}


def complete(table, columns):
    x = table[:, columns]
    return x[~np.isnan(x).any(1)]


def surface(table, p, e, middle):
    x = complete(table, [p, e, -1])
    p, e, y = x[:, 0] - middle, x[:, 1] - middle, x[:, 2]
    b, cov, r2, df = ols(np.column_stack([p, e, p * p, p * e, e * e]), y)
    names = ["b0", "p", "e", "p2", "pe", "e2"]
    lines = {"a1": [1, 1, 0, 0, 0], "a2": [0, 0, 1, 1, 1], "a3": [1, -1, 0, 0, 0], "a4": [0, 0, 1, -1, 1]}
    return {"n": len(y), "coefficients": dict(zip(names, b)), "r2": r2,
            **{name: effect(b, cov, df, line) for name, line in lines.items()}}


def image_filter(table, p, i):
    x = complete(table, [p, i, -1])
    p, i, y = x[:, 0] - x[:, 0].mean(), x[:, 1] - x[:, 1].mean(), x[:, 2]
    b, cov, r2, df = ols(np.column_stack([p, i]), y)
    b2, cov2, r22, df2 = ols(np.column_stack([p, i, p * i]), y)
    return {"n": len(y), "experience": effect(b, cov, df, [1, 0]), "image": effect(b, cov, df, [0, 1]),
            "kappa": b[2] / (b[1] + b[2]), "r2_main": r2, "interaction": effect(b2, cov2, df2, [0, 0, 1]),
            "r2_interaction": r22, "experience_at_mean": effect(b2, cov2, df2, [1, 0, 0]),
            "image_at_mean": effect(b2, cov2, df2, [0, 1, 0])}


def variance_explained(table, ps, es):
    x = complete(table, ps + es + [-1])
    p, e, y = x[:, :len(ps)], x[:, len(ps):-1], x[:, -1]
    fits = [ols(p, y), ols(p - e, y), ols(np.column_stack([p, e]), y)]
    (_, _, large, df) = fits[2]

    def test(small):
        f = (large - small) / len(ps) / ((1 - large) / df)
        return {"f": f, "df1": len(ps), "df2": df, "p": stats.f.sf(f, len(ps), df)}

    return {"r2": [fit[2] for fit in fits], "gap_test": test(fits[1][2]), "expectation_test": test(fits[0][2])}


def item_mean(case, block, people):
    """Mean of the means of a dimension's items, points of 100."""
    keys = [item["key"] for item in case["items"]]
    means = []
    for key in block["items"]:
        at, item = keys.index(key), case["items"][keys.index(key)]
        x = np.array([int(row[at]) for row in people if row[at].isdigit()], float)
        x = item["min"] + item["max"] - x if item.get("reversed") else x
        means.append(100 * (x.mean() - item["min"]) / (item["max"] - item["min"]))
    return np.mean(means)


def fitted(case, table, people, way):
    """kappa and theta with Fieller's bounds; P, I and E are means of points of 100."""
    dims = case["dimensions"]
    ranges = [next(i for i in case["items"] if i["key"] == d["items"][0]) for d in dims]
    points = np.column_stack([100 * (table[:, j] - r["min"]) / (r["max"] - r["min"]) for j, r in enumerate(ranges)])
    x = np.column_stack([points, table[:, -1]])
    item_means = [item_mean(case, d, people) for d in dims]
    part = lambda facet: [j for j, d in enumerate(dims) if d["facet"] == facet]
    parts = [part(facet) for facet in ("experience", "image", "expectation") if part(facet)]
    used = sum(parts, []) + [len(dims)]
    x = x[:, used].copy()
    if way is listwise:
        x[np.isnan(x).any(1)] = np.nan
    rows = np.zeros((len(parts) + 1, len(used)))
    rows[-1, -1] = 1
    for k, columns in enumerate(parts):
        for j in columns:
            rows[k, used.index(j)] = 1 / len(columns)

    def slopes(data):
        _, _, cov = way(data)
        s = rows @ cov @ rows.T
        b = list(np.linalg.solve(s[:-1, :-1], s[:-1, -1]))
        return np.array([b.pop(0), b.pop(0) if part("image") else 0, b.pop(0) if part("expectation") else 0])

    b, errors, groups = jackknife(x, slopes)
    t = stats.t.ppf(0.975, groups - 1)

    def fieller(top):
        a, d = np.array(top, float), np.array([1.0, 1, 0])
        g = lambda ratio: ((a - ratio * d) @ b)**2 - t * t * (a - ratio * d) @ errors @ (a - ratio * d)
        at = a @ b / (d @ b)
        edge = lambda sign: optimize.brentq(g, at, at + sign * 50, xtol=1e-13)
        return sorted([edge(1), edge(-1)])

    kappa, theta = b[1] / (b[0] + b[1]), -b[2] / (b[0] + b[1])
    out = {"label": "fitted", "kappa": kappa, "theta": theta if part("expectation") else 0.0}
    if part("image"):
        out["kappa_ci95"] = fieller([0, 1, 0])
    if part("expectation"):
        out["theta_ci95"] = fieller([0, 0, -1])
    if not (0 <= kappa <= 1 and out["theta"] >= 0):
        out["undefined"], out["n"] = "kappa or theta out of range", way(x)[0]
    else:
        mean = lambda columns: np.mean([item_means[j] for j in columns])
        value = (1 - kappa) * mean(part("experience")) + kappa * (mean(part("image")) if part("image") else 0)
        value -= out["theta"] * mean(part("expectation")) if part("expectation") else 0
        out["value"], out["n"] = value, int((~np.isnan(points[:, part("experience")])).any(1).sum())
    return out


# ---------------------------------------------------------------- cases
def item(key, low=1, high=5, **more):
    return {"key": key, "min": low, "max": high, **more}


def dimension(key, *items, facet="experience", of=None):
    return {"key": key, "facet": facet, "of": of, "items": list(items) or [key]}


def case(name, dimensions, outcome=("y",), items=(), tolerance=1e-9):
    named = {i["key"]: i for i in items}
    keys = [key for d in dimensions for key in d["items"]] + list(outcome)
    return {"id": name, "items": [named.get(key, item(key)) for key in keys], "dimensions": dimensions,
            "outcomes": {"overall": list(outcome)}, "tolerance": tolerance}


def cut(x, low=1, high=5):
    return np.clip(np.rint(x), low, high).astype(int)


def text(columns):
    return ["".join(row) for row in zip(*[[str(v) for v in column] for column in columns])]


def finish(one, rows, expected):
    one["rows"], one["expected"] = " ".join(rows), rounded(expected)
    return one


def complete_case(rng):
    """Two items a dimension, one reversed; at the ceiling, some skipped; expectation and image."""
    n = 140
    dims = [dimension("care", "c1", "c2"), dimension("speed", "s1", "s2"),
            dimension("care_expected", facet="expectation", of="care"),
            dimension("speed_expected", facet="expectation", of="speed"), dimension("image", "i1", "i2", facet="image")]
    one = case("ceiling-heavy, half rule, all facets", dims, ("y1", "y2"), [item("c2", reversed=True)])
    halo = rng.normal(size=n)
    care, speed, image = (4.3 + 0.6 * halo + 0.7 * rng.normal(size=n) for _ in range(3))
    wish_c, wish_s = (4.6 + 0.2 * halo + 0.5 * rng.normal(size=n) for _ in range(2))
    y = 0.5 * care + 0.3 * speed + 0.3 * image - 0.35 * (wish_c + wish_s) + 2.2
    noise = lambda x, sd=0.4: cut(x + sd * rng.normal(size=n))
    columns = [noise(care), 6 - noise(care), noise(speed), noise(speed), cut(wish_c), cut(wish_s), noise(image),
               noise(image), noise(y), noise(y)]
    rows = text(columns)
    rows = ["".join("s" if rng.random() < 0.04 else c for c in row) for row in rows]
    table = scores(one, rows)
    report, _ = drivers(one, table, listwise)
    return finish(one, rows, {"listwise": report, "auto": "listwise", "fitted": fitted(one, table, rows, listwise),
                              "surface": {"care|care_expected": surface(table, 0, 2, 3), "speed|image": surface(table, 1, 4, 3)},
                              "filter": {"care|image": image_filter(table, 0, 4)},
                              "variance": variance_explained(table, [0, 1], [2, 3])})


def chart_case(rng):
    n = 160
    names = ["a", "b", "c", "d"]
    one = case("importance and performance, one r negative",
               [dimension(k) for k in names] + [dimension(k + "_matters", facet="importance", of=k) for k in names],
               items=[item("a", 1, 7)])
    x = [cut(5.6 + 1.2 * rng.normal(size=n), 1, 7), cut(3.1 + rng.normal(size=n)), cut(4.5 + 0.7 * rng.normal(size=n)),
         cut(3.4 + rng.normal(size=n))]
    y = cut(2.4 + 0.35 * x[0] + 0.45 * x[1] - 0.45 * x[3] + 0.05 * x[2] - 0.8 + 0.7 * rng.normal(size=n))
    wish = [cut(4.4 + 0.5 * rng.normal(size=n)), cut(4.5 + 0.5 * rng.normal(size=n)), cut(3.1 + rng.normal(size=n)), cut(3.9 + rng.normal(size=n))]
    rows = text(x + wish + [y])
    table = scores(one, rows)
    report, share = drivers(one, table, listwise)
    return finish(one, rows, {"listwise": report, "auto": "listwise", "chart": chart(one, rows, share)})


def forms_case(rng):
    """Four blocks, six forms of two: each pair of blocks meets in one form."""
    n = 1500
    names = ["a", "b", "c", "image"]
    one = case("six forms of two blocks", [dimension(k, facet="image" if k == "image" else "experience") for k in names], tolerance=1e-6)
    halo = rng.normal(size=n)
    x = [3.7 + 0.6 * halo + 0.8 * rng.normal(size=n) for _ in names]
    y = cut(0.2 + 0.2 * x[0] + 0.35 * x[1] + 0.15 * x[2] + 0.25 * x[3] + 0.5 * rng.normal(size=n))
    columns = [cut(v) for v in x]
    forms = list(itertools.combinations(range(4), 2))
    rows = []
    for i in range(n):
        form = forms[int(rng.integers(6))]
        row = [str(columns[j][i]) if j in form else "-" for j in range(4)] + [str(y[i])]
        rows.append("".join("s" if c != "-" and rng.random() < 0.02 else c for c in row))
    table = scores(one, rows)
    n, mean, cov = em(table)
    report, _ = drivers(one, table, em)
    return finish(one, rows, {"em": {"n": n, "mean": mean.tolist(), "covariance": cov.tolist()}, "by_mask": report,
                              "auto": "by_mask", "fitted": fitted(one, table, rows, em)})


def thirteen_case(rng):
    """Form i asks blocks i, i+1, i+3, i+9 of thirteen: each pair of blocks in one form."""
    n = 1560
    names = [f"d{j}" for j in range(13)]
    one = case("thirteen forms", [dimension(k, facet="image" if k == "d12" else "experience") for k in names], tolerance=1e-6)
    halo = rng.normal(size=n)
    x = np.array([3.6 + 0.75 * halo + 0.7 * rng.normal(size=n) for _ in names])
    y = cut(0.4 + x.mean(0) * 0.9 + 0.45 * rng.normal(size=n))
    x = cut(x)
    rows = []
    for i in range(n):
        asked = {(i + step) % 13 for step in (0, 1, 3, 9)}
        rows.append("".join(str(x[j][i]) if j in asked else "-" for j in range(13)) + str(y[i]))
    n, mean, cov = em(scores(one, rows))
    thin = undefined("fewer than 200 people answered a pair", n)
    return finish(one, rows, {"em": {"n": n, "mean": mean.tolist(), "covariance": cov.tolist()}, "by_mask": thin, "auto": "by_mask"})


def indefinite_case(rng):
    """Three scores whose pairs are seen by different people: r = .9, .9, -.9, which no people could have."""
    one = case("indefinite pairwise correlations", [dimension("a"), dimension("b"), dimension("c")], tolerance=1e-6)
    rows = []
    for pair, sign in (((0, 1), 1), ((1, 2), 1), ((0, 2), -1)):
        for _ in range(220):
            u = rng.normal()
            v = sign * u + 0.35 * rng.normal()
            row = ["-"] * 3
            row[pair[0]], row[pair[1]] = str(cut(3 + 1.1 * u)), str(cut(3 + 1.1 * v))
            rows.append("".join(row) + str(cut(3 + 0.4 * u + 0.8 * rng.normal())))
    table = scores(one, rows)
    pairwise = np.ones((3, 3))
    for i, j in itertools.combinations(range(3), 2):
        x = complete(table, [i, j])
        pairwise[i, j] = pairwise[j, i] = np.corrcoef(x.T)[0, 1]
    assert np.linalg.eigvalsh(pairwise)[0] < -0.3
    # The likeliest covariances are singular: there is no regression to be had from them.
    return finish(one, rows, {"no_solution": True})


def small_cases(rng):
    two = [dimension("a"), dimension("b")]
    words = undefined
    yield finish(case("nobody", two), [], {"listwise": words("no answers", 0), "by_mask": words("no answers", 0), "auto": "by_mask"})
    yield finish(case("one person", two), ["345"], {"listwise": words("one answer only", 1), "auto": "listwise"})
    yield finish(case("three people", two), ["345", "234", "455"], {"listwise": words("too few people for the number of variables", 3)})
    # Few people: figures without intervals.
    x = cut(3 + rng.normal(size=(2, 15)) * 1.2)
    rows = text([x[0], x[1], cut(0.5 * x[0] + 0.3 * x[1] + 0.8 + 0.5 * rng.normal(size=15))])
    one = case("fifteen people", two)
    report = drivers(one, scores(one, rows), listwise)[0]
    report["caution"] = "fewer than 10 people for each of 2 dimensions"
    yield finish(one, rows, {"listwise": report, "auto": "listwise"})
    x = cut(3.4 + rng.normal(size=(2, 60)))
    y = cut(x[0] * 0.8 + rng.normal(size=60))
    yield finish(case("a unanimous dimension", two), text([[4] * 60, x[1], y]), {"listwise": words("no variance", 60)})
    yield finish(case("a unanimous outcome", two), text([x[0], x[1], [5] * 60]), {"listwise": words("no variance", 60)})
    yield finish(case("a copy", two), text([x[0], x[0], y]), {"listwise": words("correlation matrix is not positive definite", 60)})
    near = x[0].copy()
    near[:8:2] = 6 - near[:8:2]
    one, rows = case("a near-copy", two), text([x[0], near, y])
    yield finish(one, rows, {"listwise": drivers(one, scores(one, rows), listwise)[0]})
    # Never both: forms of one block each.
    rows = [f"{a}-{c}" if i % 2 else f"-{b}{c}" for i, (a, b, c) in enumerate(zip(x[0], x[1], y))]
    yield finish(case("blocks that never meet", two), rows,
                 {"listwise": words("no one answered all items", 0), "by_mask": words("fewer than 200 people answered a pair", 60),
                  "auto": "by_mask"})


def main():
    rng = np.random.default_rng(20240611)
    cases = [complete_case(rng), chart_case(rng), forms_case(rng), thirteen_case(rng), indefinite_case(rng), *small_cases(rng)]
    tool = f"python {sys.version.split()[0]}, numpy {np.__version__}, scipy {scipy.__version__}"
    json.dump({"tool": tool, "made_by": "make_drivers.py", "cases": cases}, sys.stdout, default=float, separators=(",", ":"))
    print()


main()
