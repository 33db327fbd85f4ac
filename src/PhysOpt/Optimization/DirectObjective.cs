using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>An objective L(x) without physics.</summary>
internal sealed class DirectObjective(
    OptimizationProblem problem, FunctionsInUse functions, CompletedMap loss, IMap? own, IDifferentiableMap? suppliedGradient,
    EvaluationBudget budget, Vector? searchStart = null) : IHessianProduct, IResumable
{
    static readonly Vector One = new(1);
    HessianProducts? products;
    Point? latest; // a method that has arrived proposes it again
    Vector? ahead; // the gradient at the latest point, where it came with the value

    public FunctionsInUse Functions => functions;

    public void Recall(Point known, Vector? gradient) => (latest, ahead) = (new(known.X, known.Y, known.Value, Gradient, gradient), null);

    public Point At(Vector x)
    {
        if (latest?.X.Equals(x) == true) return latest;
        // who asked for the gradient there will ask for it here
        var isWanted = suppliedGradient is null && latest?.KnownGradient is not null;
        try
        {
            (var value, ahead) = isWanted ? loss.EvaluateAhead(x) : (loss.Evaluate(x)[0], null);
            return latest = new(x, null, value, Gradient);
        }
        catch (EvaluationException failure) when (!failure.EndsRun)
        {
            ahead = null;
            return latest = new(x, failure);
        }
    }

    public Point? Latest => latest;

    public void ThrowIfFailed() => latest?.ThrowIfFailed();

    public TracedParts Parts { get; } = new(null, loss, suppliedGradient is not null);

    public void Forget() => (latest, ahead) = (null, null);

    public bool Refine(Point point)
    {
        if (suppliedGradient is not null || point.KnownGradient is null || !loss.Refine(point.X, new(point.Value))) return false;
        (latest, ahead) = (new(point.X, null, point.Value, Gradient), null);
        return true;
    }

    public Bounds Bounds { get; } = Bounds.Of(problem.LowerBound, problem.UpperBound);

    public Vector Project(Vector x) => x.Clamp(problem.LowerBound, problem.UpperBound);

    readonly LossRounding rounding = new(problem.InitialGuess, searchStart);

    public double Rounding(Point point) => rounding.At(point);

    public double MostLeft(Point point) => IsExactAt(point) ? rounding.MostLeft(point) : double.PositiveInfinity;

    public bool IsExactAt(Point point) => suppliedGradient is not null || loss.IsExactAt(point.X);

    public Matrix Hessian(Point point)
    {
        MatrixRoom.RequireHessian(point.X);
        return suppliedGradient is not null ? suppliedGradient.Jacobian(point.X, point.Gradient).Symmetrised()
            : loss.WeightedHessian(point.X, new Vector(point.Value), One);
    }

    public Vector HessianTimes(Point point, Vector v) => (products ??= new(
        (at, direction) => suppliedGradient is null && own is IHessianVectorMap recorded && FusedLoss.IsRecorded(own, at.X)
            ? recorded.HessianVectorProduct(at.X, One, direction) : null,
        suppliedGradient is null && own is ITwiceDifferentiableMap, this, suppliedGradient is not null || own is IDifferentiableMap,
            budget)).At(point, v);

    Vector Gradient(Point point)
    {
        if (suppliedGradient is not null) return suppliedGradient.Evaluate(point.X);
        budget.SpendGradient();
        return ReferenceEquals(point, latest) && ahead is not null ? ahead
            : loss.VectorJacobianProduct(point.X, new Vector(point.Value), One);
    }
}
