using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.LineSearch;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Gradient descent with optional heavy-ball momentum, v+ = mu v - eta g(x), x+ = x + v+, or Nesterov's, x+ = x + mu v+ - eta g(x);
/// projected onto the bounds where there are any.
/// </summary>
/// <remarks>
/// Needs value and gradient; one gradient per iteration. Stable on a quadratic for eta below 2(1 + mu) / lambda_max.
/// With backtracking a step, velocity included, is halved until the loss falls enough, so that it never rises; a step that leads uphill
/// drops the velocity first. A search begins at twice the factor of the last one, at most 1: few values per iteration, however large eta
/// is. Cauchy (1847); with bounds Goldstein (1964); momentum Polyak (1964), eq. (9); Nesterov (1983) in the form of Bengio,
/// Boulanger-Lewandowski, Pascanu (2012), eq. (7), whose iterates are the points where the gradient is taken; restart O'Donoghue, Candes
/// (2015), section 3.2.
/// </remarks>
/// <param name="learningRate">eta, in units of x squared per unit of L; with backtracking the largest one.</param>
/// <param name="momentum">mu, from 0 (none) to below 1.</param>
/// <param name="nesterov">Whether the momentum is Nesterov's.</param>
/// <param name="backtracking">Whether steps are shortened until the loss falls.</param>
public sealed class GradientDescent(double learningRate, double momentum = 0, bool nesterov = false, bool backtracking = false)
    : IMethod<IDifferentiable, GradientDescent.State>
{
    /// <summary>The learning rate by default.</summary>
    public const double DefaultLearningRate = 0.01;

    /// <param name="At">x and its gradient.</param>
    /// <param name="Velocity">v, in units of x; zero at the start.</param>
    /// <param name="Factor">What the last step was shortened by; 1 without backtracking.</param>
    public sealed record State(Point At, Vector Velocity, double Factor = 1) : IMethodState;

    /// <inheritdoc/>
    public string Name => "GradientDescent";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public object? StateParameters => (momentum, nesterov, backtracking);

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start), Vector.Zero(start.Count));

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state)
    {
        var (velocity, step) = Move(state.At.Gradient, state.Velocity);
        return backtracking ? Descend(f, state, velocity, step) : new State(f.At(f.Project(state.At.X + step)), velocity);
    }

    (Vector Velocity, Vector Step) Move(Vector g, Vector before)
    {
        var velocity = VectorOperators.Combine(momentum, before, -learningRate, g);
        return (velocity, nesterov ? VectorOperators.Combine(momentum, velocity, -learningRate, g) : velocity);
    }

    Proposal<State> Descend(IDifferentiable f, State state, Vector velocity, Vector step)
    {
        var first = double.Min(1, 2 * state.Factor);
        var found = Backtracking.Find(f, state.At, step, first);
        if (found.Point is null && momentum > 0)
        {
            (velocity, step) = Move(state.At.Gradient, Vector.Zero(step.Count));
            found = Backtracking.Find(f, state.At, step, first);
        }

        if (found.Point is { } next) return new State(next, found.Factor * velocity, found.Factor);
        if (f.Project(state.At.X + step).Equals(state.At.X)) return state; // the bounds, or the spacing of numbers, leave no step
        return new Proposal<State>(null, found.AllNonFinite ? TerminationReason.NonFinite : TerminationReason.LineSearchFailed, null);
    }
}
