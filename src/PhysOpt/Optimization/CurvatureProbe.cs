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
    const int MostProducts = 3, Few = 5, MostTwins = 20;
    const double Equal = 1e-6; // in their own size
    const double Beside = 1e-4; // of the sizes: the step of a difference
    const double Negligible = 1e-5; // of the largest curvature seen: what differences make of none
    const double Visible = 100, Farthest = 0.1; // the roundings that the loss is to fall by, and how far that may be away, in sizes
    const double Least = 0.25; // of what the curvature promises
    const double Slight = 1e-2, Certain = 1e-4; // of the largest curvature seen
    const double Doubtless = 1e-2; // of the losses of the run: what is less is looked at from the other side too
    const double Half = 0.5; // of the curvature on one side, that there is on the other

    /// <summary>What is seen at a point.</summary>
    /// <param name="IsSaddle">True where the loss is lower on a side of it, by what a negative curvature promises.</param>
    /// <param name="Slightest">The direction of least curvature, one size long, where that is next to none or less; else null.</param>
    /// <param name="Least">
    /// The least curvature along all directions between the bounds, in losses per size squared, as far as it is known: where too few of
    /// them are seen, that of these where it is more than slight. Else 0.
    /// </param>
    internal readonly record struct Findings(bool IsSaddle, Vector? Slightest = null, double Least = 0);

    /// <summary>Looks how the loss curves at a point.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="at">The point, with its gradient.</param>
    /// <param name="start">Where the run began.</param>
    /// <param name="loss">The size of the losses of the run.</param>
    internal static Findings At(IObjective f, Point at, Vector start, double loss = 0)
    {
        if (f.IsLeast(at)) return default;
        var free = f.Bounds.Between(at.X);
        var from = free.Where(i => at.X[i] == start[i]).ToArray();
        var areTwins = from.Length == 0 && free.Length <= MostTwins;
        if (areTwins) areTwins = (from = [.. free.Where(HasTwin)]).Length > 0;
        if (from.Length == 0 && (f is ILeastSquares || !f.IsExactAt(at))) return default;
        var (direction, curvature, least) =
            Lowest(f, at, VariableSizes.Of(at.X, start), free, from.Length > 0 ? from : free, areTwins, Doubtless * loss);
        return new(curvature < 0 && Falls(f, at, direction!, curvature), direction, least);

        bool HasTwin(int i) => start[i] != 0
            && free.Any(j => j != i && start[j] != 0 && double.Abs(Grown(i) - Grown(j)) <= Equal * Grown(i));

        double Grown(int i) => double.Abs(at.X[i] / start[i]);
    }

    /// <summary>
    /// The direction of the most negative curvature that is seen, one size long, and that curvature; where none is, one of next to none, if
    /// any, and 0. And the least curvature, where more than what differences make of none is seen along all.
    /// </summary>
    static (Vector? Direction, double Curvature, double Least) Lowest(
        IObjective f, Point at, Vector sizes, int[] free, int[] from, bool isThorough, double doubtless)
    {
        var (basis, products) = (new List<Vector>(), new List<Vector>());
        var seed = SlopeDirections.Seeded(at.X, sizes, null, null);
        var next = Seeded(from);
        var isLast = from.Length == free.Length || f is ILeastSquares || !f.IsExactAt(at);
        (double Curvature, Vector? Weights) lowest = default;
        var largest = 0.0;
        var most = isThorough || free.Length <= Few ? free.Length : MostProducts; // of few variables all directions are seen
        while (basis.Count < most && next.Norm is var length && length > 0)
        {
            basis.Add(1 / length * next);
            if (Product(basis[^1]) is not { IsFinite: true } product) return default;
            products.Add(product);
            largest = double.Max(largest, product.InfinityNorm);
            lowest = JacobiRotations.Lowest(new(basis.Count, basis.Count, (i, j) => Entry(basis, products, i, j)));
            if (lowest.Curvature < -Negligible * largest) return (InSizes(Weighted(lowest.Weights!)), lowest.Curvature, 0);

            next = Beyond(product);
            if (next.Norm > Negligible * product.Norm) continue;
            if (isLast) break;
            (next, isLast) = (Beyond(Seeded(free)), true); // what does not meet the variables that have not moved
        }

        var isSlight = !(lowest.Curvature > Slight * largest);
        var isKnown = f.IsExactAt(at) && (basis.Count == free.Length ? lowest.Curvature > Certain * largest
            : from.Length == free.Length && !isSlight);
        // the slope of x^3 seems to curve upwards on one of its sides
        isKnown = isKnown && (lowest.Curvature >= doubtless || OnOtherSide(Weighted(lowest.Weights!)) >= Half * lowest.Curvature);
        return (basis.Count > 1 && isSlight ? InSizes(Weighted(lowest.Weights!)) : null, 0, isKnown ? lowest.Curvature : 0);

        double OnOtherSide(Vector v) => -v.Dot(Product(-1 * v)); // of length 1

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

        Vector Weighted(Vector weights)
        {
            var sum = Vector.Zero(at.X.Count);
            for (var k = 0; k < basis.Count; k++) sum = sum.AddScaled(weights[k], basis[k]);
            return 1 / sum.Norm * sum;
        }

        Vector InSizes(Vector unit) => Vector.Wrap([.. unit.Zip(sizes, (v, size) => v * size)]);

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
