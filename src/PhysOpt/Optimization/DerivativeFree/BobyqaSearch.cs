using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// The search of BOBYQA as a conversation: it says where the next value is wanted, and is told the value. What it does depends on nothing
/// but the start, the bounds and the values.
/// </summary>
/// <remarks>
/// Powell (2009), "The BOBYQA algorithm for bound constrained optimization without derivatives", DAMTP 2009/NA06. Lengths are in the sizes
/// of the variables. Values are kept times a power of two that brings their differences near 1.
/// </remarks>
internal sealed partial class BobyqaSearch : IValueSearch
{
    /// <summary>A step that is shorter than this part of rho tells nothing new.</summary>
    const double ShortPart = 0.5;

    const double FarBeside = 1e-3; // the square of a step beside that of x_opt, for which the origin is taken to x_opt
    const double PoorRatio = 0.1, GoodRatio = 0.7;

    readonly double firstRadius, lastRadius, first; // value
    readonly InterpolationSet set;
    readonly InterpolationModel model;
    readonly BoxedStep inside;
    readonly GeometryStep geometry;
    readonly double[] lower, upper, trial; // relative to the origin
    readonly double[] latest, lowestAt; // points by themselves
    readonly IEnumerator<bool> conversation;
    readonly double[] errors = new double[3]; // of the newest models: |F - Q|
    ScaledBox box;
    double told, rho, delta;
    int failures; // in a row
    int errorsAtLast; // at the last rho
    int sinceLong; // values since a step longer than rho
    bool isRescued; // since the last value
    int doubts; // in a row that the model is not the best interpolant

    /// <param name="bounds">The bounds of x.</param>
    /// <param name="start">Where the search begins, within the bounds.</param>
    /// <param name="value">The loss there.</param>
    /// <param name="firstRadius">The first rho, in sizes of the variables.</param>
    /// <param name="lastRadius">The last rho.</param>
    internal BobyqaSearch(Bounds bounds, Vector start, double value, double firstRadius, double lastRadius)
    {
        box = new(bounds, start);
        (this.firstRadius, this.lastRadius) = (firstRadius, lastRadius);
        set = new(box.Count);
        model = new(set);
        (lower, upper, trial, latest) = (new double[box.Count], new double[box.Count], new double[box.Count], new double[box.Count]);
        (isNew, lowestAt) = (new bool[set.Count], (double[])box.Start.Clone());
        inside = new(set, model, lower, upper);
        geometry = new(set, lower, upper);
        box.Start.CopyTo(set.Origin, 0);
        set.Values[0] = first = lowest = value;
        SetBounds();
        conversation = Search().GetEnumerator();
    }

    /// <inheritdoc/>
    public Vector? Next()
    {
        if (failures > MostFailures * (box.Count + 1))
        {
            Reason = TerminationReason.NonFinite;
            return null;
        }

        if (!conversation.MoveNext()) return null;
        for (var i = 0; i < latest.Length; i++)
            latest[i] = trial[i] <= lower[i] ? box.Lower[i] : trial[i] >= upper[i] ? box.Upper[i] : set.Origin[i] + trial[i];
        return box.Unscaled(latest);
    }

    /// <inheritdoc/>
    public void Tell(double value)
    {
        told = value;
        hasValue |= double.IsFinite(value);
        failures = double.IsFinite(value) ? 0 : failures + 1;
        if (!(value < lowest)) return;
        lowest = value;
        latest.CopyTo(lowestAt, 0);
    }

    /// <summary>The first points; then passes, from rho to the last radius, until a second look from its end finds nothing more.</summary>
    IEnumerable<bool> Search()
    {
        if (box.Count == 0)
        {
            (Reason, Note) = (TerminationReason.LossTolerance, "the bounds leave no other point");
            yield break;
        }

        foreach (var each in FirstSet()) yield return each;
        if (!hasValue)
        {
            Reason = TerminationReason.NonFinite;
            yield break;
        }

        if (isLevel)
        {
            (Reason, Note) = (TerminationReason.Flat, "the loss is the same wherever it was looked at; start where it depends on x");
            yield break;
        }

        (rho, delta) = (firstRadius, firstRadius);
        for (var passes = 1; ; passes++)
        {
            var before = set.Values[set.Best];
            foreach (var each in Pass()) yield return each;
            var gained = before - set.Values[set.Best];
            scatter = rho <= lastRadius ? ScatterAtLast : 0;
            if (Scatters) (Reason, Note) = (TerminationReason.StepCollapsed, ScatterNote);
            else if (set.Values[set.Best] <= -Largest)
            {
                (Reason, Note) = (TerminationReason.StepCollapsed, "the loss has fallen so far that models no longer tell it apart");
            }
            else if (passes >= MostPasses) (Reason, Note) = (TerminationReason.StepCollapsed, CrawlNote);
            else if (passes > 1 && gained <= LeastGain(set.Values[set.Best])) (Reason, Note) = (TerminationReason.LossTolerance, EndNote);
            else
            {
                foreach (var each in SecondLook()) yield return each;
                inside.Find(delta);
                if (!hasValue) Reason = TerminationReason.NonFinite;
                else if (!foundLower && SpanKernel.Norm(inside.Step) < ShortPart * rho)
                    (Reason, Note) = (TerminationReason.LossTolerance, EndNote);
            }

            if (Reason == TerminationReason.LossTolerance)
            {
                foreach (var each in CloseLook()) yield return each;
            }

            if (Reason == TerminationReason.LossTolerance && (foundLower || Rescale()))
            {
                (Reason, Note) = (TerminationReason.Running, null);
                foreach (var each in SecondLook()) yield return each;
            }

            if (Reason != TerminationReason.Running) yield break;
        }
    }

