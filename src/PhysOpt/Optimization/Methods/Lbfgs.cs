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

    /// <summary>When a run ends by default: where nothing is left to gain, at the latest after 1000 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new() { MaxIterations = 1000 };

    const double NegligibleDecrease = 1e-10; // of the loss, where no step lowers it: what derivatives by differences are good for
    const double LargestSlope = 1e150; // whose squares do not overflow
    const double FarAhead = 1e6; // of the model's step

    LbfgsWorkspace? spare; // of the last step; whoever steps at the same time makes one of his own

    /// <param name="At">x and its gradient.</param>
    /// <param name="Pairs">The curvature pairs.</param>
    /// <param name="Step">The step that led to x; null at the start, where with bounds no step goes beyond the minimiser of the
    /// model.</param>
    public sealed record State(Point At, CurvaturePairs Pairs, Vector? Step = null) : IMethodState
    {
        /// <summary>
        /// True where the pairs' curvature may not be that of here: the step is what a search that gave up had found, as at a kink, or the
        /// slope is far from linear along it.
        /// </summary>
        internal bool IsMisleading { get; init; }
    }

    /// <inheritdoc/>
    public string Name => "Lbfgs";

    /// <inheritdoc/>
    public bool EndsByItself => true;

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
            var (pairs, promised) = (state.Pairs, double.PositiveInfinity);
            var found = Search(f, state, ref pairs, work, ref promised);
            if (found is null) return NothingLeft(promised);
            if (found is { Point: null } && !pairs.IsEmpty)
            {
                pairs = pairs.Cleared(); // they mislead
                var unused = double.PositiveInfinity;
                found = Search(f, state, ref pairs, work, ref unused);
            }

            if (found is { Point: null } && FirstLength.Of(state.At.X) is not 1)
            {
                var unused = double.PositiveInfinity;
                found = Search(f, state, ref pairs, work, ref unused, shortest: 1); // x may have begun at next to nothing
            }

            if (found is { Point: { } next, IsCompromise: var isCompromise })
            {
                var step = next.X - state.At.X;
                var isNoPair = ReferenceEquals(next, state.At) || (pairs.IsEmpty && state.At.Gradient.InfinityNorm > LargestSlope);
                var updated = isNoPair ? pairs : pairs.Updated(state.At, next, step, f.Bounds);
                // without curvature as far as a search goes, the pairs' is none of here: the next one begins with the length of this one
                if (ReferenceEquals(updated, pairs) && step.InfinityNorm >= FarAhead * work.DirectionVector.InfinityNorm)
                    updated = pairs.Cleared();
                return new State(next, updated, step)
                {
                    IsMisleading = isCompromise || MeanSlope.IsFarFrom(
                        state.At.Value - next.Value, MeanSlope.Gain(step, state.At.Gradient, next.Gradient), next.Value),
                };
            }

            if (promised <= Attainable(f, state, found?.Untold ?? 0)) return NothingLeft(promised);
            return new Proposal<State>(
                null, found is { AllNonFinite: true } ? TerminationReason.NonFinite : TerminationReason.LineSearchFailed, null);
        }
        finally
        {
            spare = work;
        }
    }

    /// <summary>
    /// What cannot be had where no step lowers the loss: its rounding, what is untold because the loss does not change at all, and what
    /// derivatives by differences are not good for, eps^(2/3) of a change of x by its size.
    /// </summary>
    static double Attainable(IDifferentiable f, State state, double untold)
    {
        var (loss, size) = (state.At.Value, state.At.X.Norm);
        var ofDerivatives = double.Pow(Precision.MachineEpsilon, 4.0 / 3) * state.Pairs.LeastCurvature * size * size;
        var untellable = double.Max(double.Max(NegligibleDecrease * double.Abs(loss), untold), ofDerivatives);
        return double.Min(double.Max(f.Rounding(state.At), untellable), f.MostLeft(state.At));
    }

    static Proposal<State> NothingLeft(double promised) => new(
        null, TerminationReason.LossTolerance, FormattableString.Invariant(
            $"the quadratic model promises a loss lower by {promised:G3} at most, which cannot be told from rounding"));

    /// <summary>The search along the direction of the model; null where the model promises nothing that is worth one.</summary>
    StrongWolfeSearch.Result? Search(IDifferentiable f, State state, ref CurvaturePairs pairs, LbfgsWorkspace work, ref double promised,
        double shortest = 0)
    {
        var (at, bounds) = (state.At, f.Bounds);
        var (slope, longest, hasTarget) = (0.0, double.PositiveInfinity, bounds.Exist);
        if (!hasTarget)
        {
            slope = pairs.NewtonStep(at.Gradient, work.Direction);
            if (!double.IsFinite(slope) && at.Gradient.IsFinite)
                (slope, pairs) = (AlongGradient(at.Gradient, work.Direction), pairs.Cleared());
        }
        else
        {
            var minimum = TowardsMinimiser(at, bounds, ref pairs, work);
            if (!minimum.IsFound) return default(StrongWolfeSearch.Result);
            slope = minimum.Slope;
            longest = minimum.Longest;
        }

        var direction = work.DirectionVector;
        // the projected gradient is zero: there is nowhere to go
        if (!(slope < 0)) return new StrongWolfeSearch.Result(pairs.IsEmpty && direction.InfinityNorm == 0 ? at : null, false);
        if (!pairs.IsEmpty)
        {
            promised = -slope / 2;
            if (!state.IsMisleading && f.IsNothing(at, promised)) return null;
        }

        // The first step has the length of x or one, times the learning rate, unless the bounds give it a scale; where the last one found
        // no positive curvature, its length at least.
        var (first, last) = (double.Max(shortest, FirstLength.Of(at.X)), state.Step?.Norm ?? 0);
        var scale = !pairs.IsEmpty ? 1 : !bounds.AreAllFinite ? double.Max(first, last) / direction.Norm
            : double.Max(1, last / direction.Norm);
        longest = hasTarget && state.Step is null ? 1 : double.Clamp(longest, 0, StrongWolfeSearch.MaximumStep * double.Max(1, scale));
        return StrongWolfeSearch.Find(f, at, direction, slope, learningRate * scale, longest, hasTarget ? work.Target : null);
    }

    /// <summary>d = -g / |g|, and g'd: where the squares of g overflow, and no model can be had.</summary>
    static double AlongGradient(Vector g, Span<double> direction)
    {
        var norm = g.Norm;
        SpanKernel.Scale(-1 / norm, g.AsSpan(), direction);
        return -norm;
    }

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
