using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.LineSearch;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// Brent's method for a minimum of one variable between two bounds: parabolas through the three lowest values, golden sections where they
/// mislead.
/// </summary>
/// <remarks>
/// <para>Needs values alone, one variable and both bounds finite. An iteration is as many evaluations as it takes to come lower, mostly
/// one. From the start it goes to a minimum nearby: first steps are a tenth of the size of x, and no point is above the start.</para>
/// <para>Brent (1973), "Algorithms for Minimization Without Derivatives", chapter 5. Evaluations, for any function, continuous or not, are
/// at most about (log2(w / d))^2, with w the distance of the bounds and d the shortest step: in the last digits of x 2^-50 of its
/// size.</para>
/// <para>The shortest step is at first the square root of the spacing of numbers, in sizes of x, within which a smooth loss changes by
/// rounding alone. Where its values there still show more, at a kink, at a jump or next to a loss of nothing, it is cut further: at a
/// minimum a rise shrinks with the distance, at a jump on one side, in noise on none.</para>
/// </remarks>
public sealed class Brent : IMethod<IObjective, Brent.State>
{
    /// <summary>When a run ends by default: where nothing is left to gain, at the latest after 1000 iterations.</summary>
    public static OptimizationOptions DefaultOptions { get; } = new() { MaxIterations = 1000 };

    const double FirstStep = 0.1; // of the size of x
    const double Aside = 0.1; // of the size of x: where a minimum shows at the latest
    const double Untold = 1e-10; // of the loss: rises that no further cut is worth

    /// <summary>
    /// The shortest steps, of the size of x: where rounding hides a smooth loss, far enough below to tell noise, and the last digits of x.
    /// </summary>
    static readonly double[] Shortest = [double.ScaleB(1, -26), double.ScaleB(1, -33), double.ScaleB(1, -50)];

    /// <summary>What is left of a rise after each cut where there is noise or a jump.</summary>
    static readonly double[] Unshrunk = [0.5, double.ScaleB(1, -6)];

    /// <summary>Where a run is.</summary>
    public sealed record State : IMethodState
    {
        internal State(Point start, MinimumBracket bracket) => (At, First, Bracket) = (start, start, bracket);

        /// <inheritdoc/>
        public Point At { get; internal init; }

        /// <inheritdoc/>
        public Vector? Step { get; internal init; }

        /// <summary>Where the run began.</summary>
        internal Point First { get; }

        /// <summary>What encloses the minimum.</summary>
        internal MinimumBracket Bracket { get; init; }

        /// <summary>How often the shortest step was cut.</summary>
        internal int Cuts { get; init; }

        /// <summary>The rises of the loss beside x when the shortest step was cut for the first time.</summary>
        internal (double Below, double Above) Rises { get; init; }
    }

    /// <inheritdoc/>
    public string Name => "Brent";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public bool EndsByItself => true;

    bool IMethod<IObjective, State>.SeesLevels => true;

    /// <inheritdoc/>
    public State Initialize(IObjective f, Vector start)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(start);
        if (start.Count != 1 || !f.Bounds.AreAllFinite)
        {
            throw new ProblemException(ProblemException.MethodNeedsMore,
                $"{Name} needs one variable and two finite bounds.", "Give both bounds, or choose another method.");
        }

