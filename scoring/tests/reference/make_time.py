"""Makes own_time.json: confidence sequences and control charts of synthetic answers.

Run by hand from this folder: python3 make_time.py > own_time.json   (needs numpy, scipy and mpmath)
The sequences of single means are worked out with 40 digits by plain bisection, those of whole reports person by person
in floating point with scipy's root finder, and the charts from lists of single answers: each the other way round from the
crate, which has only counts and sums.
"""
import json
import math
import sys

import mpmath as mp
import numpy as np
import scipy
from scipy import optimize, special

mp.mp.dps = 40
ALPHA = mp.mpf(5) / 100
rng = np.random.default_rng(20261122)


def undefined(reason, n):
    return {"undefined": reason, "n": int(n)}


# ---- sequences with 40 digits -------------------------------------------------------------------------------------
def bisect(f, low, high, steps=110):
    """f changes its sign from positive to negative between low and high."""
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return (low + high) / 2


def wealth(points, mu):
    """The best constant bet against mu, on lam in [-1/(1-mu), 1/mu]."""
    slope = lambda lam: mp.fsum(c * (x - mu) / (1 + lam * (x - mu)) for x, c in points)
    low, high = -1 / (1 - mu), 1 / mu
    inside = mp.mpf(10) ** -36
    low, high = low * (1 - inside), high * (1 - inside)
    lam = high if slope(high) >= 0 else low if slope(low) <= 0 else bisect(slope, low, high, 140)
    return mp.fsum(c * mp.log(1 + lam * (x - mu)) for x, c in points)


def threshold(n, alpha=ALPHA):
    return mp.log(1 / alpha) + mp.log(mp.pi) / 2 + mp.loggamma(n + 1) - mp.loggamma(n + mp.mpf(1) / 2)


def unit_sequence(points, limit):
    n = mp.fsum(c for _, c in points)
    mean = mp.fsum(x * c for x, c in points) / n
    lower = mp.mpf(0) if mean == 0 else bisect(lambda mu: wealth(points, mu) - limit, mp.mpf(10) ** -30, mean)
    upper = mp.mpf(1) if mean == 1 else bisect(lambda mu: limit - wealth(points, mu), mean, 1 - mp.mpf(10) ** -30)
    return lower, upper


def mean_sequence(counts, low, high, denominator, alpha=ALPHA):
    counts = [(k, c) for k, c in counts if c]
    points = [((mp.mpf(k) / denominator - low) / (high - low), c) for k, c in counts]
    lower, upper = unit_sequence(points, threshold(sum(c for _, c in counts), alpha))
    return [low + (high - low) * lower, low + (high - low) * upper]


def share_sequence(s, n):
    half = mp.mpf(1) / 2
    log_beta = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    mixture = log_beta(half + s, half + n - s) - log_beta(half, half)
    kept = lambda p: mixture - (s * mp.log(p) if s else 0) - ((n - s) * mp.log(1 - p) if n - s else 0) - mp.log(1 / ALPHA)
    share, tiny = mp.mpf(s) / n, mp.mpf(10) ** -30
    lower = mp.mpf(0) if s == 0 else bisect(kept, tiny, share)
    upper = mp.mpf(1) if s == n else bisect(lambda p: -kept(p), share, 1 - tiny)
    return [lower, upper]


def floats(bounds):
    return [float(b) for b in bounds]


