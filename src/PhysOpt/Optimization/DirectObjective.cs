using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>An objective L(x) without physics.</summary>
internal sealed class DirectObjective(
    OptimizationProblem problem, FunctionsInUse functions, CompletedMap loss, IMap? own, IDifferentiableMap? suppliedGradient,
    EvaluationBudget budget, Vector? searchStart = null)
    : ProblemObjective(problem, functions, suppliedGradient, budget, searchStart)
{
    HessianProducts? products;

    public override TracedParts Parts { get; } = new(null, loss, suppliedGradient is not null);

    public override bool Refine(Point point)
    {
        if (SuppliedGradient is not null || point.KnownGradient is null || !loss.Refine(point.X, new(point.Value))) return false;
        Keep(point.X, null, point.Value);
        return true;
    }

    public override Vector HessianTimes(Point point, Vector v) => (products ??= new(
        (at, direction) => SuppliedGradient is null && own is IHessianVectorMap recorded && FusedLoss.IsRecorded(own, at.X)
            ? recorded.HessianVectorProduct(at.X, One, direction) : null,
        HasExactHessian, this, SuppliedGradient is not null || own is IDifferentiableMap,
            Budget)).At(point, v);

    private protected override Point Evaluated(Vector x, Vector? y)
    {
        var (value, gradient) = WantsGradientAhead ? loss.EvaluateAhead(x) : (loss.Evaluate(x)[0], null);
        return Keep(x, null, value, gradientAhead: IsDefined(gradient) ? gradient : null);
    }

    private protected override bool HasExactGradientAt(Point point) => loss.IsExactAt(point.X);

    private protected override Vector GradientOfFunctions(Point point) =>
        loss.VectorJacobianProduct(point.X, new Vector(point.Value), One);

    private protected override bool HasExactHessian => SuppliedGradient is null && own is ITwiceDifferentiableMap;

    private protected override Matrix HessianOfFunctions(Point point) => loss.WeightedHessian(point.X, new Vector(point.Value), One);
}
