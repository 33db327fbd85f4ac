using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>
/// A map as a run sees it, with all derivatives: its own where it has them, elsewhere finite differences of what it has. Every evaluation
/// is counted.
/// </summary>
/// <param name="map">The map to complete.</param>
/// <param name="role">What the map is in the problem, for messages and error ids: "Physics", "Loss", "Objective" or "Gradient".</param>
/// <param name="budget">Counts the evaluations.</param>
/// <param name="lower">Lower bounds of x, or null.</param>
/// <param name="upper">Upper bounds of x, or null.</param>
/// <param name="ignoreOwnDerivatives">Difference even where the map has exact derivatives.</param>
/// <param name="length">The number of components that the map must have; null to take it from the first evaluation.</param>
/// <param name="exactOnly">Differences are an error: where the map's own derivatives are not to be had, say so.</param>
/// <param name="start">Where x starts, whose components say how small x may be; null where nothing is known.</param>
/// <param name="warn">Is told, once, that differences cost more than <see cref="ManyEvaluations"/>, and why; null for nobody.</param>
internal sealed class CompletedMap(
    IMap map, string role, EvaluationBudget budget, Vector? lower = null, Vector? upper = null,
    bool ignoreOwnDerivatives = false, int? length = null, bool exactOnly = false, Vector? start = null,
    Action<string>? warn = null) : ITwiceDifferentiableMap
{
    readonly IDifferentiableMap? own = ignoreOwnDerivatives ? null : map as IDifferentiableMap;
    readonly CountedMap counted = new(map, role, budget, length);
    FiniteDifferenceMap? differences;
    bool hasWarned;

    /// <summary>Gradients by differences that take more evaluations than this are worth a warning.</summary>
    internal const int ManyEvaluations = 1000;

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => counted.Evaluate(x);

    /// <summary>What the map is in the problem.</summary>
    internal string Role => role;

    /// <summary>The map, where it runs in place of a function that can be asked; otherwise null.</summary>
    internal IConfirmableMap? Confirmable => map as IConfirmableMap;

    /// <summary>The map, where it can say which operation is to blame; otherwise null.</summary>
    internal IExplainedMap? Explained => map as IExplainedMap;

    /// <summary>False where derivatives come from elsewhere than a trace, differences or a known rule, and may be wrong by themselves.
    /// </summary>
    internal bool IsTracedOrKnown => own is null or IConfirmableMap or SquaredDistance;

    /// <summary>Asks the function itself for its value at x, where a trace runs in its place. Uncounted.</summary>
    internal ValueConfirmation Confirm(Vector x) => Confirmable?.Confirm(x) ?? default;

    /// <summary>The value of the function itself. Uncounted.</summary>
    internal Vector EvaluateItself(Vector x) => Confirmable?.EvaluateItself(x) ?? map.Evaluate(x);

    /// <summary>The value of the map. Uncounted.</summary>
    internal Vector EvaluateUncounted(Vector x) => map.Evaluate(x);

    /// <summary>J'w by the map's own derivatives; null where it has none at x. Uncounted.</summary>
    internal Vector? OwnGradient(Vector x, Vector w) => own is not null && HasOwnAt(x) ? own.VectorJacobianProduct(x, map.Evaluate(x), w)
        : null;

    /// <summary>The value of a scalar map, and its gradient where that comes in the same pass; otherwise null.</summary>
    internal (double Value, Vector? Gradient) EvaluateAhead(Vector x) =>
        own is IValueAndGradientMap fused && HasOwnAt(x) ? counted.Evaluate(fused, x) : (counted.Evaluate(x)[0], null);

    /// <summary>Counts an evaluation whose value came in the same pass as that of another function.</summary>
    internal void CountEvaluation() => budget.SpendEvaluation();

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y)
    {
        MatrixRoom.RequireJacobian(x, y, factorised: false);
        if (ExactAt(x) is not { } exact) return DifferencesAt(x).Jacobian(x, y);
        var jacobian = DerivativeShape.Jacobian(exact.Jacobian(x, y), y.Count, x, role);
        return jacobian.IsFinite || !CanComplete(y) ? jacobian
            : DifferencesAt(x).Completed(jacobian, x, y, Undefined(x.Count, i => jacobian.Column(i).Any(double.IsNaN)));
    }

    /// <summary>The Jacobian without its zeros, where the map's own derivatives know them and are defined; otherwise null.</summary>
    /// <param name="x">The point.</param>
    /// <param name="y">f(x).</param>
    internal SparseMatrix? SparseJacobian(Vector x, Vector y)
    {
        if (ExactAt(x) is not ISparseJacobianMap exact || exact.SparseJacobian(x) is not { } jacobian) return null;
        return jacobian.IsFinite || !CanComplete(y) ? jacobian
            : jacobian.With(i => DifferencesAt(x).Column(x, y, i), jacobian.ColumnsWithNaN());
    }

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w)
    {
        if (ExactAt(x) is not { } exact)
        {
            MatrixRoom.RequireJacobian(x, y, factorised: false);
            return DifferencesAt(x).VectorJacobianProduct(x, y, w);
        }

        var product = DerivativeShape.Product(exact.VectorJacobianProduct(x, y, w), x, role);
        return product.IsFinite || !CanComplete(y) ? product
            : DifferencesAt(x).Completed(product, x, y, w, Undefined(x.Count, i => double.IsNaN(product[i])));
    }

    /// <inheritdoc/>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w) => ExactAt(x) switch
    {
        ITwiceDifferentiableMap twice => DerivativeShape.Hessian(twice.WeightedHessian(x, y, w), x, role),
        { } exact => DifferencesAt(x).HessianOfGradient(x, y, (at, value) =>
        {
            budget.SpendGradient();
            return exact.VectorJacobianProduct(at, value, w);
        }),
        null => DifferencesAt(x).WeightedHessian(x, y, w),
    };

    /// <summary>
    /// Looks closer at derivatives that are differences: true where half the step gives others, which then take their place.
    /// </summary>
    internal bool Refine(Vector x, Vector y) => differences is not null && ExactAt(x) is null && differences.Refine(x, y);

    /// <summary>
    /// True where differences may stand in for derivatives that are NaN: a trace multiplies a slope that has gone to nothing with one that
    /// has overflowed, as those of 1/(1 + exp(1000)), where the function has a value and a slope.
    /// </summary>
    bool CanComplete(Vector y) => Confirmable is not null && !exactOnly && y.IsFinite;

    static List<int> Undefined(int n, Func<int, bool> isNaN) => [.. Enumerable.Range(0, n).Where(isNaN)];

    FiniteDifferenceMap DifferencesAt(Vector x)
    {
        if (!HasOwnAt(x) || own is null) WarnOfCost(2L * x.Count);
        return differences ??= new(counted, lower, upper, start);
    }

    void WarnOfCost(long evaluations)
    {
        if (warn is null || hasWarned || evaluations <= ManyEvaluations) return;
        hasWarned = true;
        warn(FormattableString.Invariant($"Each gradient costs {evaluations:N0} evaluations of {role}, for it is taken by differences: ")
            + (WhyNotExact is { } why ? why : $"{role} has no derivatives of its own."));
    }

    string? WhyNotExact => (map as ILocallyDifferentiableMap)?.WhyNotDifferentiable ?? (map as ITraceableMap)?.WhyNotTraced;

    /// <summary>The map with its own derivatives, where they are to be had at x.</summary>
    IDifferentiableMap? ExactAt(Vector x)
    {
        if (HasOwnAt(x)) return own;
        if (!exactOnly) return null;
        var why = (own as ILocallyDifferentiableMap)?.WhyNotDifferentiable;
        throw new EvaluationException(
            $"{role}NotTraced",
            $"{role} has no exact derivatives at {PointWords.Place(x)}, and differences are not wanted. {why}".TrimEnd(), x)
        {
            EndsRun = true,
        };
    }

    /// <summary>True where the map's own derivatives are used at x.</summary>
    internal bool IsExactAt(Vector x) => own is not null && HasOwnAt(x);

    bool HasOwnAt(Vector x) => own is not ILocallyDifferentiableMap local || local.IsDifferentiableAt(x);
}
