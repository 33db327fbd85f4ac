using PhysOpt.Optimization.DerivativeFree;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// BOBYQA: each step minimises, within a trust region and the bounds, a quadratic model that interpolates 2n + 1 values of the loss, and of
/// whose Hessian each new value changes as little as it can. No derivatives, and no evaluation outside of the bounds.
/// </summary>
/// <remarks>
/// Needs the value alone: 2n + 1 at first, then one per step, and O(n^2) besides. An iteration is a step to a lower loss. Powell (2009),
/// "The BOBYQA algorithm for bound constrained optimization without derivatives", DAMTP 2009/NA06. Lengths are in the sizes of the
/// variables at the start, so that the path does not depend on the units of x, nor on that of the loss. A trial without a value counts as
/// worse than all others. It ends where rho has come to its last value, and values all about, a thousandth of the sizes away, are no lower
/// nor lead to any that is. There is no test of slopes, so that x is known to rho, and the loss to the square of that times its curvature,
/// at best.
/// </remarks>
/// <param name="firstRadius">The first radius of the trust region, in sizes of the variables.</param>
/// <param name="lastRadius">The last one, in the same units.</param>
public sealed class Bobyqa(double firstRadius = Bobyqa.DefaultFirstRadius, double lastRadius = Bobyqa.DefaultLastRadius)
    : IMethod<IObjective, Bobyqa.State>
{
    /// <summary>The first radius unless given.</summary>
    public const double DefaultFirstRadius = 0.5;

    /// <summary>The last radius unless given: over less of it the rounding of a loss hides its curvature.</summary>
    public const double DefaultLastRadius = 1e-8;

    /// <summary>When a run ends by default: where nothing is left to gain, at the latest after 20,000 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new() { MaxIterations = 20_000 };

    /// <param name="At">x and the loss, the least so far.</param>
    public sealed record State(Point At) : IMethodState
    {
        internal SearchTrail Trail { get; init; } = new(At);
    }

    /// <inheritdoc/>
    public string Name => "Bobyqa";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public object? StateParameters => (firstRadius, lastRadius);

    /// <inheritdoc/>
    public State Initialize(IObjective f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(IObjective f, State state)
    {
        var (lower, trail, search) = state.Trail.Advance(f, state.At.Value, start =>
            new BobyqaSearch(f.Bounds, start.X, start.Value, firstRadius, lastRadius));
        return lower is not null ? new State(lower) { Trail = trail } : new Proposal<State>(null, search.Reason, search.Note);
    }
}
