using System.Runtime.ExceptionServices;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <content>What becomes of a run where traces stand for the functions, and where it is broken off.</content>
internal sealed partial class OptimizationRun<TFunction, TState>
{
    RunConfirmation? confirmation;
    bool isGivenUp; // a trace, and the functions themselves have not answered yet

    /// <summary>The start once more, by the functions themselves.</summary>
    void StartAgain(Contradiction found, Vector start)
    {
        GiveUp(found, start, isOver: false);
        (beyondSaddle, accepted) = (null, null);
        state = method.Initialize(objective, start);
    }

    /// <summary>
    /// The record, once the functions themselves agree with the traces that ran in their place; otherwise one by the functions themselves.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="previous">The one before, which has gone out; null where there is none.</param>
    IterationRecord Confirmed(IterationRecord record, IterationRecord? previous)
    {
        while (Contradicted(record) is { } found)
        {
            var isOut = record.Iteration == previous?.Iteration; // with what the trace said
            record = ByTheFunctionItself(isOut ? record with { Iteration = record.Iteration + 1 } : record, found);
        }

        return record;
    }

    Contradiction? Contradicted(IterationRecord record)
    {
        if (confirmation is null) return null;
        if (unusable is { } point)
        {
            unusable = null;
            if (confirmation.AtUnusable(point) is { } contradiction) return contradiction;
        }

        return record.Status == TerminationReason.Running
            ? record.Iteration > firstIteration ? confirmation.Between(state!.At, record.Iteration - firstIteration) : null
            : confirmation.AtEnd(state!.At, record.Step);
    }

    /// <summary>
    /// The run without the trace: from the latest point whose value is confirmed, with the functions' own values, if it does not end there.
    /// </summary>
    IterationRecord ByTheFunctionItself(IterationRecord record, Contradiction found)
    {
        var at = confirmation!.Latest?.X ?? record.X;
        GiveUp(found, at, isOver: false);
        (beyondSaddle, isGivenUp) = (null, true);
        state = method.Initialize(objective, at);
        isGivenUp = false;
        var step = record.Step is { } taken ? taken + (at - record.X) : null;
        if (!IsUsable(state.At)) return records.At(state.At, record.Iteration, step, TerminationReason.NonFinite);
        return Judged(records.Of(state, record.Iteration, step), previous: null);
    }

    void GiveUp(Contradiction found, Vector at, bool isOver)
    {
        if (options.Derivative == DerivativeSource.Traced) throw found.Error();
        (objective as IResumable)?.Forget();
        report.Unconfirmed(found, at, isOver);
    }

    /// <summary>
    /// The last record where an iteration was broken off. It still has to be confirmed; where that fails the run cannot continue without
    /// the trace, and the latest point that was confirmed is the last one.
    /// </summary>
    IterationRecord Interrupted(Exception exception, TerminationReason reason, IterationRecord previous)
    {
        if (reason == TerminationReason.EvaluationError) failure = ExceptionDispatchInfo.Capture(exception);
        if (IsContradiction(exception)) return LastConfirmed(previous, reason);
        var last = records.Again(accepted!, reason);
        if (confirmation is null || (reason == TerminationReason.Stopped && options.Abandon?.IsCancellationRequested != false)) return last;
        if (isGivenUp) return LastConfirmed(previous, reason);
        if (confirmation.AtEnd(state!.At, last.Step) is not { } found) return last;
        if (options.Derivative == DerivativeSource.Traced)
            (failure, reason) = (ExceptionDispatchInfo.Capture(found.Error()), TerminationReason.EvaluationError);
        else GiveUp(found, (confirmation.Latest ?? state.At).X, isOver: true);
        return LastConfirmed(previous, reason);
    }

    /// <summary>The latest point that was confirmed, as a last record; by the functions' own values where none was.</summary>
    IterationRecord LastConfirmed(IterationRecord previous, TerminationReason reason) =>
        (confirmation!.Latest ?? confirmation.Own) is { } point
            ? records.At(point, previous.Iteration, point.X - previous.X, reason) : records.Again(previous, reason);

    static bool IsContradiction(Exception exception) => exception is EvaluationException { ErrorId: Contradiction.ErrorId };
}
