using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <content>The first points, and those that come in place of what rounding has spoilt.</content>
internal sealed partial class BobyqaSearch
{
    const int MostTries = 8; // for a point that has a value
    const int MostFailures = 16; // in a row, per variable
    const double Closer = 0.25; // the part of its distance at which the next try is
    const double Growth = 16; // of the first radius, where all values are one
    const int MostGrowths = 3;
    const int MostRescalings = 3;
    const double LeastDenominator = 0.01; // beside the square of the largest Lagrange function, for a point that is kept

    readonly bool[] isNew; // points of a rescue that have no value yet
    int rescalings;
    bool isLevel; // all first values are one

    /// <summary>Two points on each axis about the origin, and the model of parabolas along them.</summary>
    IEnumerable<bool> FirstSet()
    {
        var n = trial.Length;
        double[] first = new double[n], second = new double[n];
        for (var growths = 0; growths <= MostGrowths; growths++)
        {
            for (var i = 0; i < n; i++)
            {
                (first[i], second[i]) = Offsets(firstRadius * double.Pow(Growth, growths), lower[i], upper[i]);
                foreach (var each in OnAxis(i, first, 1 + i, avoided: 0)) yield return each;
                foreach (var each in OnAxis(i, second, 1 + n + i, avoided: first[i])) yield return each;
            }

            isLevel = set.Values.All(value => value == set.Values[0] || double.IsNaN(value));
            if (!isLevel || !hasValue || IsBoxed(firstRadius * double.Pow(Growth, growths))) break;
        }

        Array.Clear(trial);
        set.Reset(first, second);
        exponent = Exponent();
        for (var k = 0; k < set.Count; k++) set.Values[k] = Value(set.Values[k]);
        var bad = Bad();
        for (var k = 0; k < set.Count; k++)
        {
            if (!double.IsFinite(set.Values[k])) set.Values[k] = bad;
            if (set.Values[k] < set.Values[set.Best]) set.Prefer(k);
        }

        model.Reset();
    }

    /// <summary>True where the bounds leave no room beyond a radius.</summary>
    bool IsBoxed(double radius)
    {
        for (var i = 0; i < trial.Length; i++)
        {
            if (upper[i] - lower[i] > 2 * radius) return false;
        }

        return true;
    }

