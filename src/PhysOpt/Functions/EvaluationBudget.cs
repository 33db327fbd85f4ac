namespace PhysOpt.Functions;

/// <summary>Counts what a run spends, and ends it when the limit is reached or the caller wants it to stop.</summary>
/// <param name="limit">The largest number of evaluations; null for no limit.</param>
/// <param name="token">Asks the run to stop; looked at before every evaluation.</param>
public sealed class EvaluationBudget(long? limit = null, CancellationToken token = default)
{
    /// <summary>How often the physics (or the objective, where there is no physics) was evaluated, differences included.</summary>
    public long Evaluations { get; private set; }

    /// <summary>How often the gradient was asked for.</summary>
    public long GradientEvaluations { get; private set; }

    /// <summary>True when no evaluation is left.</summary>
    public bool IsExhausted => Evaluations >= limit;

    /// <summary>Counts one evaluation about to be made.</summary>
    /// <exception cref="OperationCanceledException">The caller wants the run to stop.</exception>
    /// <exception cref="EvaluationLimitException">No evaluation is left.</exception>
    public void SpendEvaluation()
    {
        ThrowIfStopped();
        if (IsExhausted) throw new EvaluationLimitException();
        Evaluations++;
    }

    /// <summary>For long work that evaluates nothing.</summary>
    /// <exception cref="OperationCanceledException">The caller wants the run to stop.</exception>
    public void ThrowIfStopped() => token.ThrowIfCancellationRequested();

    /// <summary>Counts one gradient about to be computed.</summary>
    public void SpendGradient() => GradientEvaluations++;
}

/// <summary>The evaluation that was about to be made is one more than the run may spend; the run's loop turns this into a status.</summary>
public sealed class EvaluationLimitException() : Exception("The limit of evaluations is reached.");
