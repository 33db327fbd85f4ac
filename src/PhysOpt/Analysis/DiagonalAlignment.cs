using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt;

/// <summary>How well an update is aligned with the diagonal, the direction in which all components shrink alike.</summary>
public sealed record DiagonalAlignment
{
    /// <summary>The method; null for a direction that no method made.</summary>
    public string? Method { get; init; }

    /// <summary>0-based number of the run within its pipeline.</summary>
    public int Run { get; init; }

    /// <summary>The update: 1 is the first.</summary>
    public int Iteration { get; init; }

    /// <summary>dot(u/|u|, d) with u = -Step and d the direction, (1,...,1) unless another was given. Larger is better.</summary>
    public double Alignment { get; init; }

    /// <summary>The largest possible alignment, |d|; the square root of n for the diagonal.</summary>
    public double MaximumAlignment { get; init; }

    /// <summary>The cosine between the step and the way to the problem's solution; null where none is known.</summary>
    public double? CosineToSolution { get; init; }

    /// <summary>The alignment of a record's update; null where nothing moved, as at iteration 0.</summary>
    /// <param name="record">The record after the update.</param>
    /// <param name="direction">d, as many components as x; null for the diagonal.</param>
    public static DiagonalAlignment? Of(IterationRecord record, Vector? direction = null)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Step is not { } step || step.Norm == 0) return null;
        var before = record.X - step;
        return Of(-step, direction) with
        {
            Method = record.Method,
            Run = record.Run,
            Iteration = record.Iteration,
            CosineToSolution = record.Problem?.Solution is { } solution && (solution - before) is var way && way.Norm > 0
                ? step.Dot(way) / step.Norm / way.Norm
                : null,
        };
    }

    /// <summary>The alignment of a vector u.</summary>
    /// <exception cref="ProblemException">The lengths differ.</exception>
    public static DiagonalAlignment Of(Vector u, Vector? direction = null)
    {
        ArgumentNullException.ThrowIfNull(u);
        direction ??= Vector.Wrap([.. Enumerable.Repeat(1.0, u.Count)]);
        if (direction.Count != u.Count)
        {
            throw new ProblemException(
                "DirectionLengthMismatch", $"Direction has {Plural.Of(direction.Count, "component")}, but the update has {u.Count}.",
                "Give one number for each component of x.");
        }

        return new() { Alignment = u.Dot(direction) / u.Norm, MaximumAlignment = direction.Norm };
    }
}
