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
internal sealed class CompletedMap(
    IMap map, string role, EvaluationBudget budget, Vector? lower = null, Vector? upper = null,
    bool ignoreOwnDerivatives = false, int? length = null, bool exactOnly = false, Vector? start = null) : ITwiceDifferentiableMap
{
    readonly IDifferentiableMap? own = ignoreOwnDerivatives ? null : map as IDifferentiableMap;
    readonly CountedMap counted = new(map, role, budget, length);
    FiniteDifferenceMap? differences;

    /// <inheritdoc/>
    public Vector Evaluate(Vector x) => counted.Evaluate(x);

    /// <summary>True unless the map runs in place of a function that says something else at x; see <see cref="IConfirmableMap"/>.</summary>
    internal bool Confirm(Vector x) => map is not IConfirmableMap confirmable || confirmable.Confirm(x);

    /// <summary>The value of a scalar map, and its gradient where that comes in the same pass; otherwise null.</summary>
    internal (double Value, Vector? Gradient) EvaluateAhead(Vector x) =>
        own is IValueAndGradientMap fused && HasOwnAt(x) ? counted.Evaluate(fused, x) : (counted.Evaluate(x)[0], null);

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y) => ExactAt(x) is { } exact ? exact.Jacobian(x, y) : Differences.Jacobian(x, y);

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) =>
        ExactAt(x) is { } exact ? exact.VectorJacobianProduct(x, y, w) : Differences.VectorJacobianProduct(x, y, w);

    /// <inheritdoc/>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w) => ExactAt(x) switch
    {
        ITwiceDifferentiableMap twice => twice.WeightedHessian(x, y, w),
        { } exact => Differences.HessianOfGradient(x, y, (at, value) =>
        {
            budget.SpendGradient();
            return exact.VectorJacobianProduct(at, value, w);
        }),
        null => Differences.WeightedHessian(x, y, w),
    };

    FiniteDifferenceMap Differences => differences ??= new(counted, lower, upper, start);

    /// <summary>The map with its own derivatives, where they are to be had at x.</summary>
    IDifferentiableMap? ExactAt(Vector x)
    {
        if (HasOwnAt(x)) return own;
        if (!exactOnly) return null;
        var why = (own as ILocallyDifferentiableMap)?.WhyNotDifferentiable;
        throw new EvaluationException(
            $"{role}NotTraced", $"{role} has no exact derivatives at {x}, and differences are not wanted. {why}".TrimEnd(), x);
    }

    bool HasOwnAt(Vector x) => own is not ILocallyDifferentiableMap local || local.IsDifferentiableAt(x);
}
