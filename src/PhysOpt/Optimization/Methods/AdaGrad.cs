using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>AdaGrad: s+ = s + g^2, x+ = x - eta g / (sqrt(s+) + eps), componentwise and projected onto the bounds.</summary>
/// <remarks>
/// Needs value and gradient; one gradient per iteration. Its steps only shrink. But for eps, the path does not depend on the unit of L.
/// Duchi, Hazan, Singer (2011), the diagonal form of section 1.1.
/// </remarks>
/// <param name="learningRate">eta, in units of x.</param>
/// <param name="epsilon">eps, in units of the gradient.</param>
public sealed class AdaGrad(double learningRate, double epsilon = 1e-8) : IMethod<IDifferentiable, AdaGrad.State>
{
    /// <summary>The learning rate by default.</summary>
    public const double DefaultLearningRate = 0.01;

    /// <param name="At">x and its gradient.</param>
    /// <param name="Square">s.</param>
    public sealed record State(Point At, Vector Square) : IMethodState;

    /// <inheritdoc/>
    public string Name => "AdaGrad";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start), Vector.Zero(start.Count));

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state)
    {
        var (x, g) = (state.At.X, state.At.Gradient);
        var square = state.Square.Zip(g, (s, gi) => s + gi * gi);
        var step = g.Zip(square, (gi, s) => gi / (double.Sqrt(s) + epsilon));
        return new State(f.At(f.Project(x.AddScaled(-learningRate, step))), square);
    }
}
