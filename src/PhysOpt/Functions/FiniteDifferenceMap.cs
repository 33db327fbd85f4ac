using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>A map with derivatives by finite differences of its values, whatever derivatives it has itself.</summary>
/// <remarks>
/// First derivatives: central, step eps^(1/3) max(s_i, |x_i|) with s_i = min(1, |start_i|), or 1 without a start, 2n evaluations, relative
/// error about eps^(2/3) = 4e-11 for a function of scale 1. Second derivatives: from the first ones where these are exact, otherwise step
/// eps^(1/4) max(s_i, |x_i|), 2n^2 evaluations, error about eps^(1/2) = 1.5e-8. One-sided of the same order beside a bound: no evaluation
/// lies outside the bounds. Nocedal and Wright (2006), section 8.1.
/// </remarks>
/// <param name="map">The map.</param>
/// <param name="lower">Lower bounds of x, or null.</param>
/// <param name="upper">Upper bounds of x, or null.</param>
/// <param name="start">Where x starts, whose components say how small x may be; null where nothing is known.</param>
internal sealed class FiniteDifferenceMap(IMap map, Vector? lower = null, Vector? upper = null, Vector? start = null)
    : ITwiceDifferentiableMap
{
    (Vector At, Matrix Jacobian)? latest; // after a gradient at x, the Jacobian there is often wanted next

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => map.Evaluate(x);

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y)
    {
        if (latest is var (at, known) && at.Equals(x)) return known;
        var columns = new double[x.Count * y.Count];
        for (var i = 0; i < x.Count; i++) FirstDifference(x, y, i).AsSpan().CopyTo(columns.AsSpan(i * y.Count));
        var jacobian = Matrix.Wrap(y.Count, x.Count, columns);
        latest = (x, jacobian);
        return jacobian;
    }

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => Jacobian(x, y).TransposeMultiply(w);

    /// <summary>df/dx_i at x, m components.</summary>
    Vector FirstDifference(Vector x, Vector y, int i) =>
        Apply(DifferenceStencil.First(x[i], Lower(i), Upper(i), DifferenceStencil.FirstDerivativeStep, Scale(i)), x, i, Evaluate, y);

    /// <summary>The Hessian of a scalar function as differences of its exact gradient, made symmetric.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="gradient">The gradient at a point where the map has a value.</param>
    internal Matrix HessianOfGradient(Vector x, Vector y, Func<Vector, Vector, Vector> gradient)
    {
        var atCentre = gradient(x, y);
        var columns = new Vector[x.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var stencil = DifferenceStencil.First(x[i], Lower(i), Upper(i), DifferenceStencil.FirstDerivativeStep, Scale(i));
            columns[i] = Apply(stencil, x, i, at => gradient(at, Evaluate(at)), atCentre);
        }

        return new(x.Count, x.Count, (i, j) => (columns[i][j] + columns[j][i]) / 2);
    }

    /// <summary>The Hessian of w'f(x), by second differences on the diagonal and products of two first differences beside it.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="w">The weights, m components.</param>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w)
    {
        var n = x.Count;
        var hessian = new double[n * n];
        var onAxes = new Dictionary<Vector, Vector>(); // one-sided mixed differences come back to the points of the diagonal
        for (var i = 0; i < n; i++)
        {
            hessian[i * n + i] = Apply(DifferenceStencil.Second(x[i], Lower(i), Upper(i), Scale(i)), x, i, OnAxis, y).Dot(w);
            var outer = MixedStencil(x, i);
            for (var j = 0; j < i; j++)
            {
                var inner = MixedStencil(x, j);
                var mixed = Apply(
                    outer, x, i, at => ReferenceEquals(at, x) ? Apply(inner, at, j, OnAxis, y) : Apply(inner, at, j, OffAxis));
                hessian[i * n + j] = hessian[j * n + i] = mixed.Dot(w);
            }
        }

        return Matrix.Wrap(n, n, hessian);

        Vector OnAxis(Vector at) => onAxes.TryGetValue(at, out var known) ? known : onAxes[at] = Evaluate(at);
        Vector OffAxis(Vector at) => onAxes.TryGetValue(at, out var known) ? known : Evaluate(at);
    }

    DifferenceStencil MixedStencil(Vector x, int i) =>
        DifferenceStencil.First(x[i], Lower(i), Upper(i), DifferenceStencil.SecondDerivativeStep, Scale(i));

    /// <summary>
    /// The difference formula applied to f in component i, at x where f is <paramref name="centre"/> if that is known already.
    /// </summary>
    Vector Apply(DifferenceStencil stencil, Vector x, int i, Func<Vector, Vector> f, Vector? centre = null)
    {
        var sum = stencil.Centre == 0 && stencil.Offsets.Length > 0 ? null : stencil.Centre * (centre ?? f(x));
        for (var s = 0; s < stencil.Offsets.Length; s++)
        {
            var term = stencil.Weights[s] * f(x.With(i, Within(i, x[i], x[i] + stencil.Offsets[s])));
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }

    /// <summary>Rounding may carry the outermost offset past a bound by one unit of the last place.</summary>
    double Within(int i, double from, double to) => from < Lower(i) || from > Upper(i) ? to : double.Clamp(to, Lower(i), Upper(i));

    double Scale(int i) => DifferenceStencil.Scale(start?[i]);

    double Lower(int i) => lower?[i] ?? double.NegativeInfinity;

    double Upper(int i) => upper?[i] ?? double.PositiveInfinity;
}
