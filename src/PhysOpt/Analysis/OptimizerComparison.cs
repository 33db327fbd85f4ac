using PhysOpt.Functions;
using PhysOpt.Problems;

namespace PhysOpt;

/// <summary>One method with one learning rate on a problem, beside others: how far it came, and what it took to reach the target.</summary>
public sealed record OptimizerComparison : IComponents
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>0-based number of the run within the comparison of all problems of the pipeline.</summary>
    public int Run { get; init; }

    /// <summary>The learning rate; null for a method that has none.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Where the learning rate comes from; null for a method that has none.</summary>
    public LearningRateSource? RateFrom { get; init; }

    /// <summary>Evaluations of the search that found the learning rate, not among Evaluations; null where none was made.</summary>
    public long? TuningEvaluations { get; init; }

    /// <summary>True when every target that was given was met, in one iteration; null where none was given.</summary>
    public bool? TargetReached { get; init; }

    /// <summary>The first iteration that met it; null where none did.</summary>
    public int? IterationsToTarget { get; init; }

    /// <summary>Evaluations of the physics until then; null where it was not met.</summary>
    public long? EvaluationsToTarget { get; init; }

    /// <summary>Time until then; null where it was not met.</summary>
    public TimeSpan? TimeToTarget { get; init; }

    /// <summary>The Euclidean length of the first update; null where there was none.</summary>
    public double? FirstStepNorm { get; init; }

    /// <summary>dot(u/|u|, (1,...,1)) of the first update, with u = -Step; null where nothing moved.</summary>
    public double? FirstAlignment { get; init; }

    /// <summary>The cosine between the first step and the way to the problem's solution; null where none is known.</summary>
    public double? FirstCosineToSolution { get; init; }

    /// <summary>The number of updates.</summary>
    public int Iterations { get; init; }

    /// <summary>The loss at the last point.</summary>
    public double FinalLoss { get; init; }

    /// <summary>The smallest loss of all points.</summary>
    public double BestLoss { get; init; }

    /// <summary>The Euclidean distance of the last point to the problem's solution; null where none is known.</summary>
    public double? DistanceToSolution { get; init; }

    /// <summary>The sum of the Euclidean lengths of all steps.</summary>
    public double PathLength { get; init; }

    /// <summary>The distance between first and last point over the path length, at most 1; null when nothing moved.</summary>
    public double? Straightness { get; init; }

    /// <summary>Evaluations of the physics; those that went into the choice of a learning rate are not counted.</summary>
    public long Evaluations { get; init; }

    /// <summary>Time of the run.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why the run ended.</summary>
    public TerminationReason Status { get; init; }

    /// <summary>The last point.</summary>
    public required Vector X { get; init; }

    /// <summary>The point of the smallest loss.</summary>
    public required Vector BestX { get; init; }

    VariableNames? IComponents.Variables => Problem?.Variables;

    /// <summary>A summary has no y.</summary>
    Vector? IComponents.Y => null;

    /// <summary>The problem.</summary>
    public OptimizationProblem? Problem { get; init; }

    /// <summary>Method, learning rate and loss in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Method}, learning rate {LearningRate}: loss {FinalLoss} after {Plural.Of(Iterations, "iteration")}");
}
