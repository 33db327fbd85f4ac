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

    /// <summary>The loss has got where it was to get, or is unbounded; null otherwise.</summary>
    internal TerminationReason? Target(IterationRecord now, SearchStart? first) =>
        now.Loss <= options.LossTarget ? TerminationReason.LossTarget
        : first is not null && now.Loss < first.Loss && now.Loss <= -Endless * double.Abs(first.Loss)
            && now.X.InfinityNorm >= Endless * (first.X.InfinityNorm is var size and > 0 ? size : 1) ? TerminationReason.Unbounded
        : null;

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
