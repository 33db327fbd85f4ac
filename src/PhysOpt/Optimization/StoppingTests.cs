using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>The tests of an iteration that end a run. A test whose option is null is not made.</summary>
/// <param name="options">The tolerances, targets and limits.</param>
/// <param name="budget">The evaluations that are left.</param>
/// <param name="firstIteration">The number of the iteration that the run began with: limits are of further ones.</param>
internal sealed class StoppingTests(OptimizationOptions options, EvaluationBudget budget, int firstIteration)
{
    /// <summary>So many times its size, and the loss's, at the start: a run on its way to minus infinity, which a linear loss never
    /// overflows to.</summary>
    const double Endless = 1e20;

    const double OfPole = 0.1; // of the loss, that a change of x by itself would change it by: p where the loss goes as x^-p

    /// <summary>The loss has got where it was to get, or is unbounded; null otherwise.</summary>
    internal TerminationReason? Target(IterationRecord now, SearchStart? first) =>
        now.Loss <= options.LossTarget ? TerminationReason.LossTarget
        : first is not null && now.Loss < first.Loss && now.Loss <= -Endless * double.Abs(first.Loss)
            && (now.X.InfinityNorm >= Endless * (first.X.InfinityNorm is var size and > 0 ? size : 1) || IsNextToPole(now, first.X))
            ? TerminationReason.Unbounded
        : null;

    /// <summary>True where a variable has become next to nothing, and the loss goes as one of its negative powers.</summary>
    static bool IsNextToPole(IterationRecord now, Vector start)
    {
        for (var i = 0; i < start.Count; i++)
        {
            if (double.Abs(now.X[i]) <= double.Abs(start[i]) / Endless
                && double.Abs(now.Gradient?[i] ?? 0) * double.Abs(now.X[i]) >= OfPole * double.Abs(now.Loss)) return true;
        }

        return false;
    }

    /// <summary>The first tolerance that is met; null where none is.</summary>
    /// <param name="now">The iteration.</param>
    /// <param name="previous">The one before; null at the start.</param>
    internal TerminationReason? Convergence(IterationRecord now, IterationRecord? previous) =>
        now.GradientNorm <= options.GradientTolerance ? TerminationReason.GradientTolerance
        : previous is null ? null
        : now.StepNorm <= options.StepTolerance ? TerminationReason.StepTolerance
        : RelativeChange(previous.Loss, now.Loss) <= options.LossTolerance ? TerminationReason.LossTolerance
        : null;

    /// <summary>The limit that is reached; Running where none is.</summary>
    internal TerminationReason Limit(IterationRecord now) =>
        IsLastIteration(now) ? TerminationReason.IterationLimit
        : budget.IsExhausted ? TerminationReason.EvaluationLimit
        : TerminationReason.Running;

    /// <summary>True when no further iteration is allowed.</summary>
    internal bool IsLastIteration(IterationRecord now) => now.Iteration - firstIteration >= options.MaxIterations;

    static double RelativeChange(double before, double after) =>
        double.Abs(before - after) / double.Max(double.Max(double.Abs(before), double.Abs(after)), 1);
}
