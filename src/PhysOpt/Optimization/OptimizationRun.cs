using System.Runtime.ExceptionServices;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>One run of a method on an objective: the loop of all methods.</summary>
/// <remarks>
/// What it writes is in <see cref="RunRecords"/>, when it ends in <see cref="StoppingTests"/>, what it says in <see cref="RunReport"/>.
/// </remarks>
internal sealed class OptimizationRun<TFunction, TState>(
    OptimizationProblem problem, TFunction objective, IMethod<TFunction, TState> method,
    OptimizationOptions options, EvaluationBudget budget, TState? resumed, CancellationToken token)
    where TFunction : class, IObjective
    where TState : class, IMethodState
{
    static readonly bool UsesGradient = typeof(IDifferentiable).IsAssignableFrom(typeof(TFunction));

    readonly RunRecords records = new(problem, method.Name, options.Run, budget, resumed is null ? null : options.ResumeFrom)
    {
        GradientNorm = !UsesGradient ? null : method.KeepsBounds ? objective.Bounds.ProjectedNorm : (_, gradient) => gradient.InfinityNorm,
        Origin = objective is IResumable known ? new(problem, known.Functions, method.StateParameters) : null,
    };

    readonly StoppingTests stopping = new(options, budget, resumed is null ? 0 : options.ResumeFrom!.Iteration);
    readonly RunReport report = new(problem, method.Name, method.KeepsBounds, options);
    TState? state = resumed;
    Proposal<TState>? beyondSaddle;
    string? whyNoStep;
    ExceptionDispatchInfo? failure;

    /// <summary>The records; the clock runs only while the next one is being made.</summary>
    internal IEnumerable<IterationRecord> Records()
    {
        IterationRecord? last = null;
        do
        {
            records.Clock.Start();
            last = last is not null ? Advance(last) : state is not null ? Resume(options.ResumeFrom!) : Start();
            records.Clock.Stop();
            if (last.Status != TerminationReason.Running) report.End(last, whyNoStep, failure is not null);
            yield return last;
        }
        while (last.Status == TerminationReason.Running);

        failure?.Throw();
    }

    /// <summary>Iteration 0. What fails here leaves no record at all.</summary>
    IterationRecord Start()
    {
        var start = problem.InitialGuess.Clamp(problem.LowerBound, problem.UpperBound);
        report.Start(start);
        state = method.Initialize(objective, start);
        try
        {
            if (!IsUsable(state.At))
            {
                whyNoStep = "the loss or its gradient is not finite at the start";
                return records.OfUnusableStart(state, TerminationReason.NonFinite);
            }

            var record = records.Of(state, 0, null);
            report.Stationary(record);
            return record with { Status = Stop(record, previous: null) };
        }
        catch (Exception exception) when (WhyInterrupted(exception) is { } reason)
        {
            return records.OfUnusableStart(state, reason);
        }
    }

    /// <summary>
    /// The record of an earlier run once more: nothing is evaluated for it, and its limits and tolerances are those of now.
    /// </summary>
    IterationRecord Resume(IterationRecord record)
    {
        report.Bounds();
        record = record with { Run = options.Run, Status = TerminationReason.Running, Continuation = new(state, records.Origin) };
        return record with { Status = Stop(record, previous: null) };
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
                return records.Again(previous, proposal.Reason);
            }

            report.Step(proposal.Note);
            if (double.IsNegativeInfinity(next.At.Value)) return records.Again(previous, TerminationReason.Unbounded);
            if (!IsUsable(next.At)) return records.Again(previous, TerminationReason.NonFinite);

            state = next;
            var step = next.Step ?? next.At.X - previous.X;
            var record = records.Of(next, previous.Iteration + 1, step);
            record = record with { Status = Stop(record, previous) };
            return record.Status == TerminationReason.Running || IsConfirmed() ? record : ByTheFunctionItself(record, step);
        }
        catch (Exception exception) when (WhyInterrupted(exception) is { } reason)
        {
            return records.Again(previous, reason);
        }
        catch (EvaluationException exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
            return records.Again(previous, TerminationReason.EvaluationError);
        }
    }

    /// <summary>
    /// True unless a record ran in place of the user's function and that says something else where the run is about to end.
    /// </summary>
    bool IsConfirmed() => objective is not IResumable traced || traced.Confirm(state!.At);

    /// <summary>
    /// The last record once more, with the function's own value: the run continues from there without the trace, if it does not end.
    /// </summary>
    IterationRecord ByTheFunctionItself(IterationRecord record, Vector step)
    {
        report.Unconfirmed(record);
        beyondSaddle = null;
        state = method.Initialize(objective, record.X);
        if (!IsUsable(state.At)) return records.Again(record, TerminationReason.NonFinite);
        var again = records.Of(state, record.Iteration, step);
        return again with { Status = Stop(again, previous: null) };
    }

    static bool IsUsable(Point point) =>
        point.X.IsFinite && double.IsFinite(point.Value) && (!UsesGradient || point.Gradient.IsFinite);

    /// <summary>The first test that holds; a tolerance ends nothing at a saddle from which the method knows a way down.</summary>
    TerminationReason Stop(IterationRecord now, IterationRecord? previous) =>
        stopping.Target(now, previous)
        ?? (stopping.Convergence(now, previous, state!.StepIsGuess) is { } reason && !EscapesSaddle(now) ? reason : stopping.Limit(now));

    /// <summary>True when the point is a saddle, as far as the method can tell, and the next one is known.</summary>
    bool EscapesSaddle(IterationRecord now)
    {
        if (stopping.IsLastIteration(now) || method is not IEscapesSaddles<TFunction, TState> escaper) return false;
        try
        {
            if (escaper.EscapeSaddle(objective, state!) is not { State: { } next } proposal) return false;
            report.Escape(proposal.Note);
            beyondSaddle = next;
            return true;
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return false; // the tolerance is met all the same
        }
    }

    /// <summary>The limit or the wish of the caller that an exception stands for; null where it is an error.</summary>
    TerminationReason? WhyInterrupted(Exception exception) => exception switch
    {
        EvaluationLimitException when budget.IsExhausted => TerminationReason.EvaluationLimit,
        OperationCanceledException when token.IsCancellationRequested => TerminationReason.Stopped,
        _ => null,
    };
}
