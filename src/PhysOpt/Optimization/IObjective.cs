using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>A scalar function L(y(x)) to be minimised. The interfaces below say what else a method needs of it.</summary>
public interface IObjective
{
    /// <summary>The function's value at x, with y(x) where there is physics.</summary>
    Point At(Vector x);

    /// <summary>The bounds of x; none unless the problem has some.</summary>
    Bounds Bounds => Bounds.None;

    /// <summary>The nearest point within the bounds.</summary>
    Vector Project(Vector x);

    /// <summary>
    /// The change of the value that cannot be told from rounding at a point that was accepted, in units of the value. Asks for the
    /// gradient.
    /// </summary>
    double Rounding(Point point) => new LossRounding(point.X).At(point);

    /// <summary>False where the gradient at a point is of differences, or not known to be anything else.</summary>
    bool IsExactAt(Point point) => false;

    /// <summary>
    /// The most that may be left to gain at a minimum, in units of the value, whatever the value cannot tell: no part of it that matters,
    /// and no more than an exact gradient shows; infinite where nothing is known.
    /// </summary>
    /// <param name="point">A point that was accepted.</param>
    double MostLeft(Point point) => double.PositiveInfinity;

    /// <summary>True where no value can be lower: a sum of squares that is 0.</summary>
    /// <param name="point">A point.</param>
    internal bool IsLeast(Point point) => point.Value == 0 && this is ILeastSquares;

    /// <summary>True where what a model promises cannot be told from rounding, and the gradient, where it is exact, says the same.
    /// </summary>
    /// <param name="point">A point that was accepted.</param>
    /// <param name="promised">By how much the value would be lower, at most.</param>
    internal bool IsNothing(Point point, double promised) => promised <= Rounding(point) && promised <= MostLeft(point);
}

/// <summary>An objective with a gradient, <see cref="Point.Gradient"/>.</summary>
public interface IDifferentiable : IObjective;

/// <summary>An objective with a gradient and a Hessian.</summary>
public interface ITwiceDifferentiable : IDifferentiable
{
    /// <summary>The Hessian of L(y(x)) with respect to x, n by n.</summary>
    Matrix Hessian(Point point);

    /// <summary>What of the Hessian, in its own norm, may be error of differences; 0 where it is exact.</summary>
    internal double HessianError(Point point) => 0;
}

/// <summary>An objective whose Hessian can be multiplied with a vector without being formed: for many variables.</summary>
public interface IHessianProduct : ITwiceDifferentiable
{
    /// <summary>The Hessian of L(y(x)) times v, n components.</summary>
    Vector HessianTimes(Point point, Vector v);
}

/// <summary>A loss after physics, whose steps can be taken in the space of y and pulled back by an inverse.</summary>
public interface IInvertible : IObjective
{
    /// <summary>H_L(y)^-1 grad L(y), Newton's direction of the loss in the space of y; null where the Hessian is singular.</summary>
    Vector? LossNewtonDirection(Point point);

    /// <summary>The value at x, where y(x) is known already: no evaluation.</summary>
    Point At(Vector x, Vector y);

    /// <summary>y(x), counted.</summary>
    IDifferentiableMap Physics { get; }

    /// <summary>The inverse that came with the problem, or null.</summary>
    IInverseMap? Inverse { get; }
}

/// <summary>A sum of squares |r(x)|^2.</summary>
public interface ILeastSquares : IDifferentiable
{
    /// <summary>r(x), m components.</summary>
    Vector Residual(Point point);

    /// <summary>dr/dx, m by n.</summary>
    Matrix ResidualJacobian(Point point);

    /// <summary>dr/dx, m by n, without its zeros where most entries are.</summary>
    internal IJacobian Linearised(Point point) => ResidualJacobian(point);

    /// <summary>The Jacobian from which a step is made.</summary>
    /// <param name="point">The point.</param>
    /// <param name="jacobian">dr/dx there, m by n.</param>
    /// <param name="noStep">Where a component is NaN or infinite: the end of the run. Otherwise of no meaning.</param>
    /// <returns>True where the Jacobian is finite.</returns>
    internal bool TryLinearise<TState>(Point point, out IJacobian jacobian, out Proposal<TState> noStep)
        where TState : class, IMethodState =>
        TryUse(jacobian = Linearised(point), point, out noStep);

    /// <summary>True where a Jacobian is finite; otherwise the end of the run.</summary>
    internal static bool TryUse<TState>(IJacobian jacobian, Point point, out Proposal<TState> noStep) where TState : class, IMethodState
    {
        var isFinite = jacobian.IsFinite;
        noStep = isFinite ? default : new(null, TerminationReason.NonFinite, NotFinite.Jacobian(jacobian, point.X));
        return isFinite;
    }
}

/// <summary>An objective that can take over what an earlier run found out.</summary>
internal interface IResumable : IObjective
{
    /// <summary>The functions it calls.</summary>
    FunctionsInUse Functions { get; }

    /// <summary>Takes over the value at a point, so that it is not evaluated there again.</summary>
    /// <param name="known">The point, of an objective of functions with the same values.</param>
    /// <param name="gradient">Its gradient; null to compute it when it is asked for.</param>
    void Recall(Point known, Vector? gradient);

    /// <summary>Tells it the loss where the run began, or the search that it is a part of.</summary>
    void Begin(double loss);

    /// <summary>Its functions beside the traces that run in their place.</summary>
    TracedParts Parts { get; }

    /// <summary>The latest point that was asked for; null where none was.</summary>
    Point? Latest { get; }

    /// <summary>Throws what a function failed with at the latest point that was asked for; does nothing where it did not.</summary>
    void ThrowIfFailed();

    /// <summary>
    /// Looks closer at a gradient, or Jacobian, that is of differences: true where half the step gives another one, which is then that
    /// at the point.
    /// </summary>
    /// <param name="point">The point.</param>
    bool Refine(Point point);

    /// <summary>Forgets what it knows of the latest point: a trace was given up, and the functions themselves answer from now on.
    /// </summary>
    void Forget();
}
