"""Makes own.json: synthetic answers and the figures a report must give for them.

Run by hand from this folder: python3 make.py > own.json   (needs numpy and scipy)
Every figure is computed person by person in floating point, the other way round from the crate, which has only
counts. Answers are written one row a person: a raw code, or s skipped, a not applicable, d don't know, - not shown.
"""
import json
import math
import sys

import numpy as np
import scipy
from scipy import stats

import one_factor

Z = stats.norm.ppf(0.975)
STATES = {"s": "skipped", "a": "not_applicable", "d": "dont_know", "-": "not_shown"}


def undefined(reason, n):
    return {"undefined": reason, "n": int(n)}


def plain(value, n):
    return {"value": float(value), "n": int(n)}


def t_ci(mean, sd, n):
    if n < 2:
        return undefined("one answer only" if n else "no answers", n)
    if sd == 0:
        return undefined("no variance", n)
    half = stats.t.ppf(0.975, n - 1) * sd / math.sqrt(n)
    return [mean - half, mean + half]


def normal_ci(value, variance, n):
    if n < 2:
        return undefined("one answer only" if n else "no answers", n)
    if variance <= 0:
        return undefined("no variance", n)
    return [value - Z * math.sqrt(variance), value + Z * math.sqrt(variance)]


def wilson(count, n):
    p, z2 = count / n, Z * Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return [max(0.0, centre - half), min(1.0, centre + half)]


def dirichlet_beta(x, low, high):
    codes = np.arange(low, high + 1)
    g = np.array([np.sum(x == c) for c in codes]) + 1 / len(codes)
    total = g.sum()
    mean = (g * codes).sum() / total
    variance = (g * (codes - mean) ** 2).sum() / total / (total + 1)
    u, w = (mean - low) / (high - low), variance / (high - low) ** 2
    s = u * (1 - u) / w - 1
    lower, upper = low + (high - low) * stats.beta.ppf([0.025, 0.975], u * s, (1 - u) * s)
    return [min(lower, x.mean()), max(upper, x.mean())]


class Case:
    def __init__(self, name, items, dimensions, rows, outcomes=None):
        self.name, self.items, self.dimensions, self.rows = name, items, dimensions, rows
        self.outcomes = outcomes or {}
        self.keys = [item["key"] for item in items]

    def column(self, key):
        return [row[self.keys.index(key)] for row in self.rows]

    def read(self, key):
        """Answers after reversal, NaN for an empty state."""
        item = self.items[self.keys.index(key)]
        flip = item["min"] + item["max"] if item.get("reversed") else None
        return np.array([float("nan") if isinstance(c, str) else float(flip - c if flip else c)
                         for c in self.column(key)], dtype=float)

    def matrix(self, keys):
        return np.column_stack([self.read(k) for k in keys]) if self.rows else np.zeros((0, len(keys)))

    def person_scores(self, keys):
        matrix = self.matrix(keys)
        scores = np.full(len(matrix), float("nan"))
        for i, row in enumerate(matrix):
            asked = sum(self.rows[i][self.keys.index(k)] != "-" for k in keys)
            answers = row[~np.isnan(row)]
            if len(answers) >= 1 and len(answers) >= math.ceil(asked / 2):
                scores[i] = answers.mean()
        return scores

    def scale(self, keys):
        item = self.items[self.keys.index(keys[0])]
        return item["min"], item["max"]


def mean_figure(scores):
    x = scores[~np.isnan(scores)]
    if len(x) == 0:
        return undefined("no answers", 0), undefined("no answers", 0)
    sd = x.std(ddof=1) if len(x) > 1 else 0.0
    sd = 0.0 if len(set(x)) == 1 else sd
    spread = plain(sd, len(x)) if len(x) > 1 else undefined("one answer only", 1)
    return {**plain(x.mean(), len(x)), "ci95": t_ci(x.mean(), sd, len(x))}, spread


