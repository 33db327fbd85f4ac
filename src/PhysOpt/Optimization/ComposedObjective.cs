using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// A loss after physics, L(y(x)). Derivatives by the chain rule: gradient J'grad L, Hessian J'H_L J plus the Hessian of grad L'y(x).
/// </summary>
internal sealed class ComposedObjective(
    OptimizationProblem problem, FunctionsInUse functions, CompletedMap physics, CompletedMap loss, FusedLoss? fused, bool isExact,
    IDifferentiableMap? suppliedGradient, EvaluationBudget budget, Vector? searchStart = null) : IHessianProduct, IInvertible, IResumable
{
    static readonly Vector One = new(1);
    HessianProducts? products;
    Point? latest; // a method that has arrived proposes it again
    Vector? ahead; // the gradient at the latest point, where it came with the value

    public FunctionsInUse Functions => functions;

    public void Recall(Point known, Vector? gradient) => (latest, ahead) = (new(known.X, known.Y, known.Value, Gradient, gradient), null);

    public IDifferentiableMap Physics => physics;

    public IInverseMap? Inverse => problem.Inverse;

    public Point At(Vector x) => latest?.X.Equals(x) == true ? latest : latest = Outcome(x, null);

    public Point At(Vector x, Vector y) => latest = Outcome(x, y);

    public Point? Latest => latest;

    public void ThrowIfFailed() => latest?.ThrowIfFailed();

    Point Outcome(Vector x, Vector? known)
    {
        // who asked for the gradient there will ask for it here
        var isWanted = known is null && suppliedGradient is null && latest?.KnownGradient is not null;
        ahead = null;
        try
        {
            if (isWanted && fused?.EvaluateAhead(x) is var (all, value, gradient))
            {
                physics.CountEvaluation();
                ahead = gradient;
                return new(x, all, all.IsFinite ? value : double.NaN, Gradient);
            }

            var y = known ?? physics.Evaluate(x);
            return new(x, y, y.IsFinite ? loss.Evaluate(y)[0] : double.NaN, Gradient);
        }
        catch (EvaluationException failure) when (!failure.EndsRun)
        {
            return new(x, failure);
        }
    }

    public TracedParts Parts { get; } = new(physics, loss, suppliedGradient is not null);

    public void Forget() => (latest, ahead) = (null, null);

    public bool Refine(Point point)
    {
        if (suppliedGradient is not null || point.Y is not { } y) return false;
        var isOfPhysics = physics.Refine(point.X, y);
        if (!loss.Refine(y, new(point.Value)) && !isOfPhysics) return false;
        (latest, ahead) = (new(point.X, y, point.Value, Gradient), null);
        return true;
    }

    public Bounds Bounds { get; } = Bounds.Of(problem.LowerBound, problem.UpperBound);

    public Vector Project(Vector x) => x.Clamp(problem.LowerBound, problem.UpperBound);

    readonly LossRounding rounding = new(problem.InitialGuess, searchStart);

    public double Rounding(Point point) => rounding.At(point);

    public double MostLeft(Point point) => IsExactAt(point) ? rounding.MostLeft(point) : double.PositiveInfinity;

    public bool IsExactAt(Point point) =>
        suppliedGradient is not null || (point.Y is { } y && physics.IsExactAt(point.X) && loss.IsExactAt(y));

    public Matrix Hessian(Point point)
    {
        MatrixRoom.RequireHessian(point.X);
        if (suppliedGradient is not null) return suppliedGradient.Jacobian(point.X, point.Gradient).Symmetrised();
        if (fused?.Hessian(point) is { } hessian) return hessian;
        var (x, y) = (point.X, point.Y!);
        var jacobian = PhysicsJacobian(point);
        return jacobian.Transpose().Multiply(LossHessian(point).Multiply(jacobian)).Add(physics.WeightedHessian(x, y, LossGradient(point)))
            .Symmetrised();
    }

    public Vector HessianTimes(Point point, Vector v) => (products ??= new(
        (at, direction) => suppliedGradient is null ? fused?.HessianTimes(at, direction) : null,
        suppliedGradient is null && isExact, this, hasExactGradient: suppliedGradient is not null || isExact, budget)).At(point, v);

    public Vector? LossNewtonDirection(Point point) => problem.Loss is INewtonDirection known
        ? known.NewtonDirection(point.Y!)
        : Factorization.SolveSymmetric(LossHessian(point), LossGradient(point)).Solution;

    Vector Gradient(Point point)
    {
        if (suppliedGradient is not null) return suppliedGradient.Evaluate(point.X);
        budget.SpendGradient();
        if (ReferenceEquals(point, latest) && ahead is not null) return ahead;
        return fused?.Gradient(point) ?? physics.VectorJacobianProduct(point.X, point.Y!, LossGradient(point));
    }

    Vector LossGradient(Point point) => loss.VectorJacobianProduct(point.Y!, new Vector(point.Value), One);

    Matrix LossHessian(Point point)
    {
        MatrixRoom.RequireHessian(point.Y!, "the loss");
        return loss.WeightedHessian(point.Y!, new Vector(point.Value), One);
    }

    internal Matrix PhysicsJacobian(Point point) => physics.Jacobian(point.X, point.Y!);
}

/// <summary>The squared distance of y(x) to a target: a loss after physics that is also a sum of squares.</summary>
internal sealed class LeastSquaresObjective(ComposedObjective composed, SquaredDistance loss) : IHessianProduct, IInvertible, ILeastSquares,
    IResumable
{
    public FunctionsInUse Functions => composed.Functions;

    public void Recall(Point known, Vector? gradient) => composed.Recall(known, gradient);

    public TracedParts Parts => composed.Parts;

    public void Forget() => composed.Forget();

    public bool Refine(Point point) => composed.Refine(point);

    public Point? Latest => composed.Latest;

    public void ThrowIfFailed() => composed.ThrowIfFailed();

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
}
