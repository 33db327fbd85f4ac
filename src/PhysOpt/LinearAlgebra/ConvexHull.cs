namespace PhysOpt.LinearAlgebra;

/// <summary>The convex hull of a few vectors.</summary>
internal static class ConvexHull
{
    const double Accuracy = 1e-12; // of the largest |v|^2
    const int MostSteps = 1000;

    /// <summary>The shortest vector of the hull. Wolfe (1976), "Finding the nearest point in a polytope".</summary>
    /// <remarks>
    /// It is the shortest vector of the affine hull of some of the vectors, all with positive weights. One that lies further back along
    /// the present vector joins them; where a weight would become negative, the way ends where it is zero, and its vector leaves.
    /// </remarks>
    /// <param name="vectors">The vectors, one at least.</param>
    internal static Vector Shortest(IReadOnlyList<Vector> vectors)
    {
        var (first, scale) = (vectors.MinBy(each => each.Norm)!, vectors.Max(each => each.Dot(each)));
        List<(Vector Vector, double Weight)> active = [(first, 1)];
        var shortest = first;
        for (var k = 0; k < MostSteps; k++)
        {
            var next = vectors.MinBy(each => each.Dot(shortest))!;
            if (next.Dot(shortest) >= shortest.Dot(shortest) - Accuracy * scale
                || active.Any(each => ReferenceEquals(each.Vector, next))) break;
            active.Add((next, 0));
            while (true)
            {
                if (AffineWeights([.. active.Select(each => each.Vector)], scale) is not { } affine) return shortest;
                if (affine.All(weight => weight > 0))
                {
                    active = [.. active.Select((each, i) => (each.Vector, affine[i]))];
                    break;
                }

                var part = Enumerable.Range(0, active.Count).Where(i => affine[i] <= 0)
                    .Min(i => active[i].Weight / (active[i].Weight - affine[i]));
                active = [.. active.Select((each, i) => (each.Vector, Weight: each.Weight + part * (affine[i] - each.Weight)))
                    .Where((each, i) => affine[i] > 0 || each.Weight > Accuracy)];
            }

            shortest = active.Select(each => each.Weight * each.Vector).Aggregate((a, b) => a + b);
        }

        return shortest;
    }

    /// <summary>
    /// The weights, of sum 1, of the shortest vector of an affine hull: (V V' + s 1 1') u = 1, divided by their sum; null where one vector
    /// lies in the affine hull of the others.
    /// </summary>
    static Vector? AffineWeights(Vector[] vectors, double scale)
    {
        var m = vectors.Length;
        var u = Factorization.SolvePositiveDefinite(
            new Matrix(m, m, (i, j) => vectors[i].Dot(vectors[j]) + scale), new Vector(Enumerable.Repeat(1.0, m)));
        return u is null ? null : 1 / u.Sum() * u;
    }
}
