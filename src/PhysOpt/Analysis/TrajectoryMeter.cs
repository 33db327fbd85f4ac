using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;

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
        if (record.Loss < best.Loss || IsUnknown(best, UnknownParts.Loss)) best = record;
        Last = record;
    }

    /// <summary>What was spent before the first record; the start itself belongs to the run.</summary>
    T Before<T>(T spent) where T : struct => first.Iteration > 0 ? spent : default;

    /// <summary>The summary of the records so far; what rows of a file do not say is null.</summary>
    public TrajectorySummary Summary
    {
        get
        {
            var hasBest = !IsUnknown(best, UnknownParts.Loss);
            return new()
            {
                Method = Last.Method,
                Run = Last.Run,
                Iterations = Last.Iteration - first.Iteration,
                FinalLoss = IsUnknown(Last, UnknownParts.Loss) ? null : Last.Loss,
                BestLoss = hasBest ? best.Loss : null,
                BestIteration = hasBest ? best.Iteration : null,
                DistanceToSolution = Last.Problem?.Solution is { } solution ? (Last.X - solution).Norm : null,
                PathLength = path,
                Straightness = path > 0 ? (Last.X - first.X).Norm / path : null,
                Evaluations = IsUnknown(UnknownParts.Evaluations) ? null : Last.Evaluations - Before(first.Evaluations),
                Elapsed = IsUnknown(UnknownParts.Elapsed) ? null : Last.Elapsed - Before(first.Elapsed),
                Status = IsUnknown(Last, UnknownParts.Status) ? null : Last.Status,
                X = Last.X,
                BestX = hasBest ? best.X : null,
                Variables = Last.Variables,
            };
        }
    }

    static bool IsUnknown(IterationRecord record, UnknownParts part) => (record.Unknown & part) != 0;

    /// <summary>True where a difference of the last and the first record is not known.</summary>
    bool IsUnknown(UnknownParts part) => IsUnknown(Last, part) || (first.Iteration > 0 && IsUnknown(first, part));
}
