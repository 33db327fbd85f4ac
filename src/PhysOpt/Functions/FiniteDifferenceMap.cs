using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>
/// A map as a run sees it: with all derivatives (its own where it has them, finite differences of what it has elsewhere),
/// every evaluation counted, and the number of its components checked.
/// </summary>
/// <remarks>
/// First derivatives: central, step eps^(1/3) max(s_i, |x_i|) with s_i = min(1, |start_i|), or 1 without a start, 2n evaluations, relative error about eps^(2/3) = 4e-11 for a function of
/// scale 1. Second derivatives: from the first ones where these are exact, otherwise step eps^(1/4) max(s_i, |x_i|), 2n^2 evaluations,
/// error about eps^(1/2) = 1.5e-8. One-sided of the same order beside a bound: no evaluation lies outside the bounds.
/// Nocedal and Wright (2006), section 8.1.
/// </remarks>
/// <param name="map">The map to complete.</param>
/// <param name="role">What the map is in the problem, for messages and error ids: "Physics", "Loss", "Objective" or "Gradient".</param>
/// <param name="budget">Counts the evaluations.</param>
/// <param name="lower">Lower bounds of x, or null.</param>
/// <param name="upper">Upper bounds of x, or null.</param>
/// <param name="ignoreOwnDerivatives">Difference even where the map has exact derivatives.</param>
/// <param name="length">The number of components that the map must have; null to take it from the first evaluation.</param>
/// <param name="exactOnly">Differences are an error: where the map's own derivatives are not to be had, say so.</param>
/// <param name="start">Where x starts, whose components tell how small x may be; null where nothing is known.</param>
public sealed class FiniteDifferenceMap(
    IMap map, string role, EvaluationBudget budget, Vector? lower = null, Vector? upper = null,
    bool ignoreOwnDerivatives = false, int? length = null, bool exactOnly = false, Vector? start = null) : ITwiceDifferentiableMap
{
    readonly IDifferentiableMap? own = ignoreOwnDerivatives ? null : map as IDifferentiableMap;
    readonly int? required = length;
    int? length = length;
    (Vector At, Matrix Jacobian)? latest; // after a gradient at x, the Jacobian there is often wanted next

    /// <inheritdoc/>
    public Vector Evaluate(Vector x)
    {
        budget.SpendEvaluation();
        return Checked(x, map.Evaluate(x));
    }

    /// <summary>The value of a scalar map, and its gradient where that comes in the same pass; otherwise null.</summary>
    internal (double Value, Vector? Gradient) EvaluateAhead(Vector x)
    {
        budget.SpendEvaluation();
        return own is IValueAndGradientMap fused && HasOwnAt(x) ? fused.ValueAndGradient(x) : (Checked(x, map.Evaluate(x))[0], null);
    }

    Vector Checked(Vector x, Vector y)
    {
        if (y.Count == (length ??= y.Count)) return y;
        throw required == 1
            ? new EvaluationException($"{role}NotScalar", $"{role} must return one number, but returned {y.Count}, at {x}.", x)
            : new EvaluationException($"{role}LengthChanged", $"{role} must return {length} numbers, but returned {y.Count}, at {x}.", x);
    }

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y)
    {
        if (ExactAt(x) is { } exact) return exact.Jacobian(x, y);
        if (latest is var (at, known) && at.Equals(x)) return known;
        var columns = new double[x.Count * y.Count];
        for (var i = 0; i < x.Count; i++) FirstDifference(x, y, i).AsSpan().CopyTo(columns.AsSpan(i * y.Count));
        var jacobian = Matrix.Wrap(y.Count, x.Count, columns);
        latest = (x, jacobian);
        return jacobian;
    }

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) =>
        ExactAt(x) is { } exact ? exact.VectorJacobianProduct(x, y, w) : Jacobian(x, y).TransposeMultiply(w);

    /// <inheritdoc/>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w)
    {
        var exact = ExactAt(x);
        if (exact is ITwiceDifferentiableMap twice) return twice.WeightedHessian(x, y, w);
        return exact is null ? SecondDifferences(x, y, w) : DifferencesOfGradient(exact, x, y, w);
    }

    /// <summary>The map with its own derivatives, where they are to be had at x.</summary>
    IDifferentiableMap? ExactAt(Vector x)
    {
        if (HasOwnAt(x)) return own;
        return exactOnly ? throw new EvaluationException(
            $"{role}NotTraced", $"{role} has no exact derivatives at {x}, and differences are not wanted. {(own as ILocallyDifferentiableMap)?.WhyNotDifferentiable}".TrimEnd(), x) : null;
    }

    bool HasOwnAt(Vector x) => own is not ILocallyDifferentiableMap local || local.IsDifferentiableAt(x);

    /// <summary>df/dx_i at x, m components.</summary>
    Vector FirstDifference(Vector x, Vector y, int i) =>
        Apply(DifferenceStencil.First(x[i], Lower(i), Upper(i), DifferenceStencil.FirstDerivativeStep, Scale(i)), x, i, Evaluate, y);

    /// <summary>The Hessian of w'f as differences of the exact gradient J'w, made symmetric.</summary>
    Matrix DifferencesOfGradient(IDifferentiableMap gradient, Vector x, Vector y, Vector w)
    {
        var atCentre = GradientAt(x, y);
        var columns = new Vector[x.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var stencil = DifferenceStencil.First(x[i], Lower(i), Upper(i), DifferenceStencil.FirstDerivativeStep, Scale(i));
            columns[i] = Apply(stencil, x, i, at => GradientAt(at, Evaluate(at)), atCentre);
        }

        return new(x.Count, x.Count, (i, j) => (columns[i][j] + columns[j][i]) / 2);

        Vector GradientAt(Vector at, Vector value)
        {
            budget.SpendGradient();
            return gradient.VectorJacobianProduct(at, value, w);
        }
    }

    /// <summary>The Hessian of w'f from values alone: second differences on the diagonal, products of two first differences beside it.</summary>
    Matrix SecondDifferences(Vector x, Vector y, Vector w)
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
                var mixed = Apply(outer, x, i, at => ReferenceEquals(at, x) ? Apply(inner, at, j, OnAxis, y) : Apply(inner, at, j, OffAxis));
                hessian[i * n + j] = hessian[j * n + i] = mixed.Dot(w);
            }
        }

        return Matrix.Wrap(n, n, hessian);

        Vector OnAxis(Vector at) => onAxes.TryGetValue(at, out var known) ? known : onAxes[at] = Evaluate(at);
        Vector OffAxis(Vector at) => onAxes.TryGetValue(at, out var known) ? known : Evaluate(at);
    }

    DifferenceStencil MixedStencil(Vector x, int i) =>
        DifferenceStencil.First(x[i], Lower(i), Upper(i), DifferenceStencil.SecondDerivativeStep, Scale(i));

    /// <summary>The difference formula applied to f in component i, at x where f is <paramref name="centre"/> if that is known already.</summary>
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
