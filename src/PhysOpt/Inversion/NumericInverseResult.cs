using PhysOpt.Problems;

namespace PhysOpt;

/// <summary>What a search for x with y(x) = target came to.</summary>
public sealed record NumericInverseResult : IComponents
{
    /// <summary>The x that was found; where <see cref="IsFound"/> is false, the nearest that was reached.</summary>
    public required Vector X { get; init; }

    /// <summary>y(X).</summary>
    public required Vector Y { get; init; }

    /// <summary>The wanted y.</summary>
    public required Vector Target { get; init; }

    /// <summary>The Euclidean norm |Y - Target|, in units of y.</summary>
    public double Residual { get; init; }

    /// <summary>The iterations it took.</summary>
    public int Iterations { get; init; }

    /// <summary>The evaluations of the physics it took, those of differences included.</summary>
    public long Evaluations { get; init; }

    /// <summary>What the physics itself has confirmed at X of the trace that ran in its place.</summary>
    public Confirmation Confirmation { get; init; }

    /// <summary>
    /// How often the physics itself was called for that, start and way included: points, not among <see cref="Evaluations"/>.
    /// </summary>
    public int Confirmations { get; init; }

    /// <summary>Why the search ended.</summary>
    public TerminationReason Status { get; init; }

    /// <summary>True when the residual is small enough for X to count as an inverse.</summary>
    public bool IsFound { get; init; }

    /// <summary>The outcome in words, with the numbers.</summary>
    public required string Message { get; init; }

    /// <summary>The same as a problem, min |y(x) - Target|^2, for methods to continue from X; null where none was given.</summary>
    public OptimizationProblem? Problem { get; init; }

    /// <summary>The names of the variables, in the order of X; null where they have none.</summary>
    internal VariableNames? Variables { get; init; }

    VariableNames? IComponents.Variables => Variables;
}