def exact_cases():
    cases = []

    def mean(name, counts, low=1, high=5, denominator=1):
        if counts and not isinstance(counts[0], (tuple, list)):
            counts = list(zip(range(low, high + 1), counts))
        n = sum(c for _, c in counts)
        value = undefined("no answers", 0) if n == 0 else floats(mean_sequence(counts, low, high, denominator))
        cases.append(dict(id="mean " + name, statistic="mean_sequence", scale=[low, high], denominator=denominator,
                          counts=counts, expected=value))

    mean("of nobody", [0] * 5)
    mean("of one in the middle", [0, 0, 1, 0, 0])
    mean("of one at the top", [0, 0, 0, 0, 1])
    mean("of one at the bottom", [1, 0, 0, 0, 0])
    mean("of two apart", [1, 0, 0, 0, 1])
    mean("of two alike", [0, 0, 0, 2, 0])
    mean("unanimous at the top", [0, 0, 0, 0, 250])
    mean("unanimous in the middle", [0, 0, 400, 0, 0])
    mean("unanimous below the top", [0, 0, 0, 60, 0])
    mean("at the ceiling", [1, 0, 2, 17, 480])
    mean("at the floor", [900, 11, 0, 3, 1])
    mean("two camps", [120, 0, 0, 0, 130])
    mean("ties", [20, 20, 20, 20, 20])
    mean("eleven codes", [3, 1, 2, 2, 4, 9, 11, 20, 41, 30, 37], 0, 10)
    mean("two codes", [1, 19], 0, 1)
    mean("of a billion", [10 ** 6, 3 * 10 ** 6, 46 * 10 ** 6, 5 * 10 ** 8, 45 * 10 ** 7])
    mean("one of a billion at the bottom", [1, 0, 0, 0, 10 ** 9 - 1])
    mean("one of a billion not at the bottom", [10 ** 9 - 1, 1, 0, 0, 0])
    mean("a hundred billion", [0, 0, 1, 10 ** 11 - 2, 1])
    mean("person means of three items", [(6, 2), (15, 1), (20, 7), (22, 9), (24, 31), (26, 20), (28, 11), (30, 17)],
         1, 5, 6)

    def share(name, s, n):
        value = undefined("no answers", 0) if n == 0 else floats(share_sequence(s, n))
        cases.append(dict(id="share " + name, statistic="share_sequence", count=s, n=n, expected=value))

    share("of nobody", 0, 0)
    share("none of one", 0, 1)
    share("one of one", 1, 1)
    share("one of two", 1, 2)
    share("nearly all", 498, 500)
    share("all", 77, 77)
    share("none", 0, 4000)
    share("half", 1500, 3000)
    share("of a billion", 820_684_523, 10 ** 9)
    share("one of a billion", 1, 10 ** 9)

    for name, up, down, n in [("nobody", 0, 0, 0), ("all promoters", 30, 0, 30), ("all passives", 0, 0, 30),
                              ("mixed", 140, 31, 260), ("one detractor", 0, 1, 1)]:
        value = undefined("no answers", 0)
        if n:
            bounds = mean_sequence([(-1, down), (0, n - up - down), (1, up)], -1, 1, 1)
            value = floats(100 * b for b in bounds)
        cases.append(dict(id="nps " + name, statistic="nps_sequence", promoters=up, detractors=down, n=n, expected=value))

    for name, before, after in [("a fall", [1, 2, 9, 30, 40], [9, 12, 20, 21, 11]), ("one each", [0, 0, 1, 0, 0], [0, 0, 0, 0, 1]),
                                ("nobody before", [0] * 5, [1, 1, 1, 1, 1]), ("nobody after", [3, 0, 0, 0, 0], [0] * 5)]:
        value = undefined("no answers", 0)
        if sum(before) and sum(after):
            a, b = (mean_sequence(list(zip(range(1, 6), x)), 1, 5, 1, ALPHA / 2) for x in (before, after))
            m = [sum(k * c for k, c in zip(range(1, 6), x)) / sum(x) for x in (before, after)]
            value = dict(value=m[1] - m[0], n_before=sum(before), n_after=sum(after), ci95=floats([b[0] - a[1], b[1] - a[0]]))
        cases.append(dict(id="change " + name, statistic="change", before=before, after=after, expected=value))

    for n in (1, 2, 11, 12, 13, 500, 10 ** 6, 10 ** 11):
        cases.append(dict(id=f"threshold {n}", statistic="mean_threshold", n=n, expected=float(threshold(n))))
    t = mp.findroot(lambda t: mp.diff(lambda u: (u + 1) / u * mp.log((u + 1) / ALPHA ** 2), t), 8)
    cases.append(dict(id="mixture variance", statistic="mixture_variance", expected=float(t / 500)))
    return cases


