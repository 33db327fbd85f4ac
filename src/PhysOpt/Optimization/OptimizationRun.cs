using System.Runtime.ExceptionServices;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>One run of a method on an objective: the loop of all methods.</summary>
/// <remarks>
/// What it writes is in <see cref="RunRecords"/>, when it ends in <see cref="StoppingTests"/>
/// and <see cref="DefaultTests"/>, what it says in <see cref="RunReport"/>.
/// </remarks>
internal sealed partial class OptimizationRun<TFunction, TState>(
    OptimizationProblem problem, TFunction objective, IMethod<TFunction, TState> method,
    OptimizationOptions options, EvaluationBudget budget, TState? resumed, CancellationToken token)
    where TFunction : class, IObjective
    where TState : class, IMethodState
{
    const int MostRefinements = 20;

    static readonly bool UsesGradient = typeof(IDifferentiable).IsAssignableFrom(typeof(TFunction));

    readonly RunRecords records = new(problem, method.Name, options.Run, budget, resumed is null ? null : options.ResumeFrom)
    {
        GradientNorm = !UsesGradient ? null : method.KeepsBounds ? objective.Bounds.ProjectedNorm : (_, gradient) => gradient.InfinityNorm,
        Origin = objective is IResumable known ? new(problem, known.Functions, method.StateParameters) : null,
    };

    readonly StoppingTests stopping = new(options, budget, resumed is null ? 0 : options.ResumeFrom!.Iteration);
    readonly DefaultTests defaults = new(problem, method.SeesLevels ? objective : ValuesOnly.For(objective), budget, options, UsesGradient,
        method is IEscapesSaddles<TFunction, TState>, method is IEscapesSaddles<TFunction, TState> { LeavesSaddles: true },
        typeof(ILeastSquares).IsAssignableFrom(typeof(TFunction)),
        !UsesGradient || method.EndsByItself ? null : method.KeepsBounds ? objective.Bounds : Bounds.None);

    readonly RunReport report = new(problem, method.Name, method.KeepsBounds, options);
    readonly int firstIteration = resumed is null ? 0 : options.ResumeFrom!.Iteration;
    Point? unusable; // where the method went, and nothing was finite
    TState? state = resumed;
    int refinements;
    Vector? arrived; // where a model promised nothing, before the gradient by differences was refined
    IterationRecord? accepted; // the newest record, which may not have gone out
    IterationRecord? before; // the record before the newest one
    Proposal<TState>? beyondSaddle;
    readonly SearchStart? begun = options.SearchStart ?? (resumed is null ? null : options.ResumeFrom!.Continuation.First);
    SearchStart? first; // begun, or the first record
    bool isSaddle; // as far as the method can tell, where it does not leave it
    string? whyNoStep;
    ExceptionDispatchInfo? failure;

    /// <summary>The records; the clock runs only while the next one is being made.</summary>
    internal IEnumerable<IterationRecord> Records()
    {
        if (objective is IResumable traced)
            confirmation = new(traced, options.Log!, report, options.Clock ?? (() => records.Clock.Elapsed));
        IterationRecord? last = null;
        do
        {
            records.Clock.Start();
            last = last is not null ? Advance(last) : state is not null ? Resume(options.ResumeFrom!) : Start();
            records.Clock.Stop();
            if (last.Status != TerminationReason.Running) report.End(last, whyNoStep, Jump(last), failure is not null);
            yield return last;
        }
        while (last.Status == TerminationReason.Running);

        failure?.Throw();
    }

    /// <summary>Iteration 0. A function that fails at the start leaves no record at all.</summary>
    IterationRecord Start()
    {
        var start = problem.InitialGuess.Clamp(problem.LowerBound, problem.UpperBound);
        report.Start(start);
        state = method.Initialize(objective, start);
        try
        {
            while (confirmation?.AtStart(state.At) is { } found) StartAgain(found, start);
            if (!IsUsable(state.At))
            {
                whyNoStep = Fault(state.At, "the start");
                return records.OfUnusableStart(state, TerminationReason.NonFinite);
            }

            var record = Judged(records.Of(state, 0, null), previous: null);
            while (record.Status != TerminationReason.Running && confirmation?.AtEnd(state.At, null) is { } found)
            {
                StartAgain(found, start);
                record = Judged(records.Of(state, 0, null), previous: null);
            }

            report.Stationary(record, method is IEscapesSaddles<TFunction, TState>);
            return record;
        }
        catch (Exception exception) when (WhyInterrupted(exception) is { } reason
            && (reason != TerminationReason.EvaluationError || (accepted is not null && !IsContradiction(exception))))
        {
            return accepted is not null ? Interrupted(exception, reason, accepted)
                : confirmation?.Own is { } own ? records.At(own, 0, null, reason) : records.OfUnusableStart(state, reason);
        }
    }

    /// <summary>
    /// The record of an earlier run once more: nothing is evaluated for it but what confirms it, and its limits and tolerances are those
    /// of now.
    /// </summary>
    IterationRecord Resume(IterationRecord record)
    {
        report.Bounds();
        record = record with { Run = options.Run, Status = TerminationReason.Running, Continuation = new(state, records.Origin) };
        return Guarded(record, () => confirmation?.AtStart(state!.At) is { } found ? ByTheFunctionItself(record, found)
            : Confirmed(Judged(record, previous: null), null));
    }

    /// <summary>Iteration k + 1 where there is one; otherwise iteration k once more, with the reason.</summary>
    IterationRecord Advance(IterationRecord previous) => Guarded(previous, () => Confirmed(Next(previous), previous));

    /// <summary>
    /// The one place where what broke an iteration off becomes a record: a limit, the wish of the caller, or a function that failed where
    /// no other point would do.
    /// </summary>
    /// <param name="previous">The record before, which is the last one where the iteration accepted nothing.</param>
    /// <param name="iteration">Makes the record.</param>
    IterationRecord Guarded(IterationRecord previous, Func<IterationRecord> iteration)
    {
        accepted = previous;
        try
        {
            return iteration();
        }
        catch (Exception exception) when (WhyInterrupted(exception) is { } reason)
        {
            return Interrupted(exception, reason, previous);
        }
    }

    IterationRecord Next(IterationRecord previous)
    {
        var proposal = beyondSaddle ?? method.Step(objective, state!);
        beyondSaddle = null;
        if (proposal.State is null && proposal.Reason.IsConverged() && GoesOn(previous, proposal.Reason))
        {
            proposal = beyondSaddle!.Value;
            beyondSaddle = null;
        }

        if (proposal.State is not { } next)
        {
            if (!proposal.Reason.IsConverged()) (objective as IResumable)?.ThrowIfFailed();
            var reason = proposal.Reason;
            if ((reason.IsConverged() || reason == TerminationReason.LineSearchFailed) && IsRefined())
            {
                if (reason.IsConverged()) arrived = previous.X;
                return Next(previous);
            }

            if (reason == TerminationReason.LineSearchFailed && previous.X.Equals(arrived))
                return records.Again(previous, Verdict(TerminationReason.LossTolerance, previous));
            if (!isSaddle)
                whyNoStep = proposal.Note ?? (proposal.Reason == TerminationReason.NonFinite
                    ? Fault((objective as IResumable)?.Latest, "the last step tried") : null);
            return records.Again(previous, Verdict(proposal.Reason, previous));
        }

        report.Step(proposal.Note);
        if (proposal.LeftOut is { } faint) report.LeftOut(faint);
        if (double.IsNegativeInfinity(next.At.Value) || !IsUsable(next.At))
        {
            unusable = next.At;
            if (double.IsNegativeInfinity(next.At.Value)) return records.Again(previous, TerminationReason.Unbounded);
            whyNoStep = Fault(next.At, "the next point");
            return records.Again(previous, TerminationReason.NonFinite);
        }

        state = next;
        return Judged(records.Of(next, previous.Iteration + 1, next.Step ?? next.At.X - previous.X), previous, proposal.Promised);
    }

    /// <summary>The record of what was accepted, with its status. It is kept before anything else is tried, at a saddle say.</summary>
    IterationRecord Judged(IterationRecord record, IterationRecord? previous, double? promised = null)
    {
        accepted = record;
        if (previous is null) Begin(record);
        else before = previous;
        var reason = Stop(record, previous, promised);
        if ((reason.IsConverged() || reason == TerminationReason.StepCollapsed) && reason != TerminationReason.LossTarget && IsRefined())
        {
            accepted = record = records.Of(state!, record.Iteration, record.Step);
            reason = Stop(record, previous: null);
        }

        return reason == TerminationReason.Running ? record : records.Again(record, reason);
    }

    /// <summary>
    /// True where the gradient at the point, being of differences, is another one over half the step: the method begins anew there.
    /// </summary>
    bool IsRefined()
    {
        if (!UsesGradient || refinements >= MostRefinements) return false;
        try
        {
            if ((objective as IResumable)?.Refine(state!.At) != true) return false;
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return false; // the tolerance is met all the same
        }

        refinements++;
        report.Refined(state!.At.X);
        state = method.Initialize(objective, state.At.X);
        return true;
    }

    /// <summary>False where the loss or its gradient is not finite.</summary>
    /// <exception cref="EvaluationException">A function failed there.</exception>
    static bool IsUsable(Point point)
    {
        var isUsable = point.X.IsFinite && double.IsFinite(point.Value) && (!UsesGradient || point.Gradient.IsFinite);
        point.ThrowIfFailed();
        return isUsable;
    }

    /// <summary>What is not finite at a point, and by which operation; null where it is not known.</summary>
    string? Fault(Point? point, string where) => point is null or { Failure: not null } ? null
        : NotFinite.At(point, UsesGradient, problem, where, (objective as IResumable)?.Parts);

    /// <summary>What an exception stands for: a limit, the wish of the caller, a function that failed; null where it is an error of ours.
    /// </summary>
    TerminationReason? WhyInterrupted(Exception exception) => exception switch
    {
        EvaluationLimitException when budget.IsExhausted => TerminationReason.EvaluationLimit,
        OperationCanceledException when token.IsCancellationRequested => TerminationReason.Stopped,
        EvaluationException => TerminationReason.EvaluationError,
        _ => null,
    };
}