def listwise(case, keys):
    """The complete rows, or why nothing can be computed from them."""
    matrix = case.matrix(keys)
    answering = int((~np.isnan(matrix)).any(axis=1).sum())
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    asked = max((sum(row[case.keys.index(k)] != "-" for k in keys) for row in case.rows), default=0)
    if len(keys) < 2 or (len(complete) == 0 and asked == 1):
        return None, undefined("one item asked", answering)
    if len(complete) == 0:
        return None, undefined("no one answered all items" if answering else "no answers", 0)
    if len(complete) == 1:
        return None, undefined("one answer only", 1)
    return complete, None


def alpha_of(matrix):
    c, k = np.cov(matrix.T), matrix.shape[1]
    return k / (k - 1) * (1 - np.trace(c) / c.sum())


def alpha(case, keys):
    matrix, nothing = listwise(case, keys)
    if nothing:
        return nothing
    n, k = matrix.shape
    if np.ptp(matrix.sum(axis=1)) == 0:
        return undefined("no variance", n)
    value = alpha_of(matrix)
    z = matrix - matrix.mean(axis=0)
    q, t2 = (z**2).sum(axis=1), z.sum(axis=1) ** 2
    t, v = q.mean(), t2.mean()
    se = math.sqrt(((k / (k - 1) * (t * t2 / v**2 - q / v)) ** 2).sum()) / n
    if abs(1 - value) < 1e-12:
        return {**plain(value, n), "ci95": undefined("all items agree", n)}
    half = Z * se / (1 - value)
    return {**plain(value, n), "ci95": [1 - (1 - value) * math.exp(half), 1 - (1 - value) * math.exp(-half)]}


def item_rest(case, keys):
    matrix, nothing = listwise(case, keys)
    out = {}
    for j, key in enumerate(keys):
        if nothing:
            out[key] = nothing
            continue
        rest = matrix.sum(axis=1) - matrix[:, j]
        flat = np.ptp(rest) == 0 or np.ptp(matrix[:, j]) == 0
        out[key] = undefined("no variance", len(matrix)) if flat else plain(
            np.corrcoef(matrix[:, j], rest)[0, 1], len(matrix))
    return out


def dropped(case, keys):
    matrix, nothing = listwise(case, keys)
    out = {}
    for j, key in enumerate(keys):
        if nothing:
            out[key] = nothing
        elif len(keys) < 3:
            out[key] = undefined("two items only", len(matrix))
        else:
            rest = np.delete(matrix, j, axis=1)
            flat = np.ptp(rest.sum(axis=1)) == 0
            out[key] = undefined("no variance", len(matrix)) if flat else plain(alpha_of(rest), len(matrix))
    return out


def score(case, keys):
    matrix = case.matrix(keys)
    low, high = case.scale(keys)
    n = int((~np.isnan(matrix)).any(axis=1).sum())
    answered = [j for j in range(len(keys)) if (~np.isnan(matrix[:, j])).any()]
    if not answered:
        return undefined("no answers", 0)
    means = np.array([np.nanmean(matrix[:, j]) for j in answered])
    counts = np.array([(~np.isnan(matrix[:, j])).sum() for j in answered])
    pull = np.nan_to_num((matrix[:, answered] - means) / counts).mean(axis=1)
    value = 100 * (means.mean() - low) / (high - low)
    variance = ((100 / (high - low) * pull) ** 2).sum()
    return {**plain(value, n), "ci95": normal_ci(value, 0 if variance < 1e-20 else variance, n)}


