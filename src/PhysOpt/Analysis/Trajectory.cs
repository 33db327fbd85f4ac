using PhysOpt.Functions;

namespace PhysOpt.Analysis;

/// <summary>Groups a stream of records into runs, and measures them.</summary>
public static class Trajectory
{
    /// <summary>True when <paramref name="next"/> belongs to the run of <paramref name="before"/> and comes right after it.</summary>
    public static bool Continues(IterationRecord before, IterationRecord next)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(next);
        var samePoint = next.Iteration == before.Iteration && next.Status != TerminationReason.Running && next.X.Equals(before.X);
        return BelongTogether(before, next) && (next.Iteration == before.Iteration + 1 || samePoint);
    }

    /// <summary>True when both records are of one method, run and problem, and the second is not earlier.</summary>
    public static bool BelongTogether(IterationRecord before, IterationRecord next)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(next);
        return before.Status == TerminationReason.Running && before.Method == next.Method && before.Run == next.Run
            && ReferenceEquals(before.Problem, next.Problem) && next.Iteration >= before.Iteration && next.X.Count == before.X.Count;
    }

    /// <summary>One summary of the records of one run, in their order.</summary>
    /// <exception cref="ArgumentException">There is no record.</exception>
    public static TrajectorySummary Summarise(IEnumerable<IterationRecord> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        TrajectoryMeter? meter = null;
        foreach (var record in run)
        {
            if (meter is null) meter = new(record);
            else meter.Add(record);
        }

        return meter?.Summary ?? throw new ArgumentException("A run has at least one record.", nameof(run));
    }

    /// <summary>How far two runs are apart, iteration by iteration, over all components of x.</summary>
    /// <exception cref="ProblemException">The runs have no iteration in common, or x of different lengths.</exception>
    public static TrajectoryComparison Compare(IEnumerable<IterationRecord> reference, IEnumerable<IterationRecord> difference)
    {
        var byIteration = new Dictionary<int, Vector>();
        foreach (var record in difference) byIteration[record.Iteration] = record.X;

        var (sum, largest, components, iterations) = (0.0, 0.0, 0, 0);
        var largestAt = 0;
        foreach (var (iteration, x) in reference.Select(record => (record.Iteration, record.X)).DistinctBy(pair => pair.Iteration))
        {
            if (!byIteration.TryGetValue(iteration, out var other)) continue;
            if (other.Count != x.Count)
            {
                throw new ProblemException(
                    "TrajectoriesDifferInLength",
                        $"x has {Plural.Of(x.Count, "component")} in the reference, but {other.Count} in the other trajectory.",
                    "Compare runs of the same problem.");
            }

            iterations++;
            components += x.Count;
            for (var i = 0; i < x.Count; i++)
            {
                var error = double.Abs(x[i] - other[i]);
                sum += error;
                if (error > largest) (largest, largestAt) = (error, iteration);
            }
        }

        if (iterations == 0)
        {
            throw new ProblemException(
                "NoCommonIterations", "The two trajectories have no iteration in common.", "Give two runs that both start at iteration 0.");
        }

        return new()
        {
            MeanAbsoluteError = sum / components,
            MaxAbsoluteError = largest,
            MaxAtIteration = largestAt,
            Iterations = iterations
        };
    }
}
