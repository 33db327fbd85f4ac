using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.LineSearch;

/// <summary>
/// Shortens a step d until the value falls enough: the largest a in 1, 1/2, 1/4, ... with f(x(a)) &lt;= f(x) + c g'(x(a) - x), where x(a)
/// is x + a d projected onto the bounds. Armijo (1966); along the projected path Bertsekas (1976).
/// </summary>
/// <remarks>One value for each trial, a gradient at none. A trial where the function is not finite counts as too long.</remarks>
internal static class Backtracking
{
    /// <summary>c: the share of the decrease that the slope predicts.</summary>
    internal const double SufficientDecrease = 1e-4;

    /// <summary>What came of a search.</summary>
    /// <param name="Point">The accepted point; null when no step along d lowers the value enough.</param>
    /// <param name="Factor">a.</param>
    /// <param name="AllNonFinite">True when the function was not finite at any of the trials.</param>
    internal readonly record struct Result(Point? Point, double Factor, bool AllNonFinite);

    /// <summary>Searches from a point along a direction.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="from">The start.</param>
    /// <param name="direction">d.</param>
    /// <param name="firstFactor">The a to try first.</param>
    internal static Result Find(IDifferentiable f, Point from, Vector direction, double firstFactor)
    {
        var (tried, finite) = (false, false);
        for (var factor = firstFactor; factor > 0; factor /= 2)
        {
            var x = f.Project(from.X.AddScaled(factor, direction));
            var slope = from.Gradient.Dot(x - from.X);
            if (!x.IsFinite) continue;
            if (!(slope < 0)) return new(null, factor, tried && !finite); // no descent, or the step is below the spacing of numbers
            var trial = f.At(x);
            if (double.IsNegativeInfinity(trial.Value)) return new(trial, factor, false);
            (tried, finite) = (true, finite || double.IsFinite(trial.Value));
            if (trial.Value <= from.Value + SufficientDecrease * slope) return new(trial, factor, false);
        }

        return new(null, 0, !finite);
    }
}
