"""Makes own_structure.json: synthetic answers, their scale statistics and their structure.

Run by hand from this folder: python3 make_structure.py > own_structure.json   (needs numpy and scipy)
Everything is computed from the rows, the other way round from the crate, which has only counts. Answers are
written one row a person: a raw code, s skipped, - not shown; the jackknife group is the row's number modulo 32.
"""
import json
import math
import sys

import numpy as np
import scipy
from scipy import stats

from one_factor import one_factor, spearman_brown, undefined

Z = stats.norm.ppf(0.975)
rng = np.random.default_rng(19651984)


class Case:
    def __init__(self, name, items, dimensions, rows):
        self.name, self.items, self.dimensions, self.rows = name, items, dimensions, rows
        self.keys = [item["key"] for item in items]
        columns = [[math.nan if isinstance(c, str) else float(i["min"] + i["max"] - c if i.get("reversed") else c)
                    for c in (row[j] for row in rows)] for j, i in enumerate(items)]
        self.data = np.array(columns).T.reshape(len(rows), len(items))

    def places(self, dimension):
        return [self.keys.index(key) for key in dimension["items"]]


# ---- one scale ---------------------------------------------------------------------------------------------

def scale_statistics(case, dimension):
    m = case.data[:, case.places(dimension)]
    m = m[~np.isnan(m).any(axis=1)]
    n, k = m.shape
    if n < 2:
        return undefined("one answer only" if n else "no answers", n)
    c = np.cov(m.T)
    out = {"n": n, "k": k, "mean": m.mean(), "sd": m.mean(axis=1).std(ddof=1), "cov_sum": c.sum(),
           "cov_trace": np.trace(c)}
    flat_sum, flat = np.ptp(m.sum(axis=1)) == 0, (np.ptp(m, axis=0) == 0).any()
    none = undefined("no variance", n)
    r = None if flat else np.corrcoef(m.T)
    off = None if flat else r[np.tril_indices(k, -1)]
    out["alpha_standardised"] = none if flat or r.sum() < 1e-12 else k / (k - 1) * (1 - k / r.sum())
    out["mean_inter_item_r"] = none if flat else off.mean()
    out["eigenvalues"] = none if flat else np.linalg.eigvalsh(r)[::-1].tolist()
    names = ("guttman_lambda2", "alpha_se", "alpha_wald", "alpha_feldt", "alpha_bonett")
    out.update({name: none for name in names} if flat_sum else dict(zip(names, intervals(m, c))))
    out["one_factor"] = one_factor(m)
    if k == 2:
        out["spearman_brown"] = spearman_brown(m)
    return out


def intervals(m, c):
    n, k = m.shape
    a = k / (k - 1) * (1 - np.trace(c) / c.sum())
    square = (c**2).sum() - (np.diag(c) ** 2).sum()
    lambda2 = (c.sum() - np.trace(c) + math.sqrt(k / (k - 1) * square)) / c.sum()
    z = m - m.mean(axis=0)
    q, t2 = (z**2).sum(axis=1), z.sum(axis=1) ** 2
    t, v = q.mean(), t2.mean()
    se = math.sqrt(((k / (k - 1) * (t * t2 / v**2 - q / v)) ** 2).sum()) / n
    if 1 - a < 1e-12:
        agree = undefined("all items agree", n)
        return lambda2, 0.0, agree, agree, agree
    f = stats.f.ppf([0.975, 0.025], n - 1, (n - 1) * (k - 1))
    centre = math.log(1 - a) - math.log(n / (n - 1))
    half = Z * math.sqrt(2 * k / ((k - 1) * (n - 2))) if n > 2 else None
    bonett = undefined("too few people for the number of variables", n) if half is None else [
        1 - math.exp(centre + half), 1 - math.exp(centre - half)]
    wald = [a - Z * se, a + Z * se] if se > 1e-12 else undefined("no variance", n)
    return lambda2, se, wald, (1 - (1 - a) * f).tolist(), bonett


# ---- several dimensions ------------------------------------------------------------------------------------