# ---- whole reports, person by person ------------------------------------------------------------------------------
def person_sequence(x, low, high, alpha=0.05):
    """The betting sequence of a list of people, one term a person."""
    u, n = (np.asarray(x, float) - low) / (high - low), len(x)
    limit = math.log(1 / alpha) + 0.5 * math.log(math.pi) + special.gammaln(n + 1) - special.gammaln(n + 0.5)

    def log_wealth(mu):
        d = u - mu
        slope = lambda lam: np.sum(d / (1 + lam * d))
        a, b = -1 / (1 - mu) * (1 - 1e-14), 1 / mu * (1 - 1e-14)
        lam = a if slope(a) <= 0 else b if slope(b) >= 0 else optimize.brentq(slope, a, b, xtol=1e-13, rtol=1e-15)
        return np.sum(np.log1p(lam * d)) - limit

    m = u.mean()
    lower = 0.0 if m <= 0 else optimize.brentq(log_wealth, 1e-9, m * (1 - 1e-13), xtol=1e-14)
    upper = 1.0 if m >= 1 else optimize.brentq(log_wealth, m + (1 - m) * 1e-13, 1 - 1e-9, xtol=1e-14)
    return [low + (high - low) * lower, low + (high - low) * upper]


def mean_figure(x, low, high):
    if len(x) == 0:
        return undefined("no answers", 0)
    return dict(value=float(np.mean(x)), n=len(x), ci95=person_sequence(x, low, high))


def share_figure(hits):
    n, s = len(hits), int(sum(hits))
    return undefined("no answers", 0) if n == 0 else dict(value=s / n, n=n, ci95=floats(share_sequence(s, n)))


def polarised(case, key):
    column = [item["key"] for item in case["items"]].index(key)
    item = case["items"][column]
    codes = [row.split(" ")[column] for row in case["rows"]]
    read = lambda c: None if c in "sad-" else item["min"] + item["max"] - int(c) if item.get("reversed") else int(c)
    return item, codes, [read(c) for c in codes]


def person_means(case, keys):
    columns = [polarised(case, key) for key in keys]
    scores = []
    for i in range(len(case["rows"])):
        asked = sum(codes[i] != "-" for _, codes, _ in columns)
        answers = [values[i] for _, _, values in columns if values[i] is not None]
        enough = answers and len(answers) >= math.ceil(asked / 2)
        scores.append(sum(answers) / len(answers) if enough else None)
    return columns[0][0]["min"], columns[0][0]["max"], scores


def present(values):
    return [v for v in values if v is not None]


def quality(case):
    experiences = [d for d in case["dimensions"] if d["facet"] == "experience"]
    scores = [person_means(case, d["items"]) for d in experiences]
    n = sum(any(s[i] is not None for _, _, s in scores) for i in range(len(case["rows"])))
    if n == 0:
        return undefined("no answers", 0)
    if any(not present(s) for _, _, s in scores):
        return undefined("a dimension has no answers", n)
    pomp = lambda v, low, high: 100 * (v - low) / (high - low)
    value, bounds, m = 0, np.zeros(2), len(scores)
    for low, high, s in scores:
        value += pomp(np.mean(present(s)), low, high) / m
        bounds += pomp(np.array(person_sequence(present(s), low, high, 0.05 / m)), low, high) / m
    return dict(value=float(value), n=n, ci95=bounds.tolist())


def sequence_report(case):
    items = {}
    for spec in case["items"]:
        item, _, values = polarised(case, spec["key"])
        x, top = present(values), item.get("top_box") or item["max"] - 1
        items[spec["key"]] = dict(mean=mean_figure(x, item["min"], item["max"]), top_box=share_figure([v >= top for v in x]))
    dimensions = {}
    for d in case["dimensions"]:
        low, high, scores = person_means(case, d["items"])
        dimensions[d["key"]] = mean_figure(present(scores), low, high)
    report = dict(alpha=0.05, items=items, dimensions=dimensions)
    if any(d["facet"] == "experience" for d in case["dimensions"]):
        report["quality"] = quality(case)
    outcomes = case["outcomes"]
    if outcomes.get("overall"):
        low, high, scores = person_means(case, outcomes["overall"])
        report["overall"] = mean_figure(present(scores), low, high)
    if outcomes.get("nps"):
        x = present(polarised(case, outcomes["nps"])[2])
        figure = mean_figure([1 if v >= 9 else -1 if v <= 6 else 0 for v in x], -1, 1)
        if "value" in figure:
            figure.update(value=100 * figure["value"], ci95=[100 * b for b in figure["ci95"]])
        report["nps"] = figure
    for key, codes in (("csat", 2), ("ces", 3)):
        if outcomes.get(key):
            item, _, values = polarised(case, outcomes[key])
            report[key] = share_figure([v >= item["max"] - codes + 1 for v in present(values)])
    return report