    /// <summary>From a rho to the last one. The steps are those of BOBYQB in Powell (2009).</summary>
    IEnumerable<bool> Pass()
    {
        while (true)
        {
            inside.Find(delta);
            var step = inside.Step;
            var length = double.Min(delta, SpanKernel.Norm(step));
            var (isShort, ratio, distance) = (ShortPart * rho > length, 0.0, 10 * rho);
            if (isShort)
            {
                if (sinceLong > 2 && AreErrorsSmall()) distance = double.PositiveInfinity;
            }
            else
            {
                RecentreFor(length);
                set.Weigh(step);
                var t = Replaceable(set.Optimum, mayBeBest: false);
                if (t < 0)
                {
                    if (isRescued) yield break; // rounding leaves no better points
                    foreach (var each in Rescue()) yield return each;
                    continue;
                }

                var (best, predicted) = (set.Values[set.Best], model.Change(step));
                SpanKernel.Combine(1, set.Optimum, 1, step, trial);
                yield return true;
                var value = Value(told);
                ratio = (value - best) / predicted;
                delta = NextRadius(ratio, length);
                if (value < best && Replaceable(trial, mayBeBest: true) is >= 0 and var better) t = better;
                Include(t, step, value, value - best - predicted, length);
                Doubt();
                if (value <= best + PoorRatio * predicted) continue;
                distance = double.Max(2 * delta, 10 * rho);
            }

            if (Farthest(distance) is >= 0 and var far)
            {
                var away = Distance(far, set.Optimum);
                if (isShort)
                {
                    delta = double.Min(0.1 * delta, 0.5 * away);
                    if (delta <= 1.5 * rho) delta = rho;
                }

                var move = Improving(far, double.Max(double.Min(0.1 * away, delta), rho));
                if (move is null)
                {
                    if (isRescued) yield break;
                    foreach (var each in Rescue()) yield return each;
                    continue;
                }

                var (best, predicted) = (set.Values[set.Best], model.Change(move));
                SpanKernel.Combine(1, set.Optimum, 1, move, trial);
                yield return true;
                var value = Value(told);
                Include(far, move, value, value - best - predicted, SpanKernel.Norm(move));
                continue;
            }

            if (!isShort && (ratio > 0 || double.Max(delta, length) > rho)) continue;
            if (rho > lastRadius)
            {
                Shorten();
                continue;
            }

            if (!isShort) yield break;
            var (last, promised) = (set.Values[set.Best], model.Change(step));
            SpanKernel.Combine(1, set.Optimum, 1, step, trial);
            yield return true;
            set.Weigh(step); // the short step that was not worth a value on the way
            if (Value(told) is var end && Replaceable(trial, mayBeBest: true) is >= 0 and var place)
                Include(place, step, end, end - last - promised, length);
            yield break;
        }
    }

    /// <summary>The step that improves the place of a far point; null where rounding has spoilt it.</summary>
    double[]? Improving(int far, double radius)
    {
        RecentreFor(radius);
        geometry.Find(far, radius);
        var move = geometry.Step;
        set.Weigh(move);
        if (set.Denominator(far) < geometry.CauchySquare)
        {
            move = geometry.Cauchy;
            set.Weigh(move);
        }

        return set.Denominator(far) > 0.5 * set.Lagrange[far] * set.Lagrange[far] ? move : null;
    }

    /// <summary>Delta after a trust region step.</summary>
    double NextRadius(double ratio, double length)
    {
        var next = ratio <= PoorRatio ? double.Min(delta / 2, length) : double.Max(delta / 2, ratio <= GoodRatio ? length : 2 * length);
        return next <= 1.5 * rho ? rho : next;
    }

    /// <summary>The next rho: a tenth, but by less where the last one is near.</summary>
    void Shorten()
    {
        var part = rho / lastRadius;
        delta = rho / 2;
        rho = part <= 16 ? lastRadius : part <= 250 ? double.Sqrt(part) * lastRadius : rho / 10;
        delta = double.Max(delta, rho);
        sinceLong = 0;
    }

    /// <summary>
    /// True where the newest models were in error by less than the curvature would make of a step of length rho, so that it is rho that is
    /// too long, and not the model that is wrong.
    /// </summary>
    bool AreErrorsSmall()
    {
        var largest = double.Max(errors[0], double.Max(errors[1], errors[2]));
        if (inside.Curvature > 0 && largest > rho * rho * inside.Curvature / 8) return false;
        var least = largest / rho;
        for (var i = 0; i < trial.Length; i++)
        {
            var to = set.Optimum[i] + inside.Step[i];
            var slope = to <= lower[i] ? inside.Gradient[i] : to >= upper[i] ? -inside.Gradient[i] : least;
            if (slope < least && slope + model.Curvature(i) * rho / 2 < least) return false;
        }

        return true;
    }
}