def pair(x, y):
    """Correlation and people of two columns, over the rows that have both."""
    both = ~np.isnan(x) & ~np.isnan(y)
    n = int(both.sum())
    if n < 2 or np.ptp(x[both]) == 0 or np.ptp(y[both]) == 0:
        reason = "no variance" if n > 1 else ("one answer only" if n else "no one answered both")
        return None, n, reason
    return float(np.corrcoef(x[both], y[both])[0, 1]), n, None


def matrix(data, places):
    """All correlations, the fewest people of a pair, and the first reason why there is no such matrix."""
    k = len(places)
    r, fewest, why = np.eye(k), len(data), None
    for i in range(k):
        for j in range(i):
            value, n, reason = pair(data[:, places[i]], data[:, places[j]])
            r[i, j] = r[j, i] = math.nan if value is None else value
            fewest, why = min(fewest, n), why or reason
    return r, fewest, why


def htmt(data, a, b, mean):
    across = [abs(pair(data[:, i], data[:, j])[0]) for i in a for j in b]
    within = [[abs(pair(data[:, i], data[:, j])[0]) for x, i in enumerate(d) for j in d[:x]] for d in (a, b)]
    return float(mean(across) / math.sqrt(mean(within[0]) * mean(within[1])))


def geometric(values):
    return math.exp(np.mean(np.log(values)))


def jackknife(data, statistic):
    """t interval from leaving out each group in turn, about the full estimate."""
    groups = np.arange(len(data)) % 32
    present = np.unique(groups)
    if len(present) < 20:
        return None
    full = statistic(data)
    change = np.array([statistic(data[groups != g]) - full for g in present])
    se = math.sqrt((len(present) - 1) / len(present) * (change**2).sum())
    half = stats.t.ppf(0.975, len(present) - 1) * se
    return [full - half, full + half]


