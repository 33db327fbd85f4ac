using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>When a run ends, and where its derivatives come from. A test that is null is not made.</summary>
public sealed record OptimizationOptions
{
    /// <summary>
    /// The record to resume from; null to start at the problem's InitialGuess. Where the record is of the same problem and method, and no
    /// run read it from a file, the run resumes as if it had never stopped: iterations and counts continue. Otherwise it begins at the
    /// record's X.
    /// </summary>
    public IterationRecord? ResumeFrom { get; init; }

    /// <summary>The largest number of updates; where a run is resumed, of further ones.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>The largest number of evaluations, of further ones where a run is resumed; null for no limit.</summary>
    public long? MaxEvaluations { get; init; }

    /// <summary>
    /// Ends the run when the infinity norm of the (projected) gradient is at most this, in units of L per unit of x. By default 0, beside
    /// which a run ends where nothing is left to gain beyond rounding, or steps tell nothing any more: tests that no unit changes. With
    /// null none of these is made.
    /// </summary>
    public double? GradientTolerance { get; init; } = 0;

    /// <summary>Ends the run when the Euclidean norm of a step is at most this, in units of x; with 0, when x no longer moves.</summary>
    public double? StepTolerance { get; init; }

    /// <summary>Ends the run when |L_(k-1) - L_k| / max(|L_(k-1)|, |L_k|, 1) is at most this.</summary>
    public double? LossTolerance { get; init; }

    /// <summary>Ends the run when L is at most this.</summary>
    public double? LossTarget { get; init; }

    /// <summary>Where derivatives come from.</summary>
    public DerivativeSource Derivative { get; init; }

    /// <summary>dL/dx as the user gives it, in place of a computed one; null to compute it.</summary>
    public IMap? Gradient { get; init; }

    /// <summary>The number written into <see cref="IterationRecord.Run"/>.</summary>
    public int Run { get; init; }

    /// <summary>Receives what happens; null for nobody.</summary>
    public IRunObserver? Observer { get; init; }

    /// <summary>Keeps what was confirmed, where several runs make one search; null for a log of this run alone.</summary>
    internal ConfirmationLog? Log { get; init; }

    /// <summary>Where the search began that the run is a part of, which tells how large variables have been; null for a run of its own.
    /// </summary>
    internal SearchStart? SearchStart { get; init; }

    /// <summary>Counts what the run spends, for a search that is to know it though the start may fail; null for one of its own.</summary>
    internal EvaluationBudget? Budget { get; init; }

    /// <summary>The time of the run by which confirmations are spaced; null for that of its own clock.</summary>
    internal Func<TimeSpan>? Clock { get; init; }

    /// <summary>
    /// Tells a caller who wants no more from one whose time is over, where both come by one token: the last point is still confirmed where
    /// this is not cancelled. Null where a stop is a stop.
    /// </summary>
    internal CancellationToken? Abandon { get; init; }

    /// <summary>True where tests are made that nobody gave a number for.</summary>
    internal bool HasDefaultTests => GradientTolerance is not null;

    /// <summary>True for a reason that is a number somebody gave: it is met, whatever else the point may be.</summary>
    internal bool IsGiven(TerminationReason reason) => reason switch
    {
        TerminationReason.GradientTolerance => GradientTolerance > 0,
        TerminationReason.StepTolerance => true,
        TerminationReason.LossTolerance => LossTolerance is not null,
        _ => false,
    };
}

/// <summary>Receives, in words, what happens in a run: on the thread that enumerates it.</summary>
public interface IRunObserver
{
    /// <summary>Something the user should know: suspicious input, or a run that did not converge.</summary>
    void Warn(string message);

    /// <summary>Why a step was taken or the run ended.</summary>
    void Explain(string message);

    /// <summary>That a trace was given up, which the user must know wherever it happens.</summary>
    internal void Contradict(string message) => Warn(message);

    /// <summary>That the gradient is zero at the start: a run within a search leaves it to the search what that means.</summary>
    internal void StartStationary(string message) => Warn(message);

    /// <summary>How the run ended.</summary>
    internal void End(RunEnding ending, bool isWarning)
    {
        if (isWarning) Warn(ending.ToString());
        else Explain(ending.ToString());
    }
}
