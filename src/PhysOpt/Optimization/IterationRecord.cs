using PhysOpt.Optimization;
using PhysOpt.Problems;

namespace PhysOpt;

/// <summary>One iteration of a run: an immutable snapshot. Iteration 0 is the start, iteration k the state after k updates.</summary>
/// <remarks>
/// When a run ends because the next point is unusable (<see cref="TerminationReason.NonFinite"/>, <see
/// cref="TerminationReason.OutOfRange"/>, ...) its last record says so and repeats the last good iteration.
/// </remarks>
public sealed record IterationRecord : IComponents
{
    readonly VariableNames? variables;

    /// <summary>The largest number of components that are shown as columns X0, X1, ... and Y0, Y1, ...</summary>
    public const int MaximumComponentColumns = 16;

    /// <summary>The method: "GradientDescent", "Newton", "InverseSimulator", ...</summary>
    public required string Method { get; init; }

    /// <summary>0-based number of the run within its pipeline.</summary>
    public int Run { get; init; }

    /// <summary>The number of updates made: 0 at the start.</summary>
    public int Iteration { get; init; }

    /// <summary>L(y(x)).</summary>
    public double Loss { get; init; }

    /// <summary>
    /// The infinity norm of dL/dx (of its projection onto the bounds where there are any); null where the method never needs it.
    /// </summary>
    public double? GradientNorm { get; init; }

    /// <summary>The Euclidean norm of <see cref="Step"/>; 0 at iteration 0.</summary>
    public double StepNorm { get; init; }

    /// <summary>Evaluations of the physics since the run started, those of line searches and finite differences included.</summary>
    public long Evaluations { get; init; }

    /// <summary>Gradients computed since the run started.</summary>
    public long GradientEvaluations { get; init; }

    /// <summary>Time since the run started, without the time spent downstream.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why the run ended; <see cref="TerminationReason.Running"/> on all but the last record.</summary>
    public TerminationReason Status { get; init; }

    /// <summary>The point x_k.</summary>
    public required Vector X { get; init; }

    /// <summary>y(x_k); null where the problem has no physics.</summary>
    public Vector? Y { get; init; }

    /// <summary>dL/dx at x_k; null where the method never needs it.</summary>
    public Vector? Gradient { get; init; }

    /// <summary>x_k - x_(k-1); null at iteration 0.</summary>
    public Vector? Step { get; init; }

    /// <summary>The problem that is solved; null on a record that was read back from a file.</summary>
    public OptimizationProblem? Problem { get; init; }

    /// <summary>The names of the variables: those of the problem, or what was read back from a file; null where they have none.</summary>
    internal VariableNames? Variables
    {
        get => Problem?.Variables ?? variables;
        init => variables = value;
    }

    VariableNames? IComponents.Variables => Variables;

    /// <summary>What a row of a file did not say; nothing on a record of a run.</summary>
    internal UnknownParts Unknown { get; init; }

    /// <summary>
    /// What the run can be resumed with, as if it had never stopped; nothing on a record that was read from a file or made by hand.
    /// </summary>
    internal Continuation Continuation { get; init; }

    /// <summary>
    /// The learning rate, where the run is one of a comparison; null elsewhere, and on a record that was read from a file.
    /// </summary>
    internal double? LearningRate { get; init; }

    /// <summary>Method, run, iteration and loss in one line.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Method} run {Run} iteration {Iteration}: loss {Loss}");
}
