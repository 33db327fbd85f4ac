using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.LineSearch;

namespace PhysOpt.Analysis;

/// <summary>
/// The length of the step from a start to the minimum of the quadratic model along steepest descent, |g| / |d'Hd| with d = -g/|g|: how far
/// the derivatives there say that it is worth going, in units of x.
/// </summary>
/// <remarks>
/// No unit of L or y changes it, and one unit for all of x makes it what it is in that unit. Where the model curves downwards, the size of
/// its curvature counts. It is halved until the loss falls. Variables at a bound that holds them stay there. On a convex quadratic Newton's
/// step is no shorter: Nocedal and Wright (2006), lemma 4.2. A. Cauchy (1847).
/// </remarks>
internal static class CauchyStep
{
    /// <summary>The length; null where there is no way down, or not before the limit of evaluations.</summary>
    /// <param name="problem">The problem, from its InitialGuess.</param>
    /// <param name="options">Where derivatives come from.</param>
    /// <param name="budget">Counts the evaluations.</param>
    /// <param name="token">Stops it.</param>
    internal static double? Length(OptimizationProblem problem, OptimizationOptions options, EvaluationBudget budget,
        CancellationToken token)
    {
        var f = (IHessianProduct)Objectives.Create(problem, options with { Observer = null }, budget, token, start: problem.InitialGuess);
        try
        {
            var at = f.At(f.Project(problem.InitialGuess));
            if (!double.IsFinite(at.Value) || !at.Gradient.IsFinite) return null;
            var downhill = Vector.Zero(at.X.Count).ToArray();
            foreach (var i in f.Bounds.Free(at.X, at.Gradient)) downhill[i] = -at.Gradient[i];
            var slope = new Vector(downhill).Norm;
            if (!(slope > 0)) return null;
            var direction = 1 / slope * new Vector(downhill);
            var length = slope / double.Abs(direction.Dot(f.HessianTimes(at, direction)));
            if (!double.IsFinite(length)) length = FirstLength.Of(at.X); // a loss without curvature, or whose curvature is not known
            return Backtracking.Find(f, at, direction, length).Point is { } next ? (next.X - at.X).Norm : null;
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return null;
        }
        catch (EvaluationException)
        {
            return null; // the runs will say where and why
        }
    }
}
