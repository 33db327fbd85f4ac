using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>How and why a run ended, in words.</summary>
/// <param name="Last">Its last record.</param>
/// <param name="Problem">The problem's name.</param>
/// <param name="WhyNoStep">Why there was no further step, where the method said so; otherwise the status says it.</param>
/// <param name="Options">What the run was asked for.</param>
internal sealed record RunEnding(IterationRecord Last, string Problem, string? WhyNoStep, OptimizationOptions Options)
{
    /// <summary>What jumps beside the last point, where that is why there was no further step; null where nothing does.</summary>
    internal string? Jump { get; init; }

    /// <summary>The sentence.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Last.Method} on '{Problem}' ended after iteration {Last.Iteration} with {Last.Status} at loss {Last.Loss:G7}, ")
        + $"{Plural.Of(Last.Evaluations, "evaluation")}: {WhyNoStep ?? FormattableString.Invariant(Why)}.";

    FormattableString Why => Last.Status switch
    {
        TerminationReason.GradientTolerance when Last.GradientNorm == 0 => $"the gradient is zero",
        TerminationReason.GradientTolerance => $"gradient norm {Last.GradientNorm:G4} is at most {Options.GradientTolerance}",
        TerminationReason.StepTolerance => $"step norm {Last.StepNorm:G4} is at most {Options.StepTolerance}",
        TerminationReason.LossTolerance when Options.LossTolerance is not null =>
            $"the loss changed by at most {Options.LossTolerance:G4}, relatively",
        TerminationReason.LossTolerance => $"nothing is left to gain beyond rounding",
        TerminationReason.Flat => $"the loss hardly depends on some variables here",
        TerminationReason.StepCollapsed when Last.GradientNorm is null => $"steps have become too short to change x",
        TerminationReason.StepCollapsed =>
            $"steps have become too short to change x, and the gradient norm is still {Last.GradientNorm:G4}",
        TerminationReason.Saddle => $"the loss curves downwards where its gradient vanishes",
        TerminationReason.LossTarget => $"the loss is at most {Options.LossTarget}",
        TerminationReason.IterationLimit => $"{Allowed(Options.MaxIterations, "iteration")}",
        TerminationReason.EvaluationLimit => $"{Allowed(Options.MaxEvaluations ?? 0, "evaluation")}",
        TerminationReason.NonFinite => $"the loss is NaN or infinite wherever a next point was tried",
        TerminationReason.Unbounded => $"the loss goes to minus infinity",
        TerminationReason.LineSearchFailed => $"no step lowers the loss",
        TerminationReason.SingularHessian => $"the Hessian is singular",
        TerminationReason.OutOfRange => $"the inverse has no value at the next y",
        TerminationReason.Stopped => $"it was stopped",
        _ => $"a function of the problem failed",
    };

    static string Allowed(long count, string noun) => $"{Plural.Of(count, noun)} {(count == 1 ? "was" : "were")} allowed";
}
