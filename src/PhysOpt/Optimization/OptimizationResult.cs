using PhysOpt.Problems;

namespace PhysOpt;

/// <summary>What a search for a minimum came to.</summary>
public sealed record OptimizationResult : IComponents
{
    /// <summary>The point that was found; where <see cref="IsConverged"/> is false, the last good one.</summary>
    public required Vector X { get; init; }

    /// <summary>y(X); null where the problem has no physics.</summary>
    public Vector? Y { get; init; }

    /// <summary>L(y(X)).</summary>
    public double Loss { get; init; }

    /// <summary>Why the search ended.</summary>
    public TerminationReason Status { get; init; }

    /// <summary>True when a tolerance or the target was met.</summary>
    public bool IsConverged => Status.IsConverged();

    /// <summary>The method that gave <see cref="X"/>: the last one, where it took several.</summary>
    public required string Method { get; init; }

    /// <summary>The iterations it took, of all methods together.</summary>
    public int Iterations { get; init; }

    /// <summary>The evaluations of the physics, or of the objective, of all methods together; those of differences included.</summary>
    public long Evaluations { get; init; }

    /// <summary>The gradients computed, of all methods together.</summary>
    public long GradientEvaluations { get; init; }

    /// <summary>What the functions themselves have confirmed at X of the traces that ran in their place.</summary>
    public Confirmation Confirmation { get; init; }

    /// <summary>
    /// How often the functions themselves were called for that, start and way included: points, not among <see cref="Evaluations"/>.
    /// </summary>
    public int Confirmations { get; init; }

    /// <summary>
    /// The infinity norm of dL/dx at X (of its projection onto the bounds where there are any); null where the method never needs it.
    /// </summary>
    public double? GradientNorm { get; init; }

    /// <summary>The time the search took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The outcome in words, with the numbers, and which methods went before where it took several.</summary>
    public required string Message { get; init; }

    /// <summary>The problem that was solved.</summary>
    public OptimizationProblem? Problem { get; init; }

    VariableNames? IComponents.Variables => Problem?.Variables;

    /// <summary>
    /// What a function of the problem failed with; null unless the status is <see cref="TerminationReason.EvaluationError"/>.
    /// </summary>
    public EvaluationException? Error { get; init; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