def person_scores(case, dimension):
    m = case.data[:, case.places(dimension)]
    asked = np.array([sum(row[j] != "-" for j in case.places(dimension)) for row in case.rows])
    answered = (~np.isnan(m)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        means = np.nansum(m, axis=1) / answered
    return np.where((answered >= 1) & (answered >= np.ceil(asked / 2)), means, math.nan)


def structure(case):
    dims = [d for d in case.dimensions if d["facet"] != "importance"]
    places = [p for d in dims for p in case.places(d)]
    scores = np.column_stack([person_scores(case, d) for d in dims])
    out = {"n": int((~np.isnan(scores)).any(axis=1).sum())}
    r, fewest, why = matrix(case.data, places)
    base = int((~np.isnan(case.data[:, places])).sum(axis=0).max())
    few = lambda n: undefined("fewer than 20 jackknife groups with people", n)
    if why:
        nothing = undefined(why, fewest)
    elif fewest < 200 and 2 * fewest < base:
        nothing = undefined("fewer than 200 people answered a pair", fewest)
    elif np.linalg.eigvalsh(r)[0] < -1e-10:
        nothing = undefined("correlation matrix is not positive definite", fewest)
    else:
        nothing = None
    if nothing:
        out.update(eigenvalues=nothing, parallel=nothing, first_factor_share=nothing)
    else:
        values = np.linalg.eigvalsh(r)[::-1]
        out["eigenvalues"] = {"value": values.tolist(), "n": fewest}
        out["parallel"] = parallel(values, fewest)
        share = lambda data: np.linalg.eigvalsh(matrix(data, places)[0])[-1] / len(places)
        out["first_factor_share"] = {"value": share(case.data), "n": fewest,
                                     "ci95": jackknife(case.data, share) or few(fewest)}
    couples(case, dims, scores, out, few)
    return out


def couples(case, dims, scores, out, few):
    ratios, intervals_, people, flags, two, r2 = {}, {}, {}, {}, {}, {}
    for x, a in enumerate(dims):
        for y, b in enumerate(dims):
            if y <= x or len(a["items"]) < 2 or len(b["items"]) < 2:
                continue
            name, i, j = f"{a['key']}|{b['key']}", case.places(a), case.places(b)
            pairs = [pair(case.data[:, p], case.data[:, q]) for p in i + j for q in i + j if p < q]
            people[name] = min(n for _, n, _ in pairs)
            value, n, reason = pair(scores[:, x], scores[:, y])
            r2[name] = undefined(reason, n) if value is None else value**2
            reason = next((reason for _, _, reason in pairs if reason), None)
            if reason:
                ratios[name] = two[name] = intervals_[name] = undefined(reason, people[name])
                continue
            ratios[name], two[name] = htmt(case.data, i, j, np.mean), htmt(case.data, i, j, geometric)
            intervals_[name] = jackknife(case.data, lambda data: htmt(data, i, j, np.mean)) or few(people[name])
            if ratios[name] > 0.85:
                flags[name] = 0.9 if ratios[name] > 0.9 else 0.85
    out["htmt"] = ratios if ratios else undefined("fewer than two dimensions with several items", out["n"])
    out.update(htmt_ci95=intervals_, htmt_n=people, htmt_flags=flags, htmt2=two, score_r2=r2)


def parallel(values, n):
    """Thresholds from 4,000 replications of raw answers; the crate's 200 agree up to chance."""
    k = len(values)
    if n <= k:
        return undefined("too few people for the number of variables", n)
    chance = np.random.default_rng(5)
    simulated = [np.linalg.eigvalsh(np.corrcoef(chance.normal(size=(n, k)).T))[::-1] for _ in range(4000)]
    thresholds = np.percentile(simulated, 95, axis=0)
    above = values > thresholds
    return {"value": int(k if above.all() else np.argmin(above)), "n": n, "thresholds": thresholds.tolist()}


# ---- the synthetic answers ---------------------------------------------------------------------------------

def item(key, low=1, high=5, **more):
    return {"key": key, "min": low, "max": high, **more}


def dim(key, items, facet="experience", of=None):
    return {"key": key, "facet": facet, "of": of, "items": items}


def scale(name, rows, low=1, high=5, turned=()):
    keys = [f"q{j}" for j in range(1, len(rows[0]) + 1)]
    rows = [[low + high - v if j in turned else v for j, v in enumerate(row)] for row in rows]
    items = [item(key, low, high, reversed=j in turned) for j, key in enumerate(keys)]
    return Case(name, items, [dim("care", keys)], rows)


def answers(n, loadings, centre, low, high):
    """Answers of people who differ in one thing, rounded and cut to the scale."""
    loadings = np.array(loadings)
    common = rng.normal(size=(n, 1)) * loadings
    x = np.rint(centre + common + rng.normal(size=(n, len(loadings))) * 0.8)
    return np.clip(x, low, high).astype(int).tolist()


def with_covariance(pattern, n):
    """Answers around the middle of 1..7 that follow a given correlation matrix."""
    x = rng.normal(size=(n, len(pattern))) @ np.linalg.cholesky(np.array(pattern)).T
    return np.clip(np.rint(4 + 1.3 * x), 1, 7).astype(int).tolist()


def three_dimensions(n, missing):
    items = [item(f"p{j}", reversed=j == 2) for j in range(1, 5)] + [item(f"s{j}", 1, 7) for j in range(1, 4)] + [
        item("i1", 0, 10), item("i2", 0, 10), item("single"), item("m1"), item("m2")]
    halo, rows = rng.normal(size=n), []
    for mood in halo:
        own = rng.normal(size=3)
        noise = rng.normal(size=12)
        p = np.clip(np.rint(4.2 + 0.6 * mood + 0.7 * own[0] + 0.8 * noise[:4]), 1, 5).astype(int).tolist()
        s = np.clip(np.rint(5 + 1.1 * mood + 0.3 * own[1] + 0.9 * noise[4:7]), 1, 7).astype(int).tolist()
        i = np.clip(np.rint(7 + 1.8 * mood + 0.9 * own[2] + 1.2 * noise[7:9]), 0, 10).astype(int).tolist()
        rest = np.clip(np.rint(4 + 0.5 * mood + noise[9:]), 1, 5).astype(int).tolist()
        p[1] = 6 - p[1]
        rows.append(p + s + i + rest)
    missing(rows)
    dims = [dim("speed", ["p1", "p2", "p3", "p4"]), dim("staff", ["s1", "s2", "s3"]),
            dim("image", ["i1", "i2"], "image"), dim("one", ["single"]),
            dim("speed_matters", ["m1", "m2"], "importance", "speed")]
    return items, dims, rows


def skips(rows):
    for row in rows:
        for j in range(len(row)):
            if rng.random() < 0.04:
                row[j] = "s"


def forms(rows):
    for row in rows:
        for j in range(10):
            if rng.random() < 0.5:
                row[j] = "-"


def indefinite():
    """Three forms of two items each; each pair agrees but the third, which contradicts."""
    rows = []
    for block, agree in enumerate((1, 1, -1)):
        first, second = [(0, 1), (1, 2), (0, 2)][block]
        for i in range(210):
            x = 1 + i % 5
            row = ["-"] * 3
            row[first], row[second] = x, x if agree > 0 else 6 - x
            rows.append(row)
    return Case("indefinite", [item("a"), item("b"), item("c")], [dim("one", ["a", "b"]), dim("two", ["c"])], rows)


def several(name, n, missing):
    return Case(name, *three_dimensions(n, missing))


def flat_item():
    items, dims, rows = three_dimensions(40, lambda rows: None)
    for row in rows:
        row[4] = 7
    return Case("flat_item", items, dims, rows)


complete = lambda rows: None
scales = [
    scale("three_items", answers(90, [0.9, 0.7, 1.1], 3.5, 1, 5)),
    scale("four_items_at_the_ceiling_two_reversed", answers(120, [0.9, 0.5, 0.8, 1.0], 4.8, 1, 5), turned=(1, 3)),
    scale("seven_items", answers(150, [1.2, 0.9, 1.6, 0.4, 1.1, 1.4, 0.8], 6, 1, 10), 1, 10),
    scale("one_negative_loading", answers(130, [0.9, -0.6, 0.8, 0.7, 1.0], 3, 1, 5)),
    scale("heywood_of_three", with_covariance([[1, 0.8, 0.7], [0.8, 1, 0.35], [0.7, 0.35, 1]], 120), 1, 7),
    scale("heywood_of_three_by_sign", with_covariance([[1, 0.4, 0.3], [0.4, 1, -0.3], [0.3, -0.3, 1]], 120), 1, 7),
    scale("heywood_of_four", with_covariance(
        [[1, 0.8, 0.5, 0.45], [0.8, 1, 0.3, 0.2], [0.5, 0.3, 1, 0.1], [0.45, 0.2, 0.1, 1]], 150), 1, 7),
    scale("two_items", [[a, 2 * b] for a, b in answers(70, [0.9, 0.8], 3, 1, 5)], 1, 10),
    scale("two_items_opposed", [[v, 6 - v] for v in (1, 2, 4, 5, 5, 3)]),
    scale("all_items_agree", [[v] * 4 for v in (1, 2, 4, 5, 5, 3, 2)]),
    scale("unanimous", [[5, 5, 5, 5]] * 15),
    scale("one_flat_item", [[5] + row for row in answers(40, [0.9, 0.8, 0.7], 3, 1, 5)]),
    scale("singular", [row + [row[0]] for row in answers(60, [0.9, 0.8, 0.7], 3, 1, 5)]),
    scale("as_many_people_as_items", answers(4, [0.9, 0.8, 0.7, 0.9], 3, 1, 5)),
    scale("two_people", [[1, 2, 3], [3, 5, 4]]),
    scale("one_person", [[1, 2, 3]]),
]
structures = [
    several("some_skipped", 180, skips),
    several("complete", 64, complete),
    several("seventeen_people", 17, complete),
    several("half_of_the_items_each", 150, forms),
    indefinite(),
    flat_item(),
]


def write(case, **expected):
    return json.dumps({"id": case.name, "items": case.items, "dimensions": case.dimensions, "outcomes": {},
                       "rows": [" ".join(map(str, row)) for row in case.rows], **expected},
                      default=lambda number: number.item())


header = {
    "about": "scale statistics and structure of synthetic answers, computed from the rows",
    "tool": f"Python {sys.version.split()[0]}; numpy {np.__version__}; scipy {scipy.__version__}",
    "command": "python3 make_structure.py > own_structure.json",
    "tolerance": {"abs": 1e-9},
}
lines = [write(c, scale=scale_statistics(c, c.dimensions[0])) for c in scales]
lines += [write(c, structure=structure(c)) for c in structures]
print(json.dumps(header)[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}")
