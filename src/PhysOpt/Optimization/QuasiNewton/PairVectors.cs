using System.Collections.Immutable;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>The vectors of curvature pairs, oldest first.</summary>
/// <param name="Steps">s_1 ... s_k.</param>
/// <param name="Changes">y_1 ... y_k.</param>
internal readonly record struct PairVectors(ImmutableArray<Vector> Steps, ImmutableArray<Vector> Changes)
{
    internal int Count => Steps.Length;

    internal ReadOnlySpan<double> S(int i) => Steps[i].AsSpan();

    internal ReadOnlySpan<double> Y(int i) => Changes[i].AsSpan();

    /// <summary>Without the first pairs, and with one more.</summary>
    internal PairVectors With(int dropped, Vector s, Vector y) =>
        new([.. Steps.AsSpan()[dropped..], s], [.. Changes.AsSpan()[dropped..], y]);
}
