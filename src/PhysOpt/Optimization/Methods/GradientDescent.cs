using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>Gradient descent, x+ = x - eta g(x), projected onto the bounds where there are any.</summary>
/// <remarks>
/// Needs value and gradient; one gradient per iteration. Stable on a quadratic for eta below 2 / lambda_max.
/// Cauchy (1847); with bounds Goldstein (1964).
/// </remarks>
/// <param name="learningRate">eta, in units of x squared per unit of L.</param>
public sealed class GradientDescent(double learningRate) : IMethod<IDifferentiable, GradientDescent.State>
{
    /// <param name="At">x and its gradient.</param>
    public sealed record State(Point At) : IMethodState;

    /// <inheritdoc/>
    public string Name => "GradientDescent";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state) =>
        new State(f.At(f.Project(state.At.X.AddScaled(-learningRate, state.At.Gradient))));
}
