using PhysOpt.LinearAlgebra;

namespace PhysOpt.Analysis;

/// <summary>Measures a run while its records pass by; keeps the first, the best and the last of them only.</summary>
public sealed class TrajectoryMeter
{
    readonly IterationRecord first;
    IterationRecord best;
    double path;

    /// <summary>Begins with the first record of a run.</summary>
    public TrajectoryMeter(IterationRecord first) => this.first = best = Last = first;

    /// <summary>The record that came last.</summary>
    public IterationRecord Last { get; private set; }

    /// <summary>Takes in the next record of the run.</summary>
    public void Add(IterationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        path += (record.X - Last.X).Norm;
        if (record.Loss < best.Loss) best = record;
        Last = record;
    }

    /// <summary>What was spent before the first record; the start itself belongs to the run.</summary>
    T Before<T>(T spent) where T : struct => first.Iteration > 0 ? spent : default;

    /// <summary>The summary of the records so far.</summary>
    public TrajectorySummary Summary => new()
    {
        Method = Last.Method,
        Run = Last.Run,
        Iterations = Last.Iteration - first.Iteration,
        FinalLoss = Last.Loss,
        BestLoss = best.Loss,
        BestIteration = best.Iteration,
        DistanceToSolution = Last.Problem?.Solution is { } solution ? (Last.X - solution).Norm : null,
        PathLength = path,
        Straightness = path > 0 ? (Last.X - first.X).Norm / path : null,
        Evaluations = Last.Evaluations - Before(first.Evaluations),
        Elapsed = Last.Elapsed - Before(first.Elapsed),
        Status = Last.Status,
        X = Last.X,
        BestX = best.X,
        Variables = Last.Variables,
    };
}