    /// <summary>A value on an axis; where there is none, closer and on the other side.</summary>
    IEnumerable<bool> OnAxis(int i, double[] offsets, int k, double avoided)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            Array.Clear(trial);
            trial[i] = offsets[i];
            yield return true;
            set.Values[k] = told;
            if (double.IsFinite(told)) yield break;
            var other = -offsets[i] * (tries % 2 == 0 ? 1 : Closer);
            if (other < lower[i] || other > upper[i] || other == avoided) other = Closer * offsets[i];
            if (other == avoided) other *= Closer;
            if (tries < MostTries - 1) offsets[i] = other;
        }
    }

    /// <summary>Two distances on an axis, both sides of x_0 where there is room, and none shorter than half the radius.</summary>
    static (double First, double Second) Offsets(double radius, double lower, double upper)
    {
        radius = double.Min(radius, (upper - lower) / 2);
        if (upper >= radius && -lower >= radius) return (radius, -radius);
        var side = upper >= radius ? 1 : -1;
        var (here, there) = side > 0 ? (-lower, upper) : (upper, -lower);
        return (side * radius, here >= radius / 2 ? -side * here : side * double.Min(2 * radius, there));
    }

    /// <summary>
    /// New points about x_opt on the axes, in place of which as many of the old ones come back as keep the set well conditioned; the others
    /// get values. The model keeps its Hessian. After RESCUE of Powell (2009).
    /// </summary>
    IEnumerable<bool> Rescue()
    {
        isRescued = true;
        var n = trial.Length;
        Recentre();
        var old = Enumerable.Range(0, set.Count).Where(k => k != set.Best).OrderBy(k => Distance(k, set.Optimum))
            .Select(k => (Point: set.Point(k).ToArray(), Value: set.Values[k])).ToArray();
        Renew(delta);
        foreach (var (point, value) in old)
        {
            set.Weigh(point);
            var (found, denominator, largest) = (-1, 0.0, 0.0);
            for (var k = 0; k < set.Count; k++)
            {
                largest = double.Max(largest, set.Lagrange[k] * set.Lagrange[k]);
                if (isNew[k] && set.Denominator(k) > denominator) (found, denominator) = (k, set.Denominator(k));
            }

            if (found < 0 || denominator < LeastDenominator * largest) continue;
            set.Replace(found, point);
            (set.Values[found], isNew[found]) = (value, false);
        }

        foreach (var each in Fill()) yield return each;
    }

    /// <summary>
    /// New points all about the lowest one, far beside the last rho, for a model that has seen as much and still knows its Hessian; and
    /// some in directions that no axis shows, as at a saddle.
    /// </summary>
    IEnumerable<bool> SecondLook()
    {
        foundLower = hasValue = false;
        rho = delta = double.Min(firstRadius, LookRadius);
        GoToLowest();
        Renew(delta);
        var before = set.Values[0];
        foreach (var each in Fill()) yield return each;
        var n = trial.Length;
        for (var k = 0; k < int.Min(MostDiagonals, n < 2 ? 0 : 1 << (n - 1)) && !foundLower; k++)
        {
            for (var side = -1; side <= 1; side += 2)
            {
                for (var i = 0; i < n; i++)
                {
                    var sign = i > 0 && (Mixed(k, i) & 1) != 0 ? -side : side;
                    trial[i] = double.Clamp(sign * delta, lower[i] - set.Optimum[i], upper[i] - set.Optimum[i]);
                }

                var move = (double[])trial.Clone();
                SpanKernel.Combine(1, set.Optimum, 1, move, trial);
                var (best, predicted) = (set.Values[set.Best], model.Change(move));
                yield return true;
                if (Value(told) is var value && value < best - LeastGain(best))
                {
                    foundLower = true;
                    set.Weigh(move);
                    if (Replaceable(trial, mayBeBest: true) is >= 0 and var t)
                        Include(t, move, value, value - best - predicted, SpanKernel.Norm(move));
                    break;
                }
            }
        }

        foundLower |= set.Values[set.Best] < before - LeastGain(before);
    }

    /// <summary>Values right beside the lowest point, as at the edge of a domain, where models of all radii were in error.</summary>
    IEnumerable<bool> CloseLook()
    {
        foundLower = false;
        var rises = new List<double>();
        for (var k = 0; k < 2 * trial.Length && !foundLower; k++)
        {
            var (i, best) = (k / 2, set.Values[set.Best]);
            set.Optimum.CopyTo(trial, 0);
            trial[i] = double.Clamp(trial[i] + (k % 2 == 0 ? CloseRadius : -CloseRadius), lower[i], upper[i]);
            if (trial[i] == set.Optimum[i]) continue;
            yield return true;
            foundLower = Value(told) < best - LeastGain(best);
            rises.Add(double.Abs(Value(told) - best));
        }

        rises.Sort();
        if (foundLower || rises.Count == 0 || rises[(rises.Count - 1) / 2] <= PartOfClose * Gained) yield break;
        scatter = rises[(rises.Count - 1) / 2];
        (Reason, Note) = (TerminationReason.StepCollapsed, ScatterNote);
    }

    /// <summary>The origin becomes the lowest point of all, which rounding may have kept out of the set.</summary>
    void GoToLowest()
    {
        Recentre();
        model.ReleaseAll();
        var move = lowestAt.ToArray();
        SpanKernel.Combine(1, lowestAt, -1, set.Origin, move);
        model.Move(move);
        lowestAt.CopyTo(set.Origin, 0);
        SetBounds();
        set.Values[set.Best] = Value(lowest);
    }

    /// <summary>
    /// Takes the sizes of the variables anew, where a start at 0 did not tell them, or they have become others: true where that is so.
    /// </summary>
    bool Rescale()
    {
        var x = box.Unscaled(lowestAt);
        var resized = box.ResizedFor(x);
        if (ReferenceEquals(resized, box) || rescalings++ == MostRescalings) return false;
        GoToLowest();
        double[] factors = [.. Enumerable.Range(0, trial.Length).Select(i => resized.Size(i) / box.Size(i))];
        model.Rescale(factors);
        box = resized;
        box.Scaled(x).CopyTo(lowestAt, 0);
        lowestAt.CopyTo(set.Origin, 0);
        SetBounds();
        return true;
    }

    /// <summary>Bits of a pattern: all of them for few variables.</summary>
    static int Mixed(int pattern, int i) => i <= 3 ? pattern >> (i - 1) : (pattern + 1) * (i * 7919 + 104729) >> 7;

    /// <summary>The points on the axes about x_opt, which is the origin, without values.</summary>
    void Renew(double radius)
    {
        var n = trial.Length;
        model.ReleaseAll();
        double[] first = new double[n], second = new double[n];
        for (var i = 0; i < n; i++) (first[i], second[i]) = Offsets(radius, lower[i], upper[i]);
        var best = set.Values[set.Best];
        set.Reset(first, second);
        set.Values[0] = best;
        set.Prefer(0);
        Array.Fill(isNew, true);
        isNew[0] = false;
    }

    /// <summary>Values for the points that have none, each of which corrects the model.</summary>
    IEnumerable<bool> Fill()
    {
        for (var k = 0; k < set.Count; k++)
        {
            if (!isNew[k]) continue;
            set.Point(k).CopyTo(trial);
            yield return true;
            var move = set.Point(k).ToArray();
            SpanKernel.Combine(1, move, -1, set.Optimum, move);
            var (value, best) = (Value(told), set.Values[set.Best]);
            var error = value - best - model.Change(move);
            Remember(error);
            (set.Values[k], isNew[k]) = (value, false);
            model.Correct(k, error);
            if (!(value < best)) continue;
            model.Move(move);
            set.Prefer(k);
        }
    }
}
