using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// A loss after physics, L(y(x)). Derivatives by the chain rule: gradient J'grad L, Hessian J'H_L J plus the Hessian of grad L'y(x).
/// </summary>
internal sealed class ComposedObjective(
    OptimizationProblem problem, FunctionsInUse functions, CompletedMap physics, CompletedMap loss, FusedLoss? fused, bool isExact,
    IDifferentiableMap? suppliedGradient, EvaluationBudget budget, Vector? searchStart = null)
    : ProblemObjective(problem, functions, suppliedGradient, budget, searchStart), IInvertible
{
    HessianProducts? products;

    public IDifferentiableMap Physics => physics;

    public IInverseMap? Inverse => Problem.Inverse;

    public override TracedParts Parts { get; } = new(physics, loss, suppliedGradient is not null);

    public Point At(Vector x, Vector y) => Outcome(x, y);

    public override bool Refine(Point point)
    {
        if (SuppliedGradient is not null || point.Y is not { } y) return false;
        var isOfPhysics = physics.Refine(point.X, y);
        if (!loss.Refine(y, new(point.Value)) && !isOfPhysics) return false;
        Keep(point.X, y, point.Value);
        return true;
    }

    public override Vector HessianTimes(Point point, Vector v) => (products ??= new(
        (at, direction) => SuppliedGradient is null ? fused?.HessianTimes(at, direction) : null,
        HasExactHessian, this, hasExactGradient: SuppliedGradient is not null || isExact, Budget)).At(point, v);

    public Vector? LossNewtonDirection(Point point) => Problem.Loss is INewtonDirection known
        ? known.NewtonDirection(point.Y!)
        : Factorization.SolveSymmetric(LossHessian(point), LossGradient(point)).Solution;

    internal Matrix PhysicsJacobian(Point point) => physics.Jacobian(point.X, point.Y!);

    internal SparseMatrix? SparseJacobian(Point point) => physics.SparseJacobian(point.X, point.Y!);

    private protected override Point Evaluated(Vector x, Vector? y)
    {
        if (y is null && WantsGradientAhead && fused?.EvaluateAhead(x) is var (all, value, gradient))
        {
            physics.CountEvaluation();
            return Keep(x, all, all.IsFinite ? value : double.NaN, gradientAhead: IsDefined(gradient) ? gradient : null);
        }

        y ??= physics.Evaluate(x);
        return Keep(x, y, y.IsFinite ? loss.Evaluate(y)[0] : double.NaN);
    }

    private protected override bool HasExactGradientAt(Point point) =>
        point.Y is { } y && physics.IsExactAt(point.X) && loss.IsExactAt(y);

    private protected override Vector GradientOfFunctions(Point point) =>
        fused?.Gradient(point) is { } gradient && IsDefined(gradient) ? gradient
            : physics.VectorJacobianProduct(point.X, point.Y!, LossGradient(point));

    private protected override bool HasExactHessian => SuppliedGradient is null && isExact;

    private protected override Matrix HessianOfFunctions(Point point)
    {
        if (fused?.Hessian(point) is { } hessian) return hessian;
        var (x, y) = (point.X, point.Y!);
        var jacobian = PhysicsJacobian(point);
        return jacobian.Transpose().Multiply(LossHessian(point).Multiply(jacobian)).Add(physics.WeightedHessian(x, y, LossGradient(point)))
            .Symmetrised();
    }

    Vector LossGradient(Point point) => loss.VectorJacobianProduct(point.Y!, new Vector(point.Value), One);

    Matrix LossHessian(Point point)
    {
        MatrixRoom.RequireHessian(point.Y!, "the loss");
        return loss.WeightedHessian(point.Y!, new Vector(point.Value), One);
    }
}

/// <summary>The squared distance of y(x) to a target: a loss after physics that is also a sum of squares.</summary>
internal sealed class LeastSquaresObjective(ComposedObjective composed, SquaredDistance loss) : IHessianProduct, IInvertible, ILeastSquares,
    IResumable
{
    public FunctionsInUse Functions => composed.Functions;

    public void Recall(Point known, Vector? gradient) => composed.Recall(known, gradient);

    public TracedParts Parts => composed.Parts;

    public void Begin(double loss) => composed.Begin(loss);

    public void Forget() => composed.Forget();

    public bool Refine(Point point) => composed.Refine(point);

    public Point? Latest => composed.Latest;

    public void ThrowIfFailed() => composed.ThrowIfFailed();

    double ITwiceDifferentiable.HessianError(Point point) => ((ITwiceDifferentiable)composed).HessianError(point);

    public IDifferentiableMap Physics => composed.Physics;

    public IInverseMap? Inverse => composed.Inverse;

    public Point At(Vector x) => composed.At(x);

    public Point At(Vector x, Vector y) => composed.At(x, y);

    public Bounds Bounds => composed.Bounds;

    public Vector Project(Vector x) => composed.Project(x);

    public double Rounding(Point point) => composed.Rounding(point);

    public double MostLeft(Point point) => composed.MostLeft(point);

    public bool IsExactAt(Point point) => composed.IsExactAt(point);

    public Matrix Hessian(Point point) => composed.Hessian(point);

    public Vector HessianTimes(Point point, Vector v) => composed.HessianTimes(point, v);

    public Vector? LossNewtonDirection(Point point) => composed.LossNewtonDirection(point);

    public Vector Residual(Point point) => loss.Residual(point.Y!);

    public Matrix ResidualJacobian(Point point)
    {
        MatrixRoom.RequireJacobian(point.X, point.Y!, factorised: true);
        return composed.PhysicsJacobian(point);
    }

    IJacobian ILeastSquares.Linearised(Point point) => (IJacobian?)composed.SparseJacobian(point) ?? ResidualJacobian(point);
}
