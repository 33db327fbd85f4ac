using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>A map with derivatives by finite differences of its values, whatever derivatives it has itself.</summary>
/// <remarks>
/// First derivatives: central, step eps^(1/3) |x_i|, 2n evaluations, relative error about eps^(2/3) = 4e-11 for a function that varies as x
/// does; more evaluations only where that looks wrong, see <see cref="FirstDifference"/> and <see cref="DifferenceSteps"/>. Second
/// derivatives: from the first ones where these are exact, otherwise step eps^(1/4) |x_i|, 2n^2 evaluations, error about eps^(1/2).
/// One-sided of the same order beside a bound, or a point without a value: no evaluation lies outside the bounds. Nocedal and Wright
/// (2006), section 8.1.
/// </remarks>
/// <param name="map">The map.</param>
/// <param name="lower">Lower bounds of x, or null.</param>
/// <param name="upper">Upper bounds of x, or null.</param>
/// <param name="start">Where x starts, whose components say how large x may be where it is 0; null where nothing is known.</param>
internal sealed class FiniteDifferenceMap(IMap map, Vector? lower = null, Vector? upper = null, Vector? start = null)
    : ITwiceDifferentiableMap
{
    const double Shrink = 1.0 / 16;
    const int MostShrinks = 6;
    const double EnoughDigits = 1e6; // of a second difference, which has 5e7 where the function varies as x does

    readonly DifferenceSteps steps = new(lower, upper, start);
    readonly DifferenceSteps stepsOfGradient = new(lower, upper, start);
    (Vector At, Matrix Jacobian)? latest; // after a gradient at x, the Jacobian there is often wanted next
    Vector? refinedAt;
    double[]? typical; // the largest size of each component so far

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => map.Evaluate(x);

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y)
    {
        if (latest is var (at, known) && at.Equals(x)) return known;
        See(y);
        var columns = new double[x.Count * y.Count];
        for (var i = 0; i < x.Count; i++) Difference(x, y, i).Derivative().AsSpan().CopyTo(columns.AsSpan(i * y.Count));
        var jacobian = Matrix.Wrap(y.Count, x.Count, columns);
        latest = (x, jacobian);
        return jacobian;
    }

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => Jacobian(x, y).TransposeMultiply(w);

    /// <summary>A column of the Jacobian at x.</summary>
    internal Vector Column(Vector x, Vector y, int i)
    {
        See(y);
        return Difference(x, y, i).Derivative();
    }

    /// <summary>A Jacobian at x, but for some columns.</summary>
    /// <param name="jacobian">The Jacobian, m by n.</param>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="columns">The columns to take by differences.</param>
    internal Matrix Completed(Matrix jacobian, Vector x, Vector y, IReadOnlyList<int> columns)
    {
        See(y);
        var known = columns.ToDictionary(i => i, i => Difference(x, y, i).Derivative());
        return new(y.Count, x.Count, (k, i) => known.TryGetValue(i, out var column) ? column[k] : jacobian[k, i]);
    }

    /// <summary>J'w at x, but for some components.</summary>
    /// <param name="product">J'w, n components.</param>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="w">The weights, m components.</param>
    /// <param name="components">The components to take by differences.</param>
    internal Vector Completed(Vector product, Vector x, Vector y, Vector w, IReadOnlyList<int> components)
    {
        See(y);
        var completed = product.ToArray();
        foreach (var i in components) completed[i] = Difference(x, y, i).Derivative().Dot(w);
        return Vector.Wrap(completed);
    }

    /// <summary>
    /// Compares the derivatives at x with those over half the step, and takes better ones where they differ: true where any did.
    /// </summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    internal bool Refine(Vector x, Vector y)
    {
        if (refinedAt?.Equals(x) == true || !y.IsFinite) return false;
        var jacobian = Jacobian(x, y);
        var columns = new double[x.Count * y.Count];
        var hasChanged = false;
        for (var i = 0; i < x.Count; i++)
        {
            var column = jacobian.Column(i);
            if (column.IsFinite && Difference(x, y, i).Refined(column) is { } better) (column, hasChanged) = (better, true);
            column.AsSpan().CopyTo(columns.AsSpan(i * y.Count));
        }

        refinedAt = x;
        if (hasChanged) latest = (x, Matrix.Wrap(y.Count, x.Count, columns));
        return hasChanged;
    }

    /// <summary>The Hessian of a scalar function as differences of its exact gradient, made symmetric.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="gradient">The gradient at a point where the map has a value.</param>
    internal Matrix HessianOfGradient(Vector x, Vector y, Func<Vector, Vector, Vector> gradient)
    {
        var atCentre = gradient(x, y);
        var sizes = Sizes(atCentre);
        var columns = new Vector[x.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = new FirstDifference(at => gradient(at, Evaluate(at)), stepsOfGradient, x, atCentre, i, sizes).Derivative();

        return new(x.Count, x.Count, (i, j) => (columns[i][j] + columns[j][i]) / 2);
    }

    /// <summary>The Hessian of w'f(x), by second differences on the diagonal and products of two first differences beside it.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    /// <param name="w">The weights, m components.</param>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w)
    {
        See(y);
        var n = x.Count;
        var hessian = new double[n * n];
        var mixed = new DifferenceStencil[n];
        var onAxes = new Dictionary<Vector, Vector>(); // one-sided mixed differences come back to the points of the diagonal
        for (var i = 0; i < n; i++)
        {
            (hessian[i * n + i], var step) = Diagonal(x, y, i, OnAxis, w);
            mixed[i] = DifferenceStencil.First(x[i], steps.Lower(i), steps.Upper(i), step);
            var outer = mixed[i];
            for (var j = 0; j < i; j++)
            {
                var (inner, column) = (mixed[j], j);
                var entry = Apply(
                    outer, x, i, at => ReferenceEquals(at, x) ? Apply(inner, at, column, OnAxis, y) : Apply(inner, at, column, OffAxis));
                hessian[i * n + j] = hessian[j * n + i] = entry.Dot(w);
            }
        }

        return Matrix.Wrap(n, n, hessian);

        Vector OnAxis(Vector at) => onAxes.TryGetValue(at, out var known) ? known : onAxes[at] = Evaluate(at);
        Vector OffAxis(Vector at) => onAxes.TryGetValue(at, out var known) ? known : Evaluate(at);
    }

    /// <summary>
    /// d2(w'f)/dx_i^2, with the step that it took: shorter where f has no values, and of the typical size where that of x shows nothing.
    /// </summary>
    (double Derivative, double Step) Diagonal(Vector x, Vector y, int i, Func<Vector, Vector> f, Vector w)
    {
        var step = DifferenceStencil.SecondDerivativeStep * steps.Size(x[i], i);
        var value = Second();
        for (var k = 0; k < MostShrinks && !double.IsFinite(value); k++)
        {
            step *= Shrink;
            value = Second();
        }

        var typicalStep = DifferenceStencil.SecondDerivativeStep * steps.Widest(x[i], i);
        if (!(typicalStep > 2 * step) || (value != 0 && double.Abs(value) * step * step >= EnoughDigits * Rounding())) return (value, step);
        var own = (value, step);
        step = typicalStep;
        value = Second();
        return double.IsFinite(value) ? (value, step) : own;

        double Second()
        {
            try
            {
                return Apply(DifferenceStencil.Second(x[i], steps.Lower(i), steps.Upper(i), step), x, i, f, y).Dot(w);
            }
            catch (EvaluationException failure) when (!failure.EndsRun)
            {
                return double.NaN;
            }
        }

        double Rounding() => Precision.MachineEpsilon * y.Zip(w, (value, weight) => double.Abs(value * weight)).Sum();
    }

    FirstDifference Difference(Vector x, Vector y, int i) => new(Evaluate, steps, x, y, i, typical!);

    void See(Vector y)
    {
        if (typical?.Length != y.Count) typical = Sizes(y);
        for (var k = 0; k < y.Count; k++) typical[k] = double.Max(typical[k], double.Abs(y[k]));
    }

    static double[] Sizes(Vector y) => [.. y.Select(double.Abs)];

    /// <summary>
    /// The difference formula applied to f in component i, at x where f is <paramref name="centre"/> if that is known already.
    /// </summary>
    Vector Apply(DifferenceStencil stencil, Vector x, int i, Func<Vector, Vector> f, Vector? centre = null)
    {
        var sum = stencil.Centre == 0 && stencil.Offsets.Length > 0 ? null : stencil.Centre * (centre ?? f(x));
        for (var s = 0; s < stencil.Offsets.Length; s++)
        {
            var term = stencil.Weights[s] * f(x.With(i, steps.Within(i, x[i], x[i] + stencil.Offsets[s])));
            sum = sum is null ? term : sum + term;
        }

        return sum!;
    }
}
