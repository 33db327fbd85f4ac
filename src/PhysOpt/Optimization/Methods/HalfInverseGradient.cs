using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// The half-inverse gradient: x+ = x - eta V S^-b U' dL/dy with the Jacobian dy/dx = U S V'. Between gradient descent, b = -1, and
/// Gauss-Newton, b = 1, which with L = |y - t|^2 makes its full step at eta = 1/2. Projected onto the bounds where there are any; a
/// variable that steepest descent pushes against its bound is left out, so that only a stationary point is a fixed one.
/// </summary>
/// <remarks>
/// Needs residuals and their Jacobian; O(m n^2) per iteration. With b = 1/2 every direction is scaled by the root of what would be right
/// for it alone: directions that y hardly sees neither stall, as in gradient descent, nor explode, as in Gauss-Newton. Schnell, Holl,
/// Thuerey (2022), "Half-inverse gradients for physical deep learning", eq. (5); Physics-based Deep Learning, "Half-inverse gradients".
/// </remarks>
/// <param name="learningRate">eta, without unit where b is 1, in units of (x / y)^2 where b is -1: in general (x / y)^(1 - b).</param>
/// <param name="exponent">b, from -1 to 1, without unit.</param>
/// <param name="truncation">Singular values up to this times the largest are left out.</param>
public sealed class HalfInverseGradient(
    double learningRate = HalfInverseGradient.DefaultLearningRate, double exponent = HalfInverseGradient.DefaultExponent,
    double truncation = HalfInverseGradient.DefaultTruncation) : IMethod<ILeastSquares, HalfInverseGradient.State>
{
    /// <summary>eta by default: the full step where b is 1.</summary>
    public const double DefaultLearningRate = 0.5;

    /// <summary>b by default.</summary>
    public const double DefaultExponent = 0.5;

    /// <summary>The truncation by default.</summary>
    public const double DefaultTruncation = 1e-6;

    /// <param name="At">x and y.</param>
    public sealed record State(Point At) : IMethodState;

    /// <inheritdoc/>
    public string Name => "HalfInverseGradient";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public State Initialize(ILeastSquares f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(ILeastSquares f, State state)
    {
        var at = state.At;
        var jacobian = f.ResidualJacobian(at);
        if (!ILeastSquares.TryUse<State>(jacobian, at, out var noStep)) return noStep;

        var free = f.Bounds.Free(at.X, at.Gradient);
        if (free.Length == 0) return state; // the bounds leave no step

        var svd = SingularValues.Of(jacobian.Columns(free));
        var lossGradient = 2 * f.Residual(at); // dL/dy
        var smallest = truncation * svd.Values.InfinityNorm;
        var seen = svd.LeftTimes(f.Residual(at));
        // |r|^2 - |r + J d|^2 of the best step d, or of one variable alone where its scale makes it nothing beside the others
        var promised = double.Max(seen.Dot(seen), free.Max(i => Square(at.Gradient[i] / jacobian.ColumnNorm(i)) / 4));
        var coefficients = svd.LeftTimes(lossGradient).Zip(svd.Values, (c, s) => s > smallest ? double.Pow(s, -exponent) * c : 0);
        if (coefficients.InfinityNorm == 0 && at.Gradient.InfinityNorm > 0)
            return new Proposal<State>(null, TerminationReason.SingularHessian,
                $"the gradient at {PointWords.Place(at.X, "G7")} lies in the directions that the truncation leaves out");

        var x = at.X.ToArray();
        var direction = svd.Right.Multiply(coefficients);
        for (var i = 0; i < free.Length; i++) x[free[i]] -= learningRate * direction[i];
        return new Proposal<State>(new State(f.At(f.Project(Vector.Wrap(x)))), TerminationReason.Running, null) { Promised = promised };

        static double Square(double value) => double.IsNaN(value) ? 0 : value * value;
    }
}