def item_report(case, item):
    key, low, high = item["key"], item["min"], item["max"]
    raw = case.column(key)
    x = case.read(key)
    x = x[~np.isnan(x)]
    n = len(x)
    threshold = item.get("top_box") or high - 1
    out = {"n": n, **{state: raw.count(code) for code, state in STATES.items()}}
    out["histogram"] = {str(c): raw.count(c) for c in range(low, high + 1)}
    none = undefined("no answers", 0)
    top = int((x >= threshold).sum())
    out["mean"] = {**plain(x.mean(), n), "ci95": dirichlet_beta(x, low, high)} if n else none
    out["sd"] = (plain(x.std(ddof=1), n) if n > 1 else undefined("one answer only", 1)) if n else none
    out["median"] = plain(np.median(x), n) if n else none
    out["top_box"] = {"threshold": threshold, "count": top, "value": top / n, "n": n,
                      "ci95": wilson(top, n)} if n else none
    for dimension in case.dimensions:
        if key in dimension["items"]:
            out["item_rest_r"] = item_rest(case, dimension["items"])[key]
            out["alpha_if_dropped"] = dropped(case, dimension["items"])[key]
    return out


def dimension_report(case, keys):
    mean, sd = mean_figure(case.person_scores(keys))
    matrix = case.matrix(keys)
    return {"n": int((~np.isnan(matrix)).any(axis=1).sum()), "mean": mean, "sd": sd, "score": score(case, keys),
            "alpha": alpha(case, keys), **factor(case, keys), "item_rest_r": item_rest(case, keys),
            "alpha_if_dropped": dropped(case, keys)}


def factor(case, keys):
    matrix, nothing = listwise(case, keys)
    model = nothing or one_factor.one_factor(matrix)
    figures = {name: model if "undefined" in model else plain(model[name], model["n"])
               for name in ("omega", "composite_reliability", "ave")}
    if len(keys) == 2:
        figures["spearman_brown"] = nothing or one_factor.spearman_brown(matrix)
    return figures


def linear(case, terms, n):
    """A weighted sum of scores; terms are (items, coefficient)."""
    scores = [score(case, keys) for keys, _ in terms]
    if any("undefined" in s for s in scores):
        return undefined("a dimension has no answers" if n else "no answers", n)
    value = sum(a * s["value"] for s, (_, a) in zip(scores, terms))
    people = []
    for keys, a in terms:
        low, high = case.scale(keys)
        people.append(100 * a * case.person_scores(keys) / (high - low))
    counts = [int((~np.isnan(p)).sum()) for p in people]
    if min(counts) < 2:
        return {**plain(value, n), "ci95": undefined("one answer only" if min(counts) else "no answers", n)}
    variance = 0.0
    for p, n_p in zip(people, counts):
        for q, n_q in zip(people, counts):
            both = ~np.isnan(p) & ~np.isnan(q)
            if both.sum() > 1:
                variance += both.sum() * np.cov(p[both], q[both])[0, 1] / (n_p * n_q)
    return {**plain(value, n), "ci95": normal_ci(value, 0 if abs(variance) < 1e-20 else variance, n)}


def gap(case, p_keys, e_keys):
    p, e = case.person_scores(p_keys), case.person_scores(e_keys)
    both = ~np.isnan(p) & ~np.isnan(e)
    n, d = int(both.sum()), (p - e)[both]
    if n == 0:
        return undefined("no one answered both", 0)
    if n == 1:
        one = undefined("one answer only", 1)
        return {**plain(d.mean(), 1), "ci95": one, "sd": one, "reliability": one}
    sd = 0.0 if np.ptp(d) == 0 else d.std(ddof=1)
    a_p, a_e = alpha(case, p_keys), alpha(case, e_keys)
    if "undefined" in a_p or "undefined" in a_e:
        reliability = a_p if "undefined" in a_p else a_e
    elif sd == 0:
        reliability = undefined("no variance", n)
    else:
        c = np.cov(p[both], e[both])
        reliability = (c[0, 0] * a_p["value"] + c[1, 1] * a_e["value"] - 2 * c[0, 1]) / d.var(ddof=1)
    return {**plain(d.mean(), n), "ci95": t_ci(d.mean(), sd, n), "sd": float(sd), "reliability": reliability}


