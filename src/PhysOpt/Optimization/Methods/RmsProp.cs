using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>RMSprop: s+ = d s + (1 - d) g^2, x+ = x - eta g / (sqrt(s+) + eps), componentwise and projected onto the bounds.</summary>
/// <remarks>
/// Needs value and gradient; one gradient per iteration. But for eps, the path does not depend on the unit of L.
/// Tieleman and Hinton (2012), lecture 6.5.
/// </remarks>
/// <param name="learningRate">eta, in units of x.</param>
/// <param name="decay">d, from 0 to below 1.</param>
/// <param name="epsilon">eps, in units of the gradient.</param>
public sealed class RmsProp(double learningRate, double decay = 0.9, double epsilon = 1e-8) : IMethod<IDifferentiable, RmsProp.State>
{
    /// <summary>The learning rate by default.</summary>
    public const double DefaultLearningRate = 0.001;

    /// <param name="At">x and its gradient.</param>
    /// <param name="Square">s.</param>
    public sealed record State(Point At, Vector Square) : IMethodState;

    /// <inheritdoc/>
    public string Name => "RmsProp";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public object? StateParameters => decay;

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start), Vector.Zero(start.Count));

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state)
    {
        var (x, g) = (state.At.X, state.At.Gradient);
        var square = state.Square.Zip(g, (s, gi) => decay * s + (1 - decay) * gi * gi);
        var step = g.Zip(square, (gi, s) => gi / (double.Sqrt(s) + epsilon));
        return new State(f.At(f.Project(x.AddScaled(-learningRate, step))), square);
    }
}
