using System.Diagnostics;
using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>The records of a run, with what it has spent so far: a run that resumes counts on.</summary>
/// <param name="problem">The problem.</param>
/// <param name="method">The method's name.</param>
/// <param name="run">The number of the run.</param>
/// <param name="budget">What was evaluated.</param>
/// <param name="resumed">The record that the run resumes from; null for one that starts.</param>
internal sealed class RunRecords(OptimizationProblem problem, string method, int run, EvaluationBudget budget, IterationRecord? resumed)
{
    /// <summary>The norm of the (projected) gradient at x; null for a method that uses no gradient.</summary>
    internal required Func<Vector, Vector, double>? GradientNorm { get; init; }

    /// <summary>What the states of the run are reached with.</summary>
    internal required Origin? Origin { get; init; }

    /// <summary>Runs while a record is being made.</summary>
    internal Stopwatch Clock { get; } = new();

    /// <summary>The record of an iteration.</summary>
    /// <param name="state">The method's state, at the accepted point.</param>
    /// <param name="iteration">k.</param>
    /// <param name="step">The step that led there; null at the start.</param>
    internal IterationRecord Of(IMethodState state, int iteration, Vector? step)
    {
        var gradient = GradientNorm is not null && double.IsFinite(state.At.Value) ? state.At.Gradient : null;
        return Of(state.At, iteration, step, gradient, new(state, Origin));
    }

    /// <summary>The record of a start that cannot be resumed from: its gradient is not known, or it is not finite.</summary>
    internal IterationRecord OfUnusableStart(IMethodState state, TerminationReason reason) => reason == TerminationReason.NonFinite
        ? Of(state, 0, null) with { Status = reason, Continuation = default }
        : Of(state.At, 0, null, gradient: null, default) with { Status = reason };

    /// <summary>The last good record once more, with what was spent since, and why there is no next one.</summary>
    internal IterationRecord Again(IterationRecord last, TerminationReason reason) => last with
    {
        Status = reason,
        Evaluations = Evaluations,
        GradientEvaluations = GradientEvaluations,
        Elapsed = Elapsed,
    };

    /// <summary>A last record at a point that the method is not at, with what is known there.</summary>
    internal IterationRecord At(Point point, int iteration, Vector? step, TerminationReason reason) =>
        Of(point, iteration, step, point.KnownGradient, default) with { Status = reason };

    IterationRecord Of(Point point, int iteration, Vector? step, Vector? gradient, Continuation continuation) => new()
    {
        Method = method,
        Run = run,
        Iteration = iteration,
        Loss = point.Value,
        X = point.X,
        Y = point.Y,
        Gradient = gradient,
        GradientNorm = gradient is null ? null : GradientNorm!(point.X, gradient),
        Step = step,
        StepNorm = step?.Norm ?? 0,
        Evaluations = Evaluations,
        GradientEvaluations = GradientEvaluations,
        Elapsed = Elapsed,
        Problem = problem,
        Continuation = continuation,
    };

    long Evaluations => (resumed?.Evaluations ?? 0) + budget.Evaluations;

    long GradientEvaluations => (resumed?.GradientEvaluations ?? 0) + budget.GradientEvaluations;

    TimeSpan Elapsed => (resumed?.Elapsed ?? TimeSpan.Zero) + Clock.Elapsed;
}
