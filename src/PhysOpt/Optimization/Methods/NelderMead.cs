using PhysOpt.Optimization.DerivativeFree;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Nelder and Mead's simplex of n + 1 points, of which the worst is reflected through the others, stretched or drawn in. No derivatives, no
/// model, and no evaluation outside of the bounds.
/// </summary>
/// <remarks>
/// Needs the value alone, one or two per move, O(n^2) besides. Nelder and Mead (1965), with the coefficients of Gao and Han (2012),
/// "Implementing the Nelder-Mead simplex algorithm with adaptive parameters", which do not lose their way in many variables. An iteration
/// is a move to a lower loss. Points are projected onto the bounds; a simplex that has collapsed, there or elsewhere, is made anew about
/// its best point, and the run ends only where such a one finds nothing lower. Lengths are in the sizes of the variables at the start, so
/// that the path does not depend on the units of x; it depends on the order of the losses alone.
/// </remarks>
/// <param name="firstSize">The length of the edges of the first simplex, in sizes of the variables.</param>
/// <param name="lastSize">That of a simplex that has collapsed.</param>
public sealed class NelderMead(double firstSize = NelderMead.DefaultFirstSize, double lastSize = NelderMead.DefaultLastSize)
    : IMethod<IObjective, NelderMead.State>
{
    /// <summary>The first size unless given.</summary>
    public const double DefaultFirstSize = 0.5;

    /// <summary>The last size unless given: over less of it the rounding of a loss hides its curvature.</summary>
    public const double DefaultLastSize = 1e-8;

    /// <summary>When a run ends by default: where nothing is left to gain, at the latest after 20,000 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new() { MaxIterations = 20_000 };

    /// <param name="At">x and the loss, the least so far.</param>
    public sealed record State(Point At) : IMethodState
    {
        internal SearchTrail Trail { get; init; } = new(At);
    }

    /// <inheritdoc/>
    public string Name => "NelderMead";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public object? StateParameters => (firstSize, lastSize);

    /// <inheritdoc/>
    public State Initialize(IObjective f, Vector start) => new(f.At(start));

    /// <inheritdoc/>
    public Proposal<State> Step(IObjective f, State state)
    {
        var (lower, trail, search) = state.Trail.Advance(f, state.At.Value, start =>
            new NelderMeadSearch(f.Bounds, start.X, start.Value, firstSize, lastSize));
        return lower is not null ? new State(lower) { Trail = trail } : new Proposal<State>(null, search.Reason, search.Note);
    }
}
