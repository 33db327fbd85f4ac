using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>A function at one point, outside of any run: value and derivatives are confirmed there by the function itself.</summary>
internal static class ConfirmedPoint
{
    /// <summary>The point of an objective at x, by the functions themselves where their traces say something else there.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="x">The point.</param>
    /// <param name="options">Who is told, and whether differences will do.</param>
    /// <exception cref="EvaluationException">A function failed there; or exact derivatives were asked for, and are not to be had:
    /// TraceContradicted.</exception>
    internal static Point Of(IObjective objective, Vector x, OptimizationOptions options)
    {
        while (true)
        {
            var point = objective.At(x);
            point.ThrowIfFailed();
            if (objective is not IResumable { Parts: { } parts } traced || !parts.AreInUse(point)) return point;
            var found = parts.Value(point, out var itself);
            if (found is null && double.IsFinite(point.Value))
            {
                _ = point.Gradient;
                found = parts.Slope(point, itself, null, null, objective.Bounds, out var verdict);
                if (found is null) Tell(options, verdict, x);
            }

            if (found is null) return point;
            GiveUp(found, options);
            traced.Forget();
        }
    }

    /// <summary>The value of a map at x, after it was confirmed, and its Jacobian along a direction too.</summary>
    /// <param name="map">The map.</param>
    /// <param name="x">The point.</param>
    /// <param name="options">Who is told, and whether differences will do.</param>
    /// <param name="lower">The lower bounds, or null.</param>
    /// <param name="upper">The upper bounds, or null.</param>
    /// <exception cref="EvaluationException">Exact derivatives were asked for, and are not to be had: TraceContradicted.</exception>
    internal static Vector Of(CompletedMap map, Vector x, OptimizationOptions options, Vector? lower, Vector? upper)
    {
        if (map.Confirmable is { } traced && traced.RunsInPlaceAt(x))
        {
            var (itself, contradiction) = traced.Confirm(x);
            if (contradiction is null && itself is { IsFinite: true } y)
            {
                var weights = SlopeDirections.Seeded(y, VariableSizes.Of(y, null), null, null);
                weights = new(weights.Select(size => 1 / size)); // outputs have units of their own
                var sizes = VariableSizes.Of(x, null);
                var outcome = new SlopeCheck(at => Weighed(map, at, weights), at => map.OwnGradient(at, weights), sizes, lower, upper)
                    .Along(x, y.Dot(weights), map.VectorJacobianProduct(x, y, weights),
                        SlopeDirections.Seeded(x, sizes, lower, upper));
                if (outcome.Verdict == SlopeVerdict.Contradicts) traced.GiveUp(contradiction = SlopeWords.Of(outcome, y.Count));
                else if (outcome.Verdict == SlopeVerdict.Agrees) traced.NoteSlope(x);
                if (contradiction is null) Tell(options, outcome.Verdict, x);
            }

            if (contradiction is not null) GiveUp(new(map.Role, contradiction, x), options);
        }

        return map.Evaluate(x);
    }

    static double Weighed(CompletedMap map, Vector x, Vector weights)
    {
        try
        {
            return map.EvaluateItself(x).Dot(weights);
        }
        catch (EvaluationException)
        {
            return double.NaN;
        }
    }

    static void Tell(OptimizationOptions options, SlopeVerdict verdict, Vector x) => options.Observer?.Explain(
        (verdict == SlopeVerdict.Agrees ? "Value and slope are" : "The value is")
        + $" confirmed by the function itself, {SlopeWords.Place(x)}.");

    /// <summary>That a trace was given up; an error where nothing but exact derivatives will do.</summary>
    internal static void GiveUp(Contradiction found, OptimizationOptions options)
    {
        if (options.Derivative == DerivativeSource.Traced) throw found.Error();
        options.Observer?.Contradict($"{found.Sentence} The trace is given up: derivatives are finite differences of {found.Role} itself.");
    }
}
