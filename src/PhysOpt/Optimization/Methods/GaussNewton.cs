using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.Acceptance;

namespace PhysOpt.Optimization.Methods;

/// <summary>Gauss-Newton for |r(x)|^2: the step d of least norm that minimises |r + J d|, halved until the sum of squares falls.</summary>
/// <remarks>
/// Needs residuals and their Jacobian; O(m n^2) per iteration, or what sparse factors take. Converges quadratically to a point with r = 0
/// where J has full rank. The path does not depend on the units of y, nor on those of x where J has full rank. Nocedal and Wright (2006),
/// section 10.3; sufficient decrease as in Armijo (1966). It ends by itself where the linear model predicts no decrease beyond the rounding
/// of the loss.
/// </remarks>
/// <param name="learningRate">The part of d that is tried first; 1 is the full step.</param>
public sealed class GaussNewton(double learningRate = 1) : IMethod<ILeastSquares, GaussNewton.State>
{
    const int MaximumHalvings = 40;

    /// <summary>When a run ends by default: where nothing is left to gain, at the latest after 100 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new();

    /// <param name="At">x and y.</param>
    public sealed record State(Point At) : IMethodState;

    /// <inheritdoc/>
    public string Name => "GaussNewton";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => false;

    /// <inheritdoc/>
    public State Initialize(ILeastSquares f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(ILeastSquares f, State state)
    {
        var at = state.At;
        if (!f.TryLinearise<State>(at, out var jacobian, out var noStep)) return noStep;

        var residual = f.Residual(at);
        var direction = -jacobian.LeastSquares(residual);
        var change = jacobian.Multiply(direction);
        var slope = 2 * residual.Dot(change); // = -2 |J d|^2
        var predicted = change.Dot(change); // |r|^2 - |r + J d|^2
        var acceptance = new StepAcceptance(at, RoundoffTolerance.OfResidual(at, residual, jacobian));
        if (acceptance.IsConverged(predicted)) return StepAcceptance.Converged<State>(predicted);

        var step = learningRate;
        for (var halving = 0; halving <= MaximumHalvings; halving++, step /= 2)
        {
            var next = at.X.AddScaled(step, direction);
            if (next.Equals(at.X)) break;
            var trial = f.At(next);
            var isByChance = acceptance.IsDecidedByChance(predicted, step * predicted);
            if (acceptance.IsSufficientDecrease(trial, step, slope) && !(isByChance && trial.Value == at.Value)) return new State(trial);
            if (isByChance) break;
        }

        return acceptance.NoneAccepted<State>(f, predicted, residual, jacobian);
    }
}