# ---- charts -------------------------------------------------------------------------------------------------------
D2 = 2 / math.sqrt(math.pi)


def signal(value, limits):
    return "high" if value > limits[1] else "low" if value < limits[0] else "none"


def moving(values):
    return np.abs(np.diff(np.array(values)))


def frozen(periods, ends, shares):
    x = [np.array(people, float) for _, people in periods]
    means = np.array([v.mean() for v in x])
    everybody = np.concatenate(x)
    grand = everybody.mean()
    if shares:
        unit = math.sqrt(grand * (1 - grand))
    else:
        unit = math.sqrt(sum(((v - v.mean()) ** 2).sum() for v in x) / sum(len(v) - 1 for v in x))
    z = [(m - grand) / (unit / math.sqrt(len(v))) for m, v in zip(means, x)] if unit else [0] * len(x)
    return dict(version=1, first=periods[0][0], last=periods[-1][0], points=len(x), people=len(everybody), ends=list(ends),
                centre=means.mean(), moving_range=moving(means).mean(), sigma=moving(means).mean() / D2, grand_mean=grand,
                unit=unit, sigma_z=moving(z).mean() / D2)


def ewma_chart(periods, means, base):
    points, z = [], base["centre"]
    for i, ((label, _), m) in enumerate(zip(periods, means), 1):
        z = 0.2 * m + 0.8 * z
        half = 3 * base["sigma"] * math.sqrt(0.2 / 1.8 * (1 - 0.8 ** (2 * i)))
        limits = [base["centre"] - half, base["centre"] + half]
        points.append(dict(period=label, value=z, limits=limits, signal=signal(z, limits)))
    return {"lambda": 0.2, "limit": 3.0, "points": points}


def cusum_chart(periods, means, base):
    points, hi, lo = [], 0.0, 0.0
    for (label, _), m in zip(periods, means):
        z = (m - base["centre"]) / base["sigma"]
        hi, lo = max(0.0, hi + z - 0.5), max(0.0, lo - z - 0.5)
        points.append(dict(period=label, high=hi, low=lo, signal="none" if max(hi, lo) <= 5 else "high" if hi >= lo else "low"))
    return dict(k=0.5, h=5.0, points=points)


def xmr_chart(periods, means, base):
    c, mr, s = base["centre"], base["moving_range"], base["sigma"]
    limits, points = [c - 3 * s, c + 3 * s], []
    for i, ((label, _), m) in enumerate(zip(periods, means)):
        point = dict(period=label, value=m, signal=signal(m, limits), range_signal="none")
        if i:
            r = abs(m - means[i - 1])
            point.update(moving_range=r, range_signal="high" if r > 3.267 * mr else "none")
        points.append(point)
    return dict(centre=c, moving_range=mr, sigma=s, limits=limits, limits_2_66=[c - 2.66 * mr, c + 2.66 * mr],
                moving_range_upper=3.267 * mr, points=points)


