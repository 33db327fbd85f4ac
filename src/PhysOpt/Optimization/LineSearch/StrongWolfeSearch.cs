namespace PhysOpt.Optimization.LineSearch;

/// <summary>Searches along a direction of descent for a point that satisfies the strong Wolfe conditions.</summary>
internal static class StrongWolfeSearch
{
    /// <summary>The largest number of points tried along one direction.</summary>
    internal const int MaximumTrials = 20;

    /// <summary>The longest step, in units of the direction, where nothing else bounds it.</summary>
    internal const double MaximumStep = 1e10;

    /// <summary>What came of a search.</summary>
    /// <param name="Point">The accepted point; null when no trial lowers the value enough.</param>
    /// <param name="AllNonFinite">True when the function was not finite at any of the trials.</param>
    /// <param name="IsCompromise">True for a point that lowers the value but does not satisfy the conditions: the search gave up.</param>
    internal readonly record struct Result(Point? Point, bool AllNonFinite, bool IsCompromise = false)
    {
        /// <summary>The largest decrease that the slope promises for a step at which the value is exactly the same: it cannot be told.
        /// </summary>
        internal double Untold { get; init; }
    }

    /// <summary>Searches from a point along a direction of descent d.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="from">The start.</param>
    /// <param name="direction">d.</param>
    /// <param name="slope">g'd, negative.</param>
    /// <param name="firstStep">The step to try first, in units of d.</param>
    /// <param name="longestStep">The step at which the objective's bounds are met, in units of d.</param>
    /// <param name="target">Exactly the point at step 1, whose bounds x + d may miss by rounding; null for x + d.</param>
    internal static Result Find(IDifferentiable f, Point from, Vector direction, double slope, double firstStep,
        double longestStep = MaximumStep, double[]? target = null)
    {
        var search = new MoreThuente(from.Value, slope, firstStep, longestStep);
        Point? best = null;
        var (tried, finite, untold) = (0, 0, 0.0);
        for (var trial = 0; trial < MaximumTrials; trial++)
        {
            var step = search.Step;
            var x = step == 1 && target is not null ? new Vector(target) : f.Bounds.Step(from.X, step, direction);
            if (x.Equals(from.X)) break; // the step has shrunk below the spacing of numbers
            var point = f.At(x);
            tried++;
            if (double.IsNegativeInfinity(point.Value)) return new(point, false);
            var slopeThere = double.IsFinite(point.Value) ? point.Gradient.Dot(direction) : double.NaN;
            // a finite slope has no other components
            if (!double.IsFinite(slopeThere) && (!double.IsFinite(point.Value) || !point.Gradient.IsFinite))
            {
                search.Forbid();
                continue;
            }

            finite++;
            if (point.Value == from.Value) untold = double.Max(untold, -slope * step);
            // the slope's share may have rounded away: equal is not lower
            if (point.Value <= search.SufficientValue(step) && point.Value < (best ?? from).Value) best = point;
            var verdict = search.Advance(point.Value, slopeThere);
            if (verdict == MoreThuente.Verdict.Accept) return new(point, false);
            if (verdict == MoreThuente.Verdict.GiveUp) break;
        }

        return new(best, tried > 0 && finite == 0, IsCompromise: true) { Untold = untold };
    }
}
