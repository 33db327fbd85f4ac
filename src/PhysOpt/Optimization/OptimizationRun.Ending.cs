using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <content>Where a run ends, and where it goes on from a point that only looks like an end.</content>
internal sealed partial class OptimizationRun<TFunction, TState>
{
    /// <summary>What jumps where steps have stopped helping, or where no smaller loss was found than one that is wanted.</summary>
    string? Jump(IterationRecord last)
    {
        var isStuck = last.Status is TerminationReason.LineSearchFailed or TerminationReason.StepCollapsed
            || (options.LossTarget is not null && last.Status.IsConverged() && last.Status != TerminationReason.LossTarget);
        return isStuck && state is not null && objective is IResumable { Parts: var parts } && parts.AreInUse(state.At)
            ? JumpNearby.At(state.At, parts, problem) : null;
    }

    /// <summary>The first test that holds; a tolerance ends nothing at a saddle from which the method knows a way down.</summary>
    TerminationReason Stop(IterationRecord now, IterationRecord? previous, double? promised = null)
    {
        (isSaddle, whyNoStep) = (false, null);
        return stopping.Target(now, first)
            ?? ((stopping.Convergence(now, previous) ?? NothingLeft(now, previous, promised)) is { } reason && !GoesOn(now, reason)
                ? Verdict(reason, now) : stopping.Limit(now));
    }

    /// <summary>Tells where the run began: at its own first record where nothing else is known.</summary>
    void Begin(IterationRecord record)
    {
        first = begun ?? new(record.X, record.Loss);
        if (firstIteration > 0) defaults.Mark = options.ResumeFrom!.Continuation.MarkAt(record.Iteration) ?? defaults.Mark;
        if (records.Origin is { } origin) origin.First = first;
        (objective as IResumable)?.Begin(first!.Loss);
    }

    /// <summary>How the run came to a record.</summary>
    Arrival Arrival(IterationRecord now) => new(now.Step, before?.Iteration == now.Iteration - 1 ? before : null);

    TerminationReason? NothingLeft(IterationRecord now, IterationRecord? previous, double? promised)
    {
        var reason = Said(defaults.NothingLeft(now, previous, promised, first, state!.At));
        if (defaults.Mark is { Iteration: > 0 } mark && records.Origin?.Marks is { } marks && (marks.Count == 0 || marks[^1] != mark))
            marks.Add(mark);
        return reason;
    }

    /// <summary>What a reason comes to at the point.</summary>
    TerminationReason Verdict(TerminationReason reason, IterationRecord now)
    {
        var said = Said(defaults.Verdict(reason, isSaddle, first, state!.At, Arrival(now)))!.Value;
        if (said == TerminationReason.EvaluationLimit) whyNoStep = null; // what spoke for a minimum no longer does
        return said;
    }

    TerminationReason? Said((TerminationReason? Reason, string? Why) answer)
    {
        whyNoStep = answer.Why ?? whyNoStep;
        return answer.Reason;
    }

    /// <summary>True where a lower point is known: beyond a saddle, or where slope and curvature vanish.</summary>
    bool GoesOn(IterationRecord now, TerminationReason reason)
    {
        if (EscapesSaddle(now)) return true;
        if (isSaddle || stopping.IsLastIteration(now)) return false;
        if (method is not IEscapesSaddles<TFunction, TState> { LeavesSaddles: true }) return false;
        try
        {
            if (defaults.LowerBeyond(reason, first, state!.At, Arrival(now)) is not { } lower) return false;
            report.Explain("Slope and curvature vanish where the loss goes on falling, as at an inflection: left along it.");
            beyondSaddle = method.Initialize(objective, lower.X);
            return true;
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return false; // the verdict says so
        }
    }

    /// <summary>True when the point is a saddle, as far as the method can tell, and the next one is known.</summary>
    bool EscapesSaddle(IterationRecord now)
    {
        if (stopping.IsLastIteration(now) || method is not IEscapesSaddles<TFunction, TState> escaper) return false;
        try
        {
            var found = escaper.EscapeSaddle(objective, state!);
            isSaddle = found.Reason == TerminationReason.Saddle;
            if (isSaddle) whyNoStep = found.Note;
            if (found is not { State: { } next } proposal) return false;
            report.Explain(proposal.Note);
            beyondSaddle = next;
            return true;
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return false; // the tolerance is met all the same
        }
    }
}
