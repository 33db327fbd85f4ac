using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Adam: running means of the gradient, m+ = b1 m + (1 - b1) g, and of its square, v+ = b2 v + (1 - b2) g^2, corrected for their start at
/// zero; x+ = x - eta m^ / (sqrt(v^) + eps), componentwise and projected onto the bounds.
/// </summary>
/// <remarks>
/// Needs value and gradient; one gradient per iteration. But for eps, the path does not depend on the unit of L, and the first step has the
/// length eta in every component. Kingma and Ba (2015), algorithm 1.
/// </remarks>
/// <param name="learningRate">eta, in units of x.</param>
/// <param name="beta1">b1, from 0 to below 1.</param>
/// <param name="beta2">b2, from 0 to below 1.</param>
/// <param name="epsilon">eps, in units of the gradient.</param>
public sealed class Adam(double learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    : IMethod<IDifferentiable, Adam.State>
{
    /// <summary>The learning rate by default.</summary>
    public const double DefaultLearningRate = 0.001;

    /// <param name="At">x and its gradient.</param>
    /// <param name="Mean">m.</param>
    /// <param name="Square">v.</param>
    /// <param name="Time">The number of updates.</param>
    public sealed record State(Point At, Vector Mean, Vector Square, int Time) : IMethodState;

    /// <inheritdoc/>
    public string Name => "Adam";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public object? StateParameters => (beta1, beta2);

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start), Vector.Zero(start.Count), Vector.Zero(start.Count), 0);

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state)
    {
        var (x, g, t) = (state.At.X, state.At.Gradient, state.Time + 1);
        var mean = state.Mean.Zip(g, (m, gi) => beta1 * m + (1 - beta1) * gi);
        var square = state.Square.Zip(g, (v, gi) => beta2 * v + (1 - beta2) * gi * gi);
        var (biasOfMean, biasOfSquare) = (1 - double.Pow(beta1, t), 1 - double.Pow(beta2, t));
        var step = mean.Zip(square, (m, v) => m / biasOfMean / (double.Sqrt(v / biasOfSquare) + epsilon));
        return new State(f.At(f.Project(x.AddScaled(-learningRate, step))), mean, square, t);
    }
}
