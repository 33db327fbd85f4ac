using PhysOpt.Analysis;

namespace PhysOpt;

/// <summary>Where a gradient that is checked came from.</summary>
public enum GradientSource
{
    /// <summary>It was given, or comes of a Jacobian or an adjoint that was given with the problem.</summary>
    Supplied,

    /// <summary>From the function's own exact derivatives.</summary>
    Exact,

    /// <summary>From central differences of the function, with one step and without extrapolation, as the methods use them.</summary>
    FiniteDifference,
}

/// <summary>What a check says of one component of a gradient.</summary>
public enum GradientVerdict
{
    /// <summary>It agrees with the reference.</summary>
    Right,

    /// <summary>It differs from the reference by more than tolerance and error of the reference allow.</summary>
    Wrong,

    /// <summary>There is no reference good enough to say: the reason tells why.</summary>
    Undecided,
}

/// <summary>One component of a gradient beside the reference.</summary>
public sealed record GradientComponent
{
    /// <summary>The component, counted from 0.</summary>
    public int Index { get; init; }

    /// <summary>The component of the gradient that is checked, in units of L per unit of x.</summary>
    public double Gradient { get; init; }

    /// <summary>The reference: extrapolated differences of the function. NaN where there is none.</summary>
    public double Reference { get; init; }

    /// <summary>A bound of the reference's own error; infinite where there is none.</summary>
    public double ReferenceError { get; init; }

    /// <summary>|Gradient - Reference|.</summary>
    public double Error { get; init; }

    /// <summary>
    /// Error over the larger of |Reference| and a hundredth of the function's typical slope along this component; null where undecided.
    /// </summary>
    public double? RelativeError { get; init; }

    /// <summary>Right, wrong, or neither.</summary>
    public GradientVerdict Verdict { get; init; }

    /// <summary>Why there is no verdict; empty where there is one.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>How far a gradient at a point is from the true one.</summary>
public sealed record GradientError
{
    /// <summary>The point.</summary>
    public required Vector X { get; init; }

    /// <summary>The gradient that is checked.</summary>
    public required Vector Gradient { get; init; }

    /// <summary>The reference: extrapolated differences of the function.</summary>
    public required Vector Reference { get; init; }

    /// <summary>A bound of the reference's own error, for each component.</summary>
    public required Vector ReferenceError { get; init; }

    /// <summary>The largest relative error of all components that could be decided; null where none could.</summary>
    public double? MaximumError { get; init; }

    /// <summary>
    /// The component of the largest relative error, counted from 0; a wrong one if any is wrong. Null where none could be decided.
    /// </summary>
    public int? WorstComponent { get; init; }

    /// <summary>True when no component is wrong. Components that could not be decided are not wrong.</summary>
    public bool IsCorrect { get; init; }

    /// <summary>The number of components that could be neither confirmed nor refuted.</summary>
    public int UndecidedCount { get; init; }

    /// <summary>The tolerance, relative to each component.</summary>
    public double Tolerance { get; init; } = GradientCheck.DefaultTolerance;

    /// <summary>Evaluations of the function (of the physics where there is one), those of the gradient included.</summary>
    public long Evaluations { get; init; }

    /// <summary>Where the gradient came from.</summary>
    public GradientSource Source { get; init; }

    /// <summary>The components one by one.</summary>
    public required IReadOnlyList<GradientComponent> Components { get; init; }

    /// <summary>The outcome in words, with the numbers.</summary>
    public required string Message { get; init; }

    /// <summary>The names of the variables, in the order of X; null where they have none.</summary>
    internal VariableNames? Variables { get; init; }
}