def quality_report(case):
    experience = [d for d in case.dimensions if d["facet"] == "experience"]
    if not experience:
        nothing = undefined("no experience dimension", 0)
        return {"score": nothing, "tpq": [{"kappa": 0, "theta": 0, "weights": {}, **nothing}], "gap": {}}
    pairs = {d["of"]: d for d in case.dimensions if d["facet"] == "expectation" and d.get("of")}
    scored = [~np.isnan(case.person_scores(d["items"])) for d in experience]
    n = int(np.any(scored, axis=0).sum())
    w = 1 / len(experience)
    weights = {d["key"]: w for d in experience}
    terms = [(d["items"], w) for d in experience]
    headline = linear(case, terms, n)
    out = {"score": headline, "tpq": [{"kappa": 0, "theta": 0, "weights": weights, **headline}], "gap": {}}
    if all(d["key"] in pairs for d in experience):
        both = terms + [(pairs[d["key"]]["items"], -w) for d in experience]
        out["tpq"].append({"kappa": 0, "theta": 1, "weights": weights, **linear(case, both, n)})
    for d in experience:
        if d["key"] in pairs:
            out["gap"][d["key"]] = gap(case, d["items"], pairs[d["key"]]["items"])
    return out


def top_share(case, key, codes):
    x = case.read(key)
    x = x[~np.isnan(x)]
    if len(x) == 0:
        return undefined("no answers", 0)
    count = int((x > case.scale([key])[1] - codes).sum())
    return {**plain(count / len(x), len(x)), "ci95": wilson(count, len(x)), "mean": float(x.mean())}


def nps(case, key):
    x = case.read(key)
    x = x[~np.isnan(x)]
    n = len(x)
    if n == 0:
        return undefined("no answers", 0)
    up, down = float((x >= 9).sum()), float((x <= 6).sum())

    def wald(up, down, n):
        return (up - down) / n, math.sqrt((up / n + down / n - ((up - down) / n) ** 2) / n)

    value, se = wald(up, down, n)
    centre, adjusted = wald(up + 0.75, down + 0.75, n + 3)
    return {**plain(100 * value, n), "se": 100 * se,
            "ci95": [100 * (centre - Z * adjusted), 100 * (centre + Z * adjusted)]}


def outcome_report(case):
    out, given = {}, case.outcomes
    if given.get("overall"):
        mean, sd = mean_figure(case.person_scores(given["overall"]))
        sd = sd if "undefined" in sd else sd["value"]
        out["overall"] = mean if "undefined" in mean else {**mean, "sd": sd}
    if given.get("nps"):
        out["nps"] = nps(case, given["nps"])
    if given.get("csat"):
        out["csat"] = top_share(case, given["csat"], 2)
    if given.get("ces"):
        out["ces"] = top_share(case, given["ces"], 3)
    return out


def expected(case):
    importance = {d.get("of") or d["key"]: mean_figure(case.person_scores(d["items"]))[0]
                  for d in case.dimensions if d["facet"] == "importance"}
    return {"items": {i["key"]: item_report(case, i) for i in case.items},
            "dimensions": {d["key"]: dimension_report(case, d["items"]) for d in case.dimensions},
            "quality": quality_report(case), "outcome": outcome_report(case), "importance": importance}


# ---- the synthetic answers ---------------------------------------------------------------------------------

rng = np.random.default_rng(20240611)


def item(key, low=1, high=5, **more):
    return {"key": key, "min": low, "max": high, **more}


def dim(key, items, facet="experience", of=None):
    return {"key": key, "facet": facet, "of": of, "items": items}


def halo(n, k, low, high, centre, spread=1.0):
    """Answers that share a person's mood."""
    mood = rng.normal(0, spread, n)[:, None]
    x = np.rint(centre + mood + rng.normal(0, 0.8, (n, k)))
    return np.clip(x, low, high).astype(int).tolist()


def ceiling_heavy():
    items = [item(f"q{j}") for j in range(1, 5)] + [item("top", 0, 10), item("easy", 1, 7)]
    rows = [row + [min(10, 7 + row[0] - 3 + int(rng.integers(0, 3))), min(7, row[1] + 2)]
            for row in halo(60, 4, 1, 5, 5.2)]
    return Case("ceiling_heavy", items, [dim("care", ["q1", "q2", "q3", "q4"])], rows,
                {"overall": ["q1"], "nps": "top", "csat": "q2", "ces": "easy"})


