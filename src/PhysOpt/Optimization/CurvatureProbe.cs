using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// Looks whether the loss curves downwards where a method without second derivatives has ended: a run that begins on a line of symmetry
/// never leaves it, and ends at a saddle as it would at a minimum.
/// </summary>
/// <remarks>
/// A few steps of Lanczos's method from one direction, with differences of gradients in place of products with the Hessian, in units of the
/// variables' sizes; the loss itself is then asked on both sides. The direction is of the variables that have not moved, if there are any,
/// since nothing is known of them, and of those that have grown by one factor: what may be exchanged stays equal. Where the gradient costs
/// differences itself, or the loss is a sum of squares whose model has no negative curvature, only these are looked at. Golub and Van Loan
/// (2013), "Matrix computations", section 10.1.
/// </remarks>
internal static class CurvatureProbe
{
    const int MostProducts = 3, MostTwins = 20;
    const double Equal = 1e-6; // in their own size
    const double Beside = 1e-4; // of the sizes: the step of a difference
    const double Negligible = 1e-5; // of the largest curvature seen: what differences make of none
    const double Visible = 100, Farthest = 0.1; // the roundings that the loss is to fall by, and how far that may be away, in sizes
    const double Least = 0.25; // of what the curvature promises
    const double Slight = 1e-2; // of the largest curvature seen

    /// <summary>
    /// True where the loss is lower on a side of a point, by what a negative curvature promises; otherwise tells where it hardly curves.
    /// </summary>
    /// <param name="f">The objective.</param>
    /// <param name="at">The point, with its gradient.</param>
    /// <param name="start">Where the run began.</param>
    /// <param name="slightest">The direction of least curvature, one size long, where that is next to none or less; else null.</param>
    internal static bool IsSaddle(IObjective f, Point at, Vector start, out Vector? slightest)
    {
        slightest = null;
        if (at.Value == 0 && f is ILeastSquares) return false; // no sum of squares is lower
        var bounds = f.Bounds;
        var free = Enumerable.Range(0, at.X.Count)
            .Where(i => !bounds.Exist || (at.X[i] > bounds.Lower[i] && at.X[i] < bounds.Upper[i])).ToArray();
        var from = free.Where(i => at.X[i] == start[i]).ToArray();
        var areTwins = from.Length == 0 && free.Length <= MostTwins;
        if (areTwins) areTwins = (from = [.. free.Where(HasTwin)]).Length > 0;
        if (from.Length == 0 && (f is ILeastSquares || !f.IsExactAt(at))) return false;
        (slightest, var curvature) = Lowest(f, at, VariableSizes.Of(at.X, start), free, from.Length > 0 ? from : free, areTwins);
        return curvature < 0 && Falls(f, at, slightest!, curvature);

        bool HasTwin(int i) => start[i] != 0
            && free.Any(j => j != i && start[j] != 0 && double.Abs(Grown(i) - Grown(j)) <= Equal * Grown(i));

        double Grown(int i) => double.Abs(at.X[i] / start[i]);
    }

    /// <summary>
    /// The direction of the most negative curvature that is seen, one size long, and that curvature; where none is, one of next to none, if
    /// any, and 0.
    /// </summary>
    static (Vector? Direction, double Curvature) Lowest(IObjective f, Point at, Vector sizes, int[] free, int[] from, bool isThorough)
    {
        var (basis, products) = (new List<Vector>(), new List<Vector>());
        var seed = SlopeDirections.Seeded(at.X, sizes, null, null);
        var next = Seeded(from);
        var isLast = from.Length == free.Length || f is ILeastSquares || !f.IsExactAt(at);
        while (basis.Count < (isThorough ? free.Length : int.Min(MostProducts, free.Length)) && next.Norm is var length && length > 0)
        {
            basis.Add(1 / length * next);
            if (Product(basis[^1]) is not { IsFinite: true } product) return default;
            products.Add(product);
            if (Projected(basis, products) is not { } weights) return default;
            var curvature = Curvature(weights, basis, products) / weights.Dot(weights);
            if (curvature < -Negligible * products.Max(each => each.InfinityNorm)) return (Direction(weights), curvature);

            next = Beyond(product);
            if (next.Norm > Negligible * product.Norm) continue;
            if (isLast) break;
            (next, isLast) = (Beyond(Seeded(free)), true); // what does not meet the variables that have not moved
        }

        return basis.Count > 1 && Slightest(basis, products) is { } slight ? (Direction(slight), 0) : default;

        Vector Seeded(int[] variables)
        {
            var v = new double[at.X.Count];
            foreach (var i in variables) v[i] = seed[i] / sizes[i];
            return Vector.Wrap(v);
        }

        Vector Beyond(Vector v)
        {
            foreach (var each in basis) v = v.AddScaled(-v.Dot(each), each);
            return v;
        }

        Vector Direction(Vector weights)
        {
            var direction = Vector.Zero(at.X.Count);
            for (var k = 0; k < basis.Count; k++) direction = direction.AddScaled(weights[k], basis[k]);
            return Vector.Wrap([.. direction.Zip(sizes, (v, size) => v * size / direction.Norm)]);
        }

        Vector Product(Vector v)
        {
            var x = at.X.ToArray();
            foreach (var i in free) x[i] += Beside * v[i] * sizes[i];
            var trial = f.At(f.Project(Vector.Wrap(x)));
            var product = new double[x.Length];
            foreach (var i in free) product[i] = (trial.Gradient[i] - at.Gradient[i]) * sizes[i] / Beside;
            return Vector.Wrap(product);
        }
    }

    /// <summary>
    /// The combination of directions whose curvature is the last pivot of L D L' of the projected Hessian: the first negative one shows a
    /// negative curvature. Null where the pivots before tell nothing. Golub and Van Loan (2013), section 4.1.
    /// </summary>
    static Vector? Projected(List<Vector> basis, List<Vector> products)
    {
        var last = basis.Count - 1;
        if (last == 0) return new(1);
        var before = new Matrix(last, last, (i, j) => Entry(basis, products, i, j));
        var column = new Vector(Enumerable.Range(0, last).Select(i => Entry(basis, products, i, last)));
        return Factorization.SolvePositiveDefinite(before, column) is { } solution ? new([.. solution.Select(each => -each), 1]) : null;
    }

    /// <summary>The combination of directions with the least curvature; null where it is not slight.</summary>
    static Vector? Slightest(List<Vector> basis, List<Vector> products) => InverseIteration.SlightEigenvectors(
        new(basis.Count, basis.Count, (i, j) => Entry(basis, products, i, j)), Slight * products.Max(each => each.Norm), most: 1)
        .FirstOrDefault();

    static double Curvature(Vector weights, List<Vector> basis, List<Vector> products)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Count; i++)
        {
            for (var j = 0; j < weights.Count; j++) sum += weights[i] * weights[j] * Entry(basis, products, i, j);
        }

        return sum;
    }

    static double Entry(List<Vector> basis, List<Vector> products, int i, int j) =>
        (basis[i].Dot(products[j]) + basis[j].Dot(products[i])) / 2;

    static bool Falls(IObjective f, Point at, Vector direction, double curvature)
    {
        var length = double.Sqrt(2 * Visible * LossRounding.Of(at.Value) / -curvature);
        if (length > Farthest) return false;
        length = double.Max(length, Beside);
        var least = double.Max(Least / 2 * -curvature * length * length, LossRounding.Of(at.Value));
        return at.Value - f.At(f.Project(at.X.AddScaled(length, direction))).Value >= least
            || at.Value - f.At(f.Project(at.X.AddScaled(-length, direction))).Value >= least;
    }
}
