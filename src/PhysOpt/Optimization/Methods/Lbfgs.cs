using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.LineSearch;
using PhysOpt.Optimization.QuasiNewton;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Limited-memory BFGS within bounds, L-BFGS-B: the search direction leads to a minimiser of a quadratic model within the bounds, whose
/// Hessian comes of the last m curvature pairs; the step by the More-Thuente search. Without bounds the direction is -H g.
/// </summary>
/// <remarks>
/// Needs value and gradient; usually one of each per iteration, O(mn) besides. Byrd, Lu, Nocedal, Zhu (1995); Zhu, Byrd, Lu, Nocedal
/// (1997), algorithm 778; Morales, Nocedal (2011). A pair without positive curvature is skipped; where the search fails or the model is not
/// convex to working precision, the memory is cleared and the step tried again, and only without memory is it a failure.
/// </remarks>
/// <param name="memory">m, the number of curvature pairs kept.</param>
/// <param name="learningRate">The step that a search tries first, in units of the quasi-Newton step; 1 is that step.</param>
public sealed class Lbfgs(int memory = Lbfgs.DefaultMemory, double learningRate = 1) : IMethod<IDifferentiable, Lbfgs.State>
{
    /// <summary>The learning rate by default: the quasi-Newton step.</summary>
    public const double DefaultLearningRate = 1;

    /// <summary>The number of curvature pairs kept by default.</summary>
    public const int DefaultMemory = 10;

    /// <summary>The relative change of the loss at which the run ends by default: ten times the spacing of numbers.</summary>
    public const double DefaultLossTolerance = 10 * Precision.MachineEpsilon;

    /// <summary>When a run ends by default: where the loss no longer changes, at the latest after 1000 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new() { MaxIterations = 1000, LossTolerance = DefaultLossTolerance };

    const double NegligibleDecrease = 1e-10; // of the loss

    LbfgsWorkspace? spare; // of the last step; whoever steps at the same time makes one of his own

    /// <param name="At">x and its gradient.</param>
    /// <param name="Pairs">The curvature pairs.</param>
    /// <param name="Step">The step that led to x; null at the start, where with bounds no step goes beyond the minimiser of the
    /// model.</param>
    public sealed record State(Point At, CurvaturePairs Pairs, Vector? Step = null) : IMethodState
    {
        /// <summary>True after the first step: nothing gave it a scale.</summary>
        public bool StepIsGuess { get; init; }
    }

    /// <inheritdoc/>
    public string Name => "Lbfgs";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public object? StateParameters => memory;

    /// <inheritdoc/>
    public State Initialize(IDifferentiable f, Vector start) => new(f.At(start), CurvaturePairs.Empty(memory));

    /// <inheritdoc/>
    public Proposal<State> Step(IDifferentiable f, State state)
    {
        var work = Interlocked.Exchange(ref spare, null) is { } last && last.Dimension == state.At.X.Count ? last : new(state.At.X.Count);
        try
        {
            var pairs = state.Pairs;
            var found = Search(f, state, ref pairs, work);
            var predicted = double.PositiveInfinity;
            if (found.Point is null && !pairs.IsEmpty)
            {
                predicted = -state.At.Gradient.Dot(work.DirectionVector) / 2;
                pairs = pairs.Cleared(); // they mislead
                found = Search(f, state, ref pairs, work);
            }

            if (found.Point is { } next)
            {
                var step = next.X - state.At.X;
                return new State(next, ReferenceEquals(next, state.At) ? pairs : pairs.Updated(state.At, next, step, f.Bounds),
                    step)
                { StepIsGuess = state.Step is null };
            }

            if (double.Abs(predicted) <= Negligible(state.At.Value))
            {
                return new Proposal<State>(null, TerminationReason.LossTolerance, FormattableString.Invariant(
                    $"no step lowers the loss, and the quadratic model promises {double.Abs(predicted):G3} at most, ")
                    + "which cannot be told from rounding");
            }

            return new Proposal<State>(null, found.AllNonFinite ? TerminationReason.NonFinite : TerminationReason.LineSearchFailed, null);
        }
        finally
        {
            spare = work;
        }
    }

    StrongWolfeSearch.Result Search(IDifferentiable f, State state, ref CurvaturePairs pairs, LbfgsWorkspace work)
    {
        var (at, bounds) = (state.At, f.Bounds);
        var (slope, longest, hasTarget) = (0.0, double.PositiveInfinity, bounds.Exist);
        if (!hasTarget)
        {
            slope = pairs.NewtonStep(at.Gradient, work.Direction);
        }
        else
        {
            var minimum = TowardsMinimiser(at, bounds, ref pairs, work);
            if (!minimum.IsFound) return default;
            slope = minimum.Slope;
            longest = minimum.Longest;
        }

        var direction = work.DirectionVector;
        // the projected gradient is zero: there is nowhere to go
        if (!(slope < 0)) return new(pairs.IsEmpty && direction.InfinityNorm == 0 ? at : null, false);

        // The first step has length one, times the learning rate, unless the bounds give it a scale; where the last one found no positive
        // curvature, its length.
        var scale = pairs.IsEmpty && !bounds.AreAllFinite ? double.Max(1, state.Step?.Norm ?? 1) / direction.Norm : 1;
        longest = hasTarget && state.Step is null ? 1 : double.Clamp(longest, 0, StrongWolfeSearch.MaximumStep * double.Max(1, scale));
        return StrongWolfeSearch.Find(f, at, direction, slope, learningRate * scale, longest, hasTarget ? work.Target : null);
    }

    /// <summary>
    /// The decrease that is nothing where no step lowers the loss: what the loss's tolerance is, or one that the rounding of sums and
    /// derivatives hides.
    /// </summary>
    static double Negligible(double loss) =>
        double.Max(DefaultLossTolerance * double.Max(double.Abs(loss), 1), NegligibleDecrease * double.Abs(loss));

    /// <summary>
    /// d = x~ - x, where x~ minimises the model: over the path of steepest descent, then over the variables that are free where it ends.
    /// </summary>
    static SubspaceMinimum.Result TowardsMinimiser(Point at, Bounds bounds, ref CurvaturePairs pairs, LbfgsWorkspace work)
    {
        work.MakeRoom(pairs.Count);
        if (!pairs.IsEmpty && !SubspaceProducts.FactoriseMiddle(pairs, work)) return default;
        CauchyPoint.Find(at, bounds, pairs, work);
        pairs = pairs.Partitioned(work.Free);
        return SubspaceMinimum.Find(at, bounds, pairs, work);
    }
}
