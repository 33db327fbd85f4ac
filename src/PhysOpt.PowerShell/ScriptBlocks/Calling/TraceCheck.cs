using PhysOpt.Functions;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Compares a record, by the program that is run from now on, with the script block that it was made of: at the point where it was made
/// and at two points nearby.
/// </summary>
internal static class TraceCheck
{
    /// <summary>The relative difference that rounding may make.</summary>
    internal const double Tolerance = 1e-12;

    /// <summary>How far away the nearby points are, relatively to max(1, |x|) in each component.</summary>
    static readonly double[] Distances = [1e-3, -7e-6];

    /// <param name="branch">The record.</param>
    /// <param name="x">Where it was made.</param>
    /// <param name="expected">What the block gave there before it was recorded.</param>
    /// <param name="untouched">The block as the user wrote it.</param>
    /// <exception cref="TraceRefusedException">They differ, or the block gives something else each time.</exception>
    internal static void Verify(TracedBranch branch, Vector x, Vector expected, ScriptBlockCall untouched)
    {
        var again = untouched.Invoke(x);
        if (!again.AsSpan().SequenceEqual(expected.AsSpan()) && !again.Equals(expected))
            throw new TraceRefusedException($"It gives something else every time: {expected:G10} and {again:G10} at the same place");

        var values = new double[branch.Graph.Outputs.Count];
        if (!branch.TryEvaluate(x.AsSpan(), values))
            throw new TraceRefusedException("Its comparisons turn out differently when the record is evaluated at the same place");
        Compare(x, expected);
        foreach (var distance in Distances)
        {
            var near = Near(x, distance);
            if (!branch.TryEvaluate(near.AsSpan(), values)) continue; // another branch: it is recorded, and checked, when it is needed
            Vector there;
            try
            {
                there = untouched.Invoke(near);
            }
            catch (EvaluationException)
            {
                continue; // beyond the block's range
            }

            Compare(near, there);
        }

        void Compare(Vector at, Vector plain)
        {
            if (Contradiction(values, at, plain, () => branch.Graph) is { } refusal) throw refusal;
        }
    }

    /// <summary>
    /// What is to be said where a record gives something else than the block; null where rounding explains the difference.
    /// </summary>
    /// <param name="values">What was computed from the record.</param>
    /// <param name="x">The point.</param>
    /// <param name="expected">What the block gives there.</param>
    /// <param name="graph">The record, for the branch at x; asked for only where values differ.</param>
    internal static TraceRefusedException? Contradiction(ReadOnlySpan<double> values, Vector x, Vector expected, Func<Graph> graph)
    {
        if (values.Length != expected.Count)
            return new($"It returns {Plural.Of(expected.Count, "number")}, but {values.Length} when it is traced")
            {
                IsContradiction = true,
            };

        for (var i = 0; i < values.Length; i++)
        {
            var (traced, plain) = (values[i], expected[i]);
            if (traced.Equals(plain) || double.Abs(traced - plain) <= Tolerance * double.Abs(plain)) continue;
            if (double.IsFinite(traced - plain) && double.Abs(traced - plain) <= RoundingBound.Of(graph(), i, x)) continue; // parts cancel
            return new(FormattableString.Invariant($"It gives {plain:R}, but {traced:R} when it is traced, for output {i} at ")
                + PointWords.Place(x, "G6"))
            {
                IsContradiction = true,
            };
        }

        return null;
    }

    /// <summary>A point nearby, where every component has moved by another amount.</summary>
    static Vector Near(Vector x, double distance)
    {
        var near = x.ToArray();
        for (var i = 0; i < near.Length; i++)
            near[i] += distance * double.Max(1, double.Abs(near[i])) * (0.5 + (i * 0.61803398874989485 % 1));
        return new(near);
    }
}