def planned_missing():
    items = [item(f"p{j}", reversed=j == 2) for j in range(1, 5)] + [item(f"e{j}") for j in range(1, 4)] + [
        item(f"s{j}", 1, 7) for j in range(1, 4)] + [item(f"x{j}", 1, 7) for j in (1, 2)] + [item("m1"), item("im1")]
    rows = []
    answers = zip(halo(150, 7, 1, 5, 3.6), halo(150, 5, 1, 7, 5), halo(150, 2, 1, 5, 4))
    for a, b, c in answers:
        row = a + b + c
        row[1] = 6 - row[1]
        for start, width in ((0, 4), (4, 3), (7, 3)):
            if rng.random() < 0.35:
                for j in range(start, start + width):
                    row[j] = "-"
            else:
                row[start + int(rng.integers(0, width))] = "-" if rng.random() < 0.6 else row[start]
        rows.append([str(rng.choice(["s", "a", "d"])) if rng.random() < 0.12 and v != "-" else v for v in row])
    dims = [dim("speed", ["p1", "p2", "p3", "p4"]), dim("speed_expected", ["e1", "e2", "e3"], "expectation", "speed"),
            dim("staff", ["s1", "s2", "s3"]), dim("staff_expected", ["x1", "x2"], "expectation", "staff"),
            dim("staff_matters", ["m1"], "importance", "staff"), dim("image", ["im1"], "image")]
    return Case("planned_missing", items, dims, rows)


def small(name, rows):
    items = [item("a"), item("b", reversed=True), item("c"), item("r", 0, 10), item("e1"), item("e2")]
    dims = [dim("care", ["a", "b", "c"]), dim("care_expected", ["e1", "e2"], "expectation", "care")]
    return Case(name, items, dims, rows, {"overall": ["a", "c"], "nps": "r", "csat": "a", "ces": "c"})


def ties():
    items = [item("even", 0, 10), item("odd", 1, 10, top_box=8)]
    rows = [[0, 3], [4, 3], [4, 7], [7, 7], [7, 7], [10, "s"]]
    return Case("ties", items, [dim("both", ["odd"])], rows, {"nps": "even"})


def two_items():
    items = [item("t1", 1, 10), item("t2", 1, 10)]
    return Case("two_items", items, [dim("pair", ["t1", "t2"])], halo(40, 2, 1, 10, 6, 2))


cases = [
    ceiling_heavy(), planned_missing(), ties(), two_items(),
    small("unanimous", [[5, 1, 5, 10, 5, 5]] * 12),
    small("nobody", []),
    small("nobody_answers", [["s", "a", "d", "-", "-", "s"]] * 3),
    small("one_person", [[4, 2, 3, 9, 5, 4]]),
    small("two_people", [[4, 2, 3, 9, 5, 4], [2, 4, "s", 3, "-", 5]]),
    small("one_item_asked", [[4, "-", "-", 8, "-", "-"], [5, "-", "-", 9, "-", "-"], ["-", 2, "-", 7, 4, "-"]]),
    small("items_agree", [[v, 6 - v, v, 2 * v, 6 - v, v] for v in (1, 2, 4, 5, 5)]),
]
header = {
    "about": "figures of reports on synthetic answers, computed person by person",
    "tool": f"Python {sys.version.split()[0]}; numpy {np.__version__}; scipy {scipy.__version__}",
    "command": "python3 make.py > own.json",
    "tolerance": {"abs": 1e-9},
}
lines = [json.dumps({"id": c.name, "items": c.items, "dimensions": c.dimensions, "outcomes": c.outcomes,
                     "rows": [" ".join(map(str, row)) for row in c.rows], "expected": expected(c)}) for c in cases]
print(json.dumps(header)[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}")
