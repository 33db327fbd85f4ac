using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Gradient descent with optional heavy-ball momentum, v+ = mu v - eta g(x), x+ = x + v+, or Nesterov's, x+ = x + mu v+ - eta g(x);
/// projected onto the bounds where there are any.
/// </summary>
/// <remarks>
/// Needs value and gradient; one gradient per iteration. Stable on a quadratic for eta below 2(1 + mu) / lambda_max.
/// Cauchy (1847); with bounds Goldstein (1964); momentum Polyak (1964), eq. (9); Nesterov (1983) in the form of Bengio, Boulanger-Lewandowski,
/// Pascanu (2012), eq. (7), whose iterates are the points where the gradient is taken.
/// </remarks>
/// <param name="learningRate">eta, in units of x squared per unit of L.</param>
/// <param name="momentum">mu, from 0 (none) to below 1.</param>
/// <param name="nesterov">Whether the momentum is Nesterov's.</param>
public sealed class GradientDescent(double learningRate, double momentum = 0, bool nesterov = false) : IMethod<IDifferentiable, GradientDescent.State>
{
    /// <param name="At">x and its gradient.</param>
    /// <param name="Velocity">v, in units of x; zero at the start.</param>
    public sealed record State(Point At, Vector Velocity) : IMethodState;

    /// <inheritdoc/>
    public string Name => "GradientDescent";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start), Vector.Zero(start.Count));

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state)
    {
        var (x, g) = (state.At.X, state.At.Gradient);
        var velocity = momentum * state.Velocity - learningRate * g;
        var step = nesterov ? momentum * velocity - learningRate * g : velocity;
        return new State(f.At(f.Project(x + step)), velocity);
    }
}
