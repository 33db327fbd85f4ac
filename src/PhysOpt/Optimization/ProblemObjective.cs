using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>What the objectives of problems have in common: bounds, the latest point, and what cannot be told from rounding.</summary>
/// <param name="problem">The problem.</param>
/// <param name="functions">The functions that are called.</param>
/// <param name="suppliedGradient">The gradient that takes the place of theirs; null without.</param>
/// <param name="budget">Counts the evaluations.</param>
/// <param name="searchStart">Where the search began that the run is a part of; null for a run of its own.</param>
internal abstract class ProblemObjective(
    OptimizationProblem problem, FunctionsInUse functions, IDifferentiableMap? suppliedGradient, EvaluationBudget budget,
    Vector? searchStart) : IHessianProduct, IResumable
{
    private protected static readonly Vector One = new(1);

    readonly LossRounding rounding = new(problem.InitialGuess, searchStart);
    (Point? At, Matrix? Hessian) latestHessian; // the end of a run asks once more
    Vector? ahead; // the gradient at the latest point, where it came with the value

    public FunctionsInUse Functions => functions;

    public Bounds Bounds { get; } = Bounds.Of(problem.LowerBound, problem.UpperBound);

    /// <summary>The latest point, which a method that has arrived proposes again.</summary>
    public Point? Latest { get; private set; }

    public abstract TracedParts Parts { get; }

    private protected OptimizationProblem Problem => problem;

    private protected IDifferentiableMap? SuppliedGradient => suppliedGradient;

    private protected EvaluationBudget Budget => budget;

    /// <summary>True where the next point had better come with its gradient: who asked for that of the latest one will ask again.</summary>
    private protected bool WantsGradientAhead => suppliedGradient is null && Latest?.KnownGradient is not null;

    public Point At(Vector x) => Latest?.X.Equals(x) == true ? Latest : Outcome(x, null);

    public void Recall(Point known, Vector? gradient) => Keep(known.X, known.Y, known.Value, gradient);

    public void Begin(double loss) => rounding.FirstLoss = loss;

    public void ThrowIfFailed() => Latest?.ThrowIfFailed();

    public void Forget() => (Latest, ahead, latestHessian) = (null, null, default);

    public Vector Project(Vector x) => x.Clamp(problem.LowerBound, problem.UpperBound);

    public double Rounding(Point point) => rounding.At(point);

    public double MostLeft(Point point) => rounding.MostLeft(point, IsExactAt(point));

    public bool IsExactAt(Point point) => suppliedGradient is not null || HasExactGradientAt(point);

    public Matrix Hessian(Point point)
    {
        if (ReferenceEquals(latestHessian.At, point)) return latestHessian.Hessian!;
        MatrixRoom.RequireHessian(point.X);
        latestHessian = (null, null); // its room is wanted
        var hessian = suppliedGradient is null ? HessianOfFunctions(point)
            : suppliedGradient.Jacobian(point.X, point.Gradient).Symmetrised();
        latestHessian = (point, hessian);
        return hessian;
    }

    double ITwiceDifferentiable.HessianError(Point point) =>
        HasExactHessian ? 0 : double.Pow(HessianProducts.RelativeStep(IsExactAt(point)), 2);

    public abstract Vector HessianTimes(Point point, Vector v);

    public abstract bool Refine(Point point);

    /// <summary>A point that becomes the latest; where a function failed it is a point without a value.</summary>
    /// <param name="x">Where it is.</param>
    /// <param name="y">y(x), where it is known already.</param>
    private protected Point Outcome(Vector x, Vector? y)
    {
        try
        {
            return Evaluated(x, y);
        }
        catch (EvaluationException failure) when (!failure.EndsRun)
        {
            ahead = null;
            return Latest = new(x, failure);
        }
    }

    /// <summary>Makes a point with its value the latest.</summary>
    /// <param name="x">Where it is.</param>
    /// <param name="y">y(x); null without physics.</param>
    /// <param name="value">L there.</param>
    /// <param name="gradient">The gradient, where it has been asked for and counted already.</param>
    /// <param name="gradientAhead">The gradient that came with the value, which counts when it is asked for.</param>
    private protected Point Keep(Vector x, Vector? y, double value, Vector? gradient = null, Vector? gradientAhead = null)
    {
        ahead = gradientAhead;
        return Latest = new(x, y, value, Gradient, gradient);
    }

    /// <summary>Evaluates the functions at x, and keeps the point.</summary>
    private protected abstract Point Evaluated(Vector x, Vector? y);

    private protected abstract bool HasExactGradientAt(Point point);

    private protected abstract Vector GradientOfFunctions(Point point);

    private protected abstract bool HasExactHessian { get; }

    private protected abstract Matrix HessianOfFunctions(Point point);

    /// <summary>True for a gradient without NaN: in the place of those, maps take differences.</summary>
    private protected static bool IsDefined(Vector? gradient)
    {
        if (gradient is null) return false;
        foreach (var slope in gradient.AsSpan())
        {
            if (double.IsNaN(slope)) return false;
        }

        return true;
    }

    Vector Gradient(Point point)
    {
        if (suppliedGradient is not null) return suppliedGradient.Evaluate(point.X);
        budget.SpendGradient();
        return ReferenceEquals(point, Latest) && ahead is not null ? ahead : GradientOfFunctions(point);
    }
}
