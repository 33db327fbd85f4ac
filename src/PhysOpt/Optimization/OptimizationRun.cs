using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>One run of a method on an objective: what the loop carries from iteration to iteration.</summary>
internal sealed class OptimizationRun<TFunction, TState>(
    OptimizationProblem problem, TFunction objective, IMethod<TFunction, TState> method,
    OptimizationOptions options, EvaluationBudget budget, TState? resumed, CancellationToken token)
    where TFunction : class, IObjective
    where TState : class, IMethodState
{
    /// <summary>A run that gets down here is on its way to minus infinity. The limit of MATLAB's fminunc, ObjectiveLimit.</summary>
    const double UnboundedLoss = -1e20;

    static readonly bool UsesGradient = typeof(IDifferentiable).IsAssignableFrom(typeof(TFunction));

    readonly IterationRecord? before = resumed is null ? null : options.ResumeFrom; // what goes on counts on
    readonly Origin? origin = objective is IResumable known ? new(problem, known.Functions, method.StateParameters) : null;
    readonly Stopwatch clock = new();
    bool remarked;
    string? whyNoStep;
    ExceptionDispatchInfo? failure;
    TState? state = resumed;
    Proposal<TState>? beyondSaddle;
    IterationRecord? last;

    /// <summary>The records; the clock runs only while the next one is being made.</summary>
    internal IEnumerable<IterationRecord> Records()
    {
        do
        {
            clock.Start();
            last = last is not null ? Advance(last) : before is not null ? GoOn(before) : Start();
            clock.Stop();
            if (last.Status != TerminationReason.Running) Report(last);
            yield return last;
        }
        while (last.Status == TerminationReason.Running);

        failure?.Throw();
    }

    /// <summary>Iteration 0. What fails here leaves no record at all.</summary>
    IterationRecord Start()
    {
        var start = problem.InitialGuess.Clamp(problem.LowerBound, problem.UpperBound);
        if (!start.Equals(problem.InitialGuess))
            options.Observer?.Warn($"InitialGuess {problem.InitialGuess} lies outside the bounds; the run starts at {start}.");
        WarnOfBounds();
        state = method.Initialize(objective, start);
        try
        {
            if (!IsUsable(state.At))
            {
                whyNoStep = "the loss or its gradient is not finite at the start";
                return Describe(state.At, iteration: 0, step: null) with { Status = TerminationReason.NonFinite, Continuation = default };
            }

            var record = Describe(state.At, iteration: 0, step: null);
            if (record.GradientNorm == 0)
                options.Observer?.Warn("The gradient is zero at the start: the point is stationary, which may be a minimum, a maximum or a saddle.");
            return record with { Status = Terminate(record, previous: null) };
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return Describe(state.At, iteration: 0, step: null, gradientIsKnown: false) with { Status = TerminationReason.EvaluationLimit };
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Describe(state.At, iteration: 0, step: null, gradientIsKnown: false) with { Status = TerminationReason.Stopped };
        }
    }

    /// <summary>The record of an earlier run once more: nothing is evaluated for it, and its limits and tolerances are those of now.</summary>
    IterationRecord GoOn(IterationRecord record)
    {
        WarnOfBounds();
        record = record with { Run = options.Run, Status = TerminationReason.Running, Continuation = new(state, origin) };
        return record with { Status = Terminate(record, previous: null) };
    }

    void WarnOfBounds()
    {
        if (!method.KeepsBounds && (problem.LowerBound ?? problem.UpperBound) is not null)
            options.Observer?.Warn($"{method.Name} does not keep its points within the bounds of '{problem.Name}'.");
    }

    /// <summary>Iteration k + 1 where there is one; otherwise iteration k once more, with the reason.</summary>
    IterationRecord Advance(IterationRecord previous)
    {
        try
        {
            var proposal = beyondSaddle ?? method.Step(objective, state!);
            beyondSaddle = null;
            if (proposal.State is not { } next)
            {
                whyNoStep = proposal.Note;
                return Close(previous, proposal.Reason);
            }

            if (proposal.Note is { } note) Remark(note);
            if (double.IsNegativeInfinity(next.At.Value)) return Close(previous, TerminationReason.Unbounded);
            if (!IsUsable(next.At)) return Close(previous, TerminationReason.NonFinite);

            state = next;
            var record = Describe(next.At, previous.Iteration + 1, next.Step ?? next.At.X - previous.X);
            return record with { Status = Terminate(record, previous) };
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return Close(previous, TerminationReason.EvaluationLimit);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Close(previous, TerminationReason.Stopped);
        }
        catch (EvaluationException exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
            return Close(previous, TerminationReason.EvaluationError);
        }
    }

    /// <summary>A remark on a step: the first of a run is for everybody, the next ones say the same of other points.</summary>
    void Remark(string note)
    {
        if (remarked) options.Observer?.Explain(note);
        else options.Observer?.Warn(note);
        remarked = true;
    }

    static bool IsUsable(Point point) =>
        point.X.IsFinite && double.IsFinite(point.Value) && (!UsesGradient || point.Gradient.IsFinite);

    IterationRecord Describe(Point point, int iteration, Vector? step, bool gradientIsKnown = true)
    {
        var gradient = UsesGradient && gradientIsKnown && double.IsFinite(point.Value) ? point.Gradient : null;
        return new()
        {
            Method = method.Name,
            Run = options.Run,
            Iteration = iteration,
            Loss = point.Value,
            X = point.X,
            Y = point.Y,
            Gradient = gradient,
            GradientNorm = gradient is null ? null : method.KeepsBounds ? objective.Bounds.ProjectedNorm(point.X, gradient) : gradient.InfinityNorm,
            Step = step,
            StepNorm = step?.Norm ?? 0,
            Evaluations = Evaluations,
            GradientEvaluations = GradientEvaluations,
            Elapsed = Elapsed,
            Problem = problem,
            Continuation = gradientIsKnown ? new(state, origin) : default,
        };
    }

    IterationRecord Close(IterationRecord lastGood, TerminationReason reason) => lastGood with
    {
        Status = reason,
        Evaluations = Evaluations,
        GradientEvaluations = GradientEvaluations,
        Elapsed = Elapsed,
    };

    long Evaluations => (before?.Evaluations ?? 0) + budget.Evaluations;

    long GradientEvaluations => (before?.GradientEvaluations ?? 0) + budget.GradientEvaluations;

    TimeSpan Elapsed => (before?.Elapsed ?? TimeSpan.Zero) + clock.Elapsed;

    TerminationReason Terminate(IterationRecord now, IterationRecord? previous)
    {
        if (now.Loss <= options.LossTarget) return TerminationReason.LossTarget;
        if (now.Loss <= UnboundedLoss && previous is not null) return TerminationReason.Unbounded;
        if (Settled(now, previous) is { } reason && !CanLeave(now)) return reason;
        if (now.Iteration - (before?.Iteration ?? 0) >= options.MaxIterations) return TerminationReason.IterationLimit;
        return budget.IsExhausted ? TerminationReason.EvaluationLimit : TerminationReason.Running;
    }

    TerminationReason? Settled(IterationRecord now, IterationRecord? previous) =>
        now.GradientNorm <= options.GradientTolerance ? TerminationReason.GradientTolerance
        : previous is null ? null
        : now.StepNorm <= options.StepTolerance ? TerminationReason.StepTolerance
        : !state!.StepIsGuess && RelativeChange(previous.Loss, now.Loss) <= options.LossTolerance ? TerminationReason.LossTolerance
        : null;

    /// <summary>True when the point is a saddle, as far as the method can tell, and the next one is known.</summary>
    bool CanLeave(IterationRecord now)
    {
        if (now.Iteration - (before?.Iteration ?? 0) >= options.MaxIterations || method is not ILeavesSaddles<TFunction, TState> leaver) return false;
        try
        {
            if (leaver.Leave(objective, state!) is not { State: { } next } proposal) return false;
            if (proposal.Note is { } note) options.Observer?.Explain(note);
            beyondSaddle = next;
            return true;
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return false; // the tolerance is met all the same
        }
    }

    static double RelativeChange(double before, double after) =>
        double.Abs(before - after) / double.Max(double.Max(double.Abs(before), double.Abs(after)), 1);

    /// <summary>Says why the run ended: to everybody where it did not converge and was not asked to end, otherwise to those who want to know.</summary>
    void Report(IterationRecord record)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{method.Name} on '{problem.Name}' ended after iteration {record.Iteration} with {record.Status} at loss {record.Loss:G7}, {record.Evaluations} evaluations: {whyNoStep ?? FormattableString.Invariant(Why(record))}.");
        if (record.Status.IsExpected() || failure is not null) options.Observer?.Explain(text); // a failure is told by its exception
        else options.Observer?.Warn(text);
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
