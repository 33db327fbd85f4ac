using PhysOpt.Problems;

namespace PhysOpt;

/// <summary>One run in one line.</summary>
public sealed record TrajectorySummary : IComponents
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>0-based number of the run within its pipeline.</summary>
    public int Run { get; init; }

    /// <summary>The number of updates.</summary>
    public int Iterations { get; init; }

    /// <summary>The loss at the last point; null where rows of a file do not say it.</summary>
    public double? FinalLoss { get; init; }

    /// <summary>The smallest loss of all points; null where rows of a file say none.</summary>
    public double? BestLoss { get; init; }

    /// <summary>Where the smallest loss was seen first; null where rows of a file say none.</summary>
    public int? BestIteration { get; init; }

    /// <summary>The Euclidean distance of the last point to the problem's solution; null where none is known.</summary>
    public double? DistanceToSolution { get; init; }

    /// <summary>The sum of the Euclidean lengths of all steps.</summary>
    public double PathLength { get; init; }

    /// <summary>The distance between first and last point over the path length, at most 1; null when nothing moved.</summary>
    public double? Straightness { get; init; }

    /// <summary>Evaluations of the physics; those before the first record are left out where it is not a start. Null where rows
    /// of a file do not say them.</summary>
    public long? Evaluations { get; init; }

    /// <summary>Time without the time spent downstream; null where rows of a file do not say it.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>Why the run ended; Running where its end was not among the records, null where rows of a file say
    /// nothing of it.</summary>
    public TerminationReason? Status { get; init; }

    /// <summary>The last point.</summary>
    public required Vector X { get; init; }

    /// <summary>The point of the smallest loss; null where rows of a file say no loss.</summary>
    public required Vector? BestX { get; init; }

    /// <summary>The names of the variables, in the order of X; null where they have none.</summary>
    internal VariableNames? Variables { get; init; }

    VariableNames? IComponents.Variables => Variables;

    /// <summary>A summary has no y.</summary>
    Vector? IComponents.Y => null;
}

/// <summary>How far two trajectories are apart.</summary>
public sealed record TrajectoryComparison
{
    /// <summary>The mean of |x_i - x'_i| over all components of all common iterations, in units of x.</summary>
    public double MeanAbsoluteError { get; init; }

    /// <summary>The largest |x_i - x'_i|, in units of x.</summary>
    public double MaxAbsoluteError { get; init; }

    /// <summary>The iteration of the largest one.</summary>
    public int MaxAtIteration { get; init; }

    /// <summary>The number of common iterations, the start included.</summary>
    public int Iterations { get; init; }
}