def chart_report(periods, ends, shares):
    charted = [(label, people) for label, people in periods if len(people)]
    means = [float(np.mean(people)) for _, people in charted]
    few = undefined("fewer than 20 points", len(charted))
    base = frozen(charted[:20], ends, shares) if len(charted) >= 20 else None
    flat = undefined("no variance", 20)
    points = []
    for label, people in periods:
        n = len(people)
        point = dict(period=label, n=n, mean=float(np.mean(people)) if n else undefined("no answers", 0), signal="none")
        bound = few if base is None else undefined("no answers", 0) if n == 0 else flat
        point.update(lower=bound, upper=bound)
        if n and base and base["unit"] * base["sigma_z"] > 0:
            half = 3 * base["sigma_z"] * base["unit"] / math.sqrt(n)
            lower, upper = max(ends[0], base["grand_mean"] - half), min(ends[1], base["grand_mean"] + half)
            point.update(lower=lower, upper=upper, signal=signal(np.mean(people), [lower, upper]))
        elif base and base["unit"] * base["sigma_z"] <= 0:
            point.update(lower=flat, upper=flat)
        points.append(point)
    if base is None:
        return dict(baseline=few, points=points, xmr=few, ewma=few, cusum=few)
    if base["sigma"] <= 0:
        return dict(baseline=base, points=points, xmr=flat, ewma=flat, cusum=flat)
    charts = dict(xmr=xmr_chart, ewma=ewma_chart, cusum=cusum_chart)
    return dict(baseline=base, points=points, **{name: chart(charted, means, base) for name, chart in charts.items()})


def chart_cases():
    cases = []

    def case(name, histograms, values, ends, shares=False):
        labels = [f"p{i:02}" for i in range(1, len(histograms) + 1)]
        people = [[v for v, c in zip(values, h) for _ in range(c)] for h in histograms]
        cases.append(dict(id="chart " + name, statistic="chart_report", kind="share" if shares else "nps" if ends[0] == -100 else "mean",
                          histograms=histograms, scale=list(ends), expected=chart_report(list(zip(labels, people)), ends, shares)))

    draw = lambda n, p: rng.multinomial(n, p).tolist()
    before, after = [0.03, 0.07, 0.15, 0.4, 0.35], [0.08, 0.14, 0.22, 0.36, 0.2]
    five = [draw(int(rng.integers(25, 160)), before) for _ in range(20)] + [draw(int(rng.integers(25, 160)), after) for _ in range(6)]
    case("means that fall", five[:6] + [[0] * 5] + five[6:], range(1, 6), (1, 5))
    case("of too few points", five[:8] + [[0] * 5], range(1, 6), (1, 5))
    case("of nobody", [[0] * 5] * 3, range(1, 6), (1, 5))
    case("unanimous", [[0, 0, 0, 0, 4 + i % 3] for i in range(20)], range(1, 6), (1, 5))
    case("periods alike", [[1, 0, 2, 0, 1]] * 20, range(1, 6), (1, 5))
    shares = [draw(int(rng.integers(20, 400)), [0.06, 0.94]) for _ in range(20)] + [[60, 240], [0, 0], [30, 70]]
    case("shares near the end", shares, (0, 1), (0, 1), True)
    nps = [draw(int(rng.integers(40, 90)), [0.2, 0.3, 0.5]) for _ in range(20)] + [draw(60, [0.1, 0.2, 0.7]) for _ in range(3)]
    case("net promoter scores that rise", nps, (-100, 0, 100), (-100, 100))
    return cases


own = json.load(open("own.json"))
reports = [dict(id="report " + case["id"], statistic="sequence_report", own=case["id"], expected=sequence_report(case)) for case in own["cases"]]
header = {
    "about": "confidence sequences and control charts of synthetic answers",
    "tool": f"Python {sys.version.split()[0]}; numpy {np.__version__}; scipy {scipy.__version__}; mpmath {mp.__version__}",
    "command": "python3 make_time.py > own_time.json",
    "tolerance": {"exact": 2e-12, "report": 1e-9, "chart": 1e-10},
}


def shorter(value):
    """Charts and reports are compared to nine or ten places: twelve are written."""
    if isinstance(value, dict):
        return {k: shorter(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [shorter(v) for v in value]
    return float(f"{value:.12g}") if isinstance(value, float) else value


cases = exact_cases() + shorter(reports + chart_cases())
lines = [json.dumps(case, default=lambda v: v.item() if isinstance(v, np.generic) else list(v), separators=(",", ":"))
         for case in cases]
print(json.dumps(header)[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}")