        var at = f.At(f.Project(start));
        return new(at, MinimumBracket.Of(f.Bounds.Lower[0], f.Bounds.Upper[0], new(at.X[0], at.Value)));
    }

    /// <inheritdoc/>
    public Proposal<State> Step(IObjective f, State state)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(state);
        while (true)
        {
            var bracket = state.Bracket;
            var size = f.Bounds.Sizes(state.At.X, state.First.X)[0];
            var tolerance = Shortest[state.Cuts] * size;
            var isWithin = bracket.IsWithin(2 * tolerance);
            if (isWithin && bracket.UntriedEnd is null)
            {
                var ending = End(f, state);
                if (ending.State is not { } finer) return ending;
                state = finer;
                continue;
            }

            double to;
            if (isWithin) to = bracket.UntriedEnd!.Value;
            else if (bracket.IsAtEnd && bracket.UntriedEnd is null) to = bracket.Beside(tolerance);
            else if (bracket.BoundAhead() is { } bound) to = bound;
            else (to, bracket) = bracket.Next(tolerance, FirstStep * size);

            var next = f.At(new Vector(to));
            bracket = bracket.With(new(to, double.IsNaN(next.Value) ? double.PositiveInfinity : next.Value));
            state = state with { Bracket = bracket };
            if (bracket.Best.X != state.At.X[0]) return state with { At = next, Step = next.X - state.At.X };
        }
    }

    /// <summary>
    /// What it comes to where the bracket is as narrow as the shortest step: a minimum as far as the loss can tell, or noise, or no
    /// minimum at all; the state with a shorter step where the loss beside x still tells something.
    /// </summary>
    static Proposal<State> End(IObjective f, State state)
    {
        var (bracket, loss) = (state.Bracket, state.At.Value);
        var (below, above) = bracket.Rises;
        var (untold, rounding) = (Untold * double.Abs(loss), LossRounding.ClearOfFirst(state.First.Value));
        var isLast = state.Cuts == Shortest.Length - 1;
        if (isLast) untold = double.Max(untold, rounding);
        var isSmooth = below <= untold && above <= untold;
        if (isSmooth || (bracket.IsAtEnd && state.Cuts > 0)) return Smooth(f, state);
        if (state.Cuts == 0) return state with { Cuts = 1, Rises = (below, above) };

        var unshrunk = Unshrunk[state.Cuts - 1];
        var (shrinksBelow, shrinksAbove) = (HasShrunk(below, state.Rises.Below), HasShrunk(above, state.Rises.Above));
        if (!shrinksBelow && !shrinksAbove)
        {
            return new(null, TerminationReason.StepCollapsed, FormattableString.Invariant(
                $"the loss is higher by {below:G3} and {above:G3} beside x however near: there is noise, or a jump on both sides"));
        }

        if (!isLast) return state with { Cuts = state.Cuts + 1 };
        return Arrived("x is known to its last digits, and the loss is higher on both sides"
            + (!shrinksBelow ? Jump("below", below) : !shrinksAbove ? Jump("above", above) : ""));

        static string Jump(string side, double by) => double.IsFinite(by)
            ? FormattableString.Invariant($"; {side} x it jumps, by {by:G3}") : $"; {side} x it has no value";

        bool HasShrunk(double now, double before) => double.IsFinite(now) && now <= double.Max(rounding, unshrunk * before);
    }

    /// <summary>The end where values beside x show nothing: of a minimum where the loss has been higher on both sides.</summary>
    static Proposal<State> Smooth(IObjective f, State state)
    {
        var (bracket, at) = (state.Bracket, state.At);
        var (x, clear) = (at.X[0], LossRounding.Of(at.Value));
        if (f.Bounds.Lower[0] == f.Bounds.Upper[0]) return Arrived("the bounds leave no other point");
        var isLeast = f.IsLeast(at);
        var away = Aside * f.Bounds.Sizes(at.X, state.First.X)[0];
        var below = isLeast ? clear : Rise(bracket.HighestBelow, x - double.Min(away, (x - f.Bounds.Lower[0]) / 2));
        var above = isLeast ? clear : Rise(bracket.HighestAbove, x + double.Min(away, (f.Bounds.Upper[0] - x) / 2));
        if (below < -clear || above < -clear)
        {
            return new(null, TerminationReason.StepCollapsed, FormattableString.Invariant(
                $"the loss is the same next to x, but lower {(below < -clear ? "below" : "above")}; start there"));
        }

        if (bracket.IsAtEnd && (below > clear || above > clear || isLeast))
            return Arrived("x is at its bound, and the loss is higher beside it");
        if ((below > clear && above > clear) || isLeast)
        {
            return Arrived(FormattableString.Invariant(
                $"within {bracket.Upper.X - bracket.Lower.X:G2} around x values of the loss can hardly be told apart"));
        }

        return new(null, TerminationReason.Flat, below > clear || above > clear
            ? $"the loss is the same wherever it was asked for {(below > clear ? "above" : "below")} x; start where it depends on x"
            : "the loss is the same wherever it was asked for; start where it depends on x");

        // what was seen on a side, or is seen further away
        double Rise(double highest, double further)
        {
            if (highest - at.Value > clear) return highest - at.Value;
            var rise = further == x || further == bracket.Lower.X || further == bracket.Upper.X
                ? double.Max(highest - at.Value, 0) : f.At(new Vector(further)).Value - at.Value;
            return double.IsNaN(rise) ? double.PositiveInfinity : rise;
        }
    }

    static Proposal<State> Arrived(string why) => new(null, TerminationReason.LossTolerance, why);
}
