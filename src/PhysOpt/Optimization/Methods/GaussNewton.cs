using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>Gauss-Newton for |r(x)|^2: the step d of least norm that minimises |r + J d|, halved until the sum of squares falls.</summary>
/// <remarks>
/// Needs residuals and their Jacobian; O(m n^2) per iteration. Converges quadratically to a point with r = 0 where J has full rank.
/// Nocedal and Wright (2006), section 10.3; sufficient decrease as in Armijo (1966).
/// </remarks>
public sealed class GaussNewton : IMethod<ILeastSquares, GaussNewton.State>
{
    const int MaximumHalvings = 40;
    const double SufficientDecrease = 1e-4;

    /// <param name="At">x and y.</param>
    public sealed record State(Point At) : IMethodState;

    /// <inheritdoc/>
    public string Name => "GaussNewton";

    /// <inheritdoc/>
    public bool KeepsBounds => false;

    /// <inheritdoc/>
    public State Initialize(ILeastSquares f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(ILeastSquares f, State state)
    {
        var at = state.At;
        var jacobian = f.ResidualJacobian(at);
        if (!jacobian.IsFinite) return new Proposal<State>(null, TerminationReason.NonFinite, $"the Jacobian is not finite at {at.X}");

        var direction = -Factorization.LeastSquares(jacobian, f.Residual(at));
        var slope = 2 * f.Residual(at).Dot(jacobian.Multiply(direction)); // = -2 |J d|^2
        var step = 1.0;
        var allNonFinite = true;
        for (var halving = 0; halving <= MaximumHalvings; halving++, step /= 2)
        {
            var trial = f.At(at.X.AddScaled(step, direction));
            allNonFinite &= !double.IsFinite(trial.Value);
            if (trial.Value <= at.Value + SufficientDecrease * step * slope) return new State(trial);
        }

        return new Proposal<State>(null, allNonFinite ? TerminationReason.NonFinite : TerminationReason.LineSearchFailed, null);
    }
}
