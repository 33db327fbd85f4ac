using PhysOpt.Functions;
using PhysOpt.Optimization.Methods;
using PhysOpt.Problems;

namespace PhysOpt.Optimization;

/// <summary>The tests that nobody gave a number for, and what a method's claim comes to where the loss itself is asked.</summary>
/// <param name="problem">The problem.</param>
/// <param name="objective">Its objective.</param>
/// <param name="budget">The evaluations that are left.</param>
/// <param name="options">Which tolerances were given.</param>
/// <param name="usesGradient">False where gradients are not known.</param>
/// <param name="seesCurvature">True for a method that tells a saddle from a minimum by itself.</param>
/// <param name="mayCrawl">True for a method whose steps would be long wherever its model held.</param>
/// <param name="knowsResiduals">True for a method for least squares, whose own model is that of the residuals.</param>
/// <param name="ofFirstOrder">Of a method that has no model but its steps, the bounds that it keeps; null for others.</param>
internal sealed class DefaultTests(
    OptimizationProblem problem, IObjective objective, EvaluationBudget budget, OptimizationOptions options, bool usesGradient,
    bool seesCurvature, bool mayCrawl, bool knowsResiduals, Bounds? ofFirstOrder)
{
    static readonly (TerminationReason? Reason, string? Why) saddle = (TerminationReason.Saddle,
        "the gradient vanishes where the loss curves downwards, at a saddle or a maximum; start beside it, or take a method that sees "
        + "second derivatives");

    static readonly (TerminationReason? Reason, string? Why) levelled = (TerminationReason.StepCollapsed,
        "slope and curvature vanish where the loss goes on falling, as at an inflection; start beyond it, or take another method");

    static readonly (TerminationReason? Reason, string? Why) arrived = (TerminationReason.LossTolerance,
        "steps no longer lower the loss, and its slopes promise nothing beside what was gained");

    const int Window = 128; // iterations
    const double LeastGain = 1e-3;
    const double Stalled = 1e-3; // of the loss, that an iteration lowers it by
    const double NextToNothing = 1e6; // a loss that slopes over whole sizes are so many times of is next to 0, not left by an overshoot
    const double DifferencesTell = 1e-10; // of what was gained: they are good for ten digits
    const double LeastCurvature = 1e-6; // of what was gained, per size of the variables: at x^4 = 0 differences show less

    NearbyPoints? around; // where an end was asked about last
    (NearbyPoints Around, Point? Lower)? beyond; // and what was found there
    double lastPromise = double.PositiveInfinity; // of a method of first order

    /// <summary>Nothing is left to gain beyond rounding, or x no longer moves; and why.</summary>
    /// <param name="now">The iteration.</param>
    /// <param name="previous">The one before; null at the start.</param>
    /// <param name="promised">What the method's model promised at most; null where it did not say.</param>
    /// <param name="first">Where the run began.</param>
    /// <param name="at">The point of <paramref name="now"/>.</param>
    internal (TerminationReason? Reason, string? Why) NothingLeft(
        IterationRecord now, IterationRecord? previous, double? promised, SearchStart? first, Point at)
    {
        if (!options.HasDefaultTests || previous is null) return default;
        if (ofFirstOrder is not null && previous.Gradient is not null) promised = FirstOrderEnd.Promise(now, previous, ofFirstOrder);
        if (promised is { } most && most <= Rounding() && (!usesGradient || most <= objective.MostLeft(at)))
        {
            return (TerminationReason.LossTolerance, FormattableString.Invariant(
                $"the curvature seen promises a loss lower by {most:G3} at most, which cannot be told from rounding"));
        }

        if (ofFirstOrder is not null && promised is { } last && double.IsFinite(last)) lastPromise = last;
        // differences lose a slope that vanishes with all its derivatives: they may go on for ever without showing a way down
        if (previous.Loss - now.Loss <= Stalled * double.Abs(previous.Loss) && usesGradient && !objective.IsExactAt(at)
            && HasArrived(at, first, NextToNothing * double.Abs(now.Loss), ofFirstOrder is null ? DifferencesTell : 0)) return arrived;
        var isStill = now.X.Equals(previous.X);
        var gain = isStill ? 0 : GainOfWindow(now);
        if (double.IsNaN(gain)) return default;
        if (HasArrived(at, first)) return arrived;
        if (gain > LeastGain * double.Abs(now.Loss) || gain > LeastGain * (first?.Loss - now.Loss)) return default;
        return (TerminationReason.StepCollapsed, isStill ? null
            : FormattableString.Invariant($"{Window} iterations have lowered the loss by next to nothing; there is a kink, or noise"));

        // a run that has gone up has not arrived where only the spacing of x hides the rest
        double Rounding() => !usesGradient || now.Loss > first?.Loss ? LossRounding.Of(now.Loss) : objective.Rounding(at);
    }

    /// <summary>True where the slopes promise nothing beside what the run has gained.</summary>
    /// <param name="at">The point.</param>
    /// <param name="first">Where the run began.</param>
    /// <param name="leastSlopes">What the slopes have to change the loss by, over the whole sizes of the variables.</param>
    /// <param name="part">The part of what was gained that is nothing beside it, if more than its rounding.</param>
    bool HasArrived(Point at, SearchStart? first, double leastSlopes = 0, double part = 0)
    {
        if (!usesGradient || first is null) return false;
        var sizes = VariableSizes.Of(at.X, first.X);
        var slopes = objective.Bounds.Free(at.X, at.Gradient).Sum(i => double.Abs(at.Gradient[i]) * sizes[i]);
        // over the whole size of each variable, or by a curvature that was seen before steps were lost beside x
        var left = lastPromise <= objective.MostLeft(at) ? double.Min(lastPromise, slopes) : slopes;
        var gained = double.Abs(first.Loss - at.Value);
        return slopes >= leastSlopes && left <= double.Max(LossRounding.Of(gained), part * gained);
    }

    /// <summary>Where the window of iterations began that measures progress.</summary>
    internal (int Iteration, double Loss) Mark { get; set; } = (0, double.PositiveInfinity);

    /// <summary>
    /// What a window of iterations has gained, where one ends of a method whose steps would be long wherever its model held; NaN elsewhere.
    /// </summary>
    double GainOfWindow(IterationRecord now)
    {
        if (!mayCrawl || now.Iteration < Mark.Iteration + Window) return double.NaN;
        var gained = Mark.Loss - now.Loss;
        Mark = (now.Iteration, now.Loss);
        return gained;
    }

    /// <summary>A lower point beside one that a default test calls a minimum, where slope and curvature vanish; null where none is seen.
    /// </summary>
    /// <inheritdoc cref="Verdict"/>
    internal Point? LowerBeyond(TerminationReason reason, SearchStart? first, Point at, Arrival arrival)
    {
        if (options.IsGiven(reason) || !usesGradient || !options.HasDefaultTests || !reason.IsConverged()) return null;
        var points = Around(at);
        if (beyond is var (known, found) && ReferenceEquals(known, points)) return found;
        var lower = Optimization.LowerBeyond.Find(points, arrival, first ?? new(problem.InitialGuess, at.Value), Hessian);
        beyond = (points, lower);
        return lower;
    }

    NearbyPoints Around(Point at) => around is not null && ReferenceEquals(around.Middle, at) ? around : around = new(objective, at);

    /// <summary>The second derivatives in the method's model, 2 J'J for residuals; null where it has none, or there are many variables.
    /// </summary>
    Matrix? Hessian(Point at)
    {
        if (at.X.Count > TrustRegionNewton.LargestExactDimension) return null;
        if (seesCurvature) return (objective as ITwiceDifferentiable)?.Hessian(at);
        if (!knowsResiduals || objective is not ILeastSquares squares) return null;
        var jacobian = squares.ResidualJacobian(at);
        Vector[] columns = [.. Enumerable.Range(0, at.X.Count).Select(jacobian.Column)];
        return new(columns.Length, columns.Length, (i, j) => 2 * columns[i].Dot(columns[j]));
    }

    /// <summary>
    /// What a reason comes to at a point, and why: a slope that vanishes because the loss does not depend on a variable is no minimum, nor
    /// is one where the loss curves downwards. A tolerance that was given is met all the same.
    /// </summary>
    /// <param name="reason">The reason.</param>
    /// <param name="isSaddle">True where the method has seen a way down.</param>
    /// <param name="first">Where the run began.</param>
    /// <param name="at">The point, with its gradient.</param>
    /// <param name="arrival">How the run came there.</param>
    internal (TerminationReason? Reason, string? Why) Verdict(
        TerminationReason reason, bool isSaddle, SearchStart? first, Point at, Arrival arrival)
    {
        if (options.IsGiven(reason) || !options.HasDefaultTests) return (reason, null);
        if (usesGradient && isSaddle) return (TerminationReason.Saddle, null);
        if (!reason.IsConverged() && reason is not (TerminationReason.LineSearchFailed or TerminationReason.StepCollapsed
            or TerminationReason.SingularHessian)) return (reason, null);
        var start = first?.X ?? problem.InitialGuess;
        try
        {
            if (!usesGradient) return Level(reason, start, at) ?? RunAway(reason, start, at) ?? (reason, null);
            string? why = null;
            if (reason is TerminationReason.LineSearchFailed or TerminationReason.StepCollapsed && HasArrived(at, first))
                (reason, why) = (arrived.Reason!.Value, arrived.Why);
            var (flat, isElsewhere, lower) = FlatVariables.At(Around(at), start);
            if (flat.Count > 0)
            {
                // where no variable alone changes the loss two of them may, as in x y
                if (!isElsewhere && flat.Count > 1 && CurvatureProbe.At(objective, at, start).IsSaddle) return saddle;
                return (TerminationReason.Flat, FlatWords(flat, isElsewhere));
            }

            if (RunAway(reason, start, at) is { } away) return away;
            if (reason == TerminationReason.LossTolerance
                && LowerNearby.Along(Around(at), start, first?.Loss ?? 0, !knowsResiduals) is { } way)
            {
                if (way.Variable is null && CurvatureProbe.At(objective, at, start).IsSaddle) return saddle;
                return (TerminationReason.StepCollapsed, way.Variable is { } along
                    ? $"its steps are too short, but the loss is lower beside x in {VariableWords.Component(along, problem.Variables)}; "
                        + "give the variables scales of one size, or take another method"
                    : "its steps are too short, but the loss is lower beside x, along a valley between kinks: there the slope jumps");
            }

            if (reason == TerminationReason.LossTolerance && !knowsResiduals
                && LowerNearby.ByLeastSquares(objective, at, start, first?.Loss ?? 0))
            {
                return (TerminationReason.StepCollapsed, "its steps are too short, but a step for least squares lowers the loss; give the "
                    + "variables scales of one size, or take a method for least squares");
            }

            if (!reason.IsConverged()) return (reason, null);
            var curved = !seesCurvature || lower is not null
                ? CurvatureProbe.At(objective, at, start, double.Max(double.Abs(at.Value), double.Abs(first?.Loss ?? 0))) : default;
            if (curved.IsSaddle) return saddle;
            arrival = arrival with
            {
                Slightest = curved.Slightest,
                IsCurvedUpwards = curved.Least > LeastCurvature * double.Abs((first?.Loss ?? 0) - at.Value),
            };
            if (lower is null && LowerBeyond(reason, first, at, arrival) is not null) return levelled;
            return lower is not { } variable ? (reason, why)
                : (TerminationReason.StepCollapsed, "its slope is nothing, but the loss is lower beside x in "
                    + $"{VariableWords.Component(variable, problem.Variables)}; start elsewhere");
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return (reason.IsConverged() ? TerminationReason.EvaluationLimit : reason, null);
        }
    }

    /// <summary>
    /// That the loss does not depend on variables where a method by values alone has ended, though it does elsewhere; null where that is
    /// not so.
    /// </summary>
    (TerminationReason? Reason, string? Why)? Level(TerminationReason reason, Vector start, Point at)
    {
        if (!reason.IsConverged() || objective is not ValuesOnly) return null;
        var (flat, isElsewhere, lower) = FlatVariables.At(Around(at), start, knowsSlopes: false);
        return lower is { } variable ? (TerminationReason.StepCollapsed, "the loss is lower beside x in "
                + $"{VariableWords.Component(variable, problem.Variables)}; start elsewhere")
            : flat.Count > 0 ? (TerminationReason.Flat, FlatWords(flat, isElsewhere))
            : FlatVariables.OnOneSide(Around(at), start) is { } side ? (TerminationReason.Flat,
                $"the loss does not rise on one side of x in {VariableWords.Component(side, problem.Variables)}: no minimum is seen there; "
                    + "start elsewhere, or set bounds")
            : null;
    }

    string FlatWords(IReadOnlyList<int> flat, bool isElsewhere) => FlatVariables.Names(flat, problem.Variables) is var names && isElsewhere
        ? $"the loss hardly depends on {names} here, though it does elsewhere; start where it does"
        : $"the loss is the same wherever {names} was looked at; start where it depends on it";

    /// <summary>That variables have gone after a limit that the loss has at infinity; null where none has.</summary>
    (TerminationReason? Reason, string? Why)? RunAway(TerminationReason reason, Vector start, Point at) =>
        reason.IsConverged() && RunawayVariables.At(Around(at), start) is { Count: > 0 } away
            ? (TerminationReason.Flat, $"the loss does not rise however far {FlatVariables.Names(away, problem.Variables)} goes: "
                + "no minimum is seen there; start elsewhere, or set bounds")
            : null;
}
