namespace PhysOpt.Optimization;

/// <summary>What a run says, in words: suspicious input, remarkable steps, and why it ended.</summary>
/// <param name="problem">The problem.</param>
/// <param name="method">The method's name.</param>
/// <param name="keepsBounds">True when the method's points lie within the bounds.</param>
/// <param name="options">What the run was asked for, and who listens.</param>
internal sealed class RunReport(OptimizationProblem problem, string method, bool keepsBounds, OptimizationOptions options)
{
    readonly IRunObserver? observer = options.Observer;
    bool hasRemarked;

    /// <summary>Before iteration 0.</summary>
    /// <param name="start">The start within the bounds.</param>
    internal void Start(Vector start)
    {
        if (observer is null) return;
        if (!start.Equals(problem.InitialGuess))
            observer.Warn($"InitialGuess {problem.InitialGuess} lies outside the bounds; the run starts at {start}.");
        Bounds();
    }

    /// <summary>Says where bounds are not kept.</summary>
    internal void Bounds()
    {
        if (!keepsBounds && (problem.LowerBound ?? problem.UpperBound) is not null)
            observer?.Warn($"{method} does not keep its points within the bounds of '{problem.Name}'.");
    }

    /// <summary>Says where a start is stationary.</summary>
    internal void Stationary(IterationRecord start)
    {
        if (start.GradientNorm == 0)
            observer?.Warn("The gradient is zero at the start: the point is stationary, which may be a minimum, a maximum or a saddle.");
    }

    /// <summary>A remark on a step: the first of a run is a warning, the next ones say the same of other points.</summary>
    internal void Step(string? remark)
    {
        if (remark is null) return;
        if (hasRemarked) observer?.Explain(remark);
        else observer?.Warn(remark);
        hasRemarked = true;
    }

    /// <summary>How a saddle was escaped from.</summary>
    internal void Escape(string? remark)
    {
        if (remark is not null) observer?.Explain(remark);
    }

    /// <summary>
    /// Why the run ended: a warning where it did not converge and was not asked to end, otherwise an explanation. A failure is reported by
    /// its exception.
    /// </summary>
    internal void End(IterationRecord last, string? whyNoStep, bool hasFailed)
    {
        if (observer is null) return;
        var how = FormattableString.Invariant(
            $"iteration {last.Iteration} with {last.Status} at loss {last.Loss:G7}, {last.Evaluations} evaluations");
        var text = $"{method} on '{problem.Name}' ended after {how}: {whyNoStep ?? FormattableString.Invariant(Why(last))}.";
        if (last.Status.IsExpected() || hasFailed) observer.Explain(text);
        else observer.Warn(text);
    }

    FormattableString Why(IterationRecord record) => record.Status switch
    {
        TerminationReason.GradientTolerance => $"gradient norm {record.GradientNorm:G4} is at most {options.GradientTolerance}",
        TerminationReason.StepTolerance => $"step norm {record.StepNorm:G4} is at most {options.StepTolerance}",
        TerminationReason.LossTolerance => $"the loss changed by at most {options.LossTolerance:G4}, relatively",
        TerminationReason.LossTarget => $"the loss is at most {options.LossTarget}",
        TerminationReason.IterationLimit => $"{options.MaxIterations} iterations were allowed",
        TerminationReason.EvaluationLimit => $"{options.MaxEvaluations} evaluations were allowed",
        TerminationReason.NonFinite => $"the next point is NaN or infinite",
        TerminationReason.Unbounded => $"the loss goes to minus infinity",
        TerminationReason.LineSearchFailed => $"no step lowers the loss",
        TerminationReason.SingularHessian => $"the Hessian is singular",
        TerminationReason.OutOfRange => $"the inverse has no value at the next y",
        TerminationReason.Stopped => $"it was stopped",
        _ => $"a function of the problem failed",
    };
}
