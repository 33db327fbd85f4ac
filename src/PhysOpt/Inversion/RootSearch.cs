using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.LineSearch;

namespace PhysOpt.Inversion;

/// <summary>
/// The root of y(x) = t for one variable between two bounds and one output: from where the residual is known to change its sign.
/// </summary>
/// <remarks>
/// Which of several roots it is, the way of another search decides: of two points of that way with residuals of different signs, or of one
/// and a point a little beyond the root that its slope points to. The bounds themselves are asked only where that search finds nothing.
/// </remarks>
/// <param name="physics">y(x).</param>
/// <param name="target">t, in units of y.</param>
/// <param name="lower">The lower bound.</param>
/// <param name="upper">The upper bound.</param>
/// <param name="scale">What residuals are measured by.</param>
/// <param name="budget">Counts the evaluations, with those of the other search.</param>
internal sealed class RootSearch(IMap physics, double target, double lower, double upper, double scale, EvaluationBudget budget)
{
    const int MostLookouts = 3, MostRetries = 6, Halvings = 10;
    const double Closing = 0.5; // of the residual before: the other search is on its way to a root
    const double Beyond = 2; // steps to the root that a slope points to
    const double Continuous = 0.5; // of the change of y around the root, that is left in the bracket where y jumps

    readonly List<Sample> seen = [];
    readonly Dictionary<double, Vector> outputs = [];
    int lookouts;

    int iterations; // in the bracket
    bool isAtLimit; // of iterations, there

    /// <summary>Where the residual changes its sign; null where that is not known.</summary>
    internal RootBracket? Bracket { get; private set; }

    /// <summary>|y - t| at a record; NaN where there is no y.</summary>
    internal double Residual(IterationRecord record) => record.Y is { } y ? double.Abs(y[0] - target) : double.NaN;

    /// <summary>
    /// Follows another search until the residual has changed its sign, and goes to the root from there, to the last digits that y has;
    /// follows it to its end where there is none. True with a root.
    /// </summary>
    /// <param name="run">The other search.</param>
    /// <param name="options">Its limits, and who is told.</param>
    /// <param name="token">Stops it.</param>
    internal (IterationRecord Last, bool IsFound) Follow(
        IEnumerable<IterationRecord> run, OptimizationOptions options, CancellationToken token)
    {
        IterationRecord? last = null;
        try
        {
            foreach (var record in run)
            {
                last = record;
                if (Bracket is null && Sees(record) && GoesToRoot(options, record)) return (AtRoot(record, isFound: true), true);
                if (record.Status != TerminationReason.Running || !IsAtJump(record.X[0])) continue;
                last = record with { Status = TerminationReason.StepCollapsed }; // no step leads across
                break;
            }

            if (Bracket is null && Residual(last!) != 0 && MayGoOn(last!.Status)
                && (Residual(last) <= Tolerance ? LooksBeyond(last) : LooksAtBounds()) && GoesToRoot(options, last))
                return (AtRoot(last, isFound: true), true);
        }
        catch (EvaluationLimitException) when (last is not null && budget.IsExhausted)
        {
            last = last with { Status = TerminationReason.EvaluationLimit };
        }
        catch (OperationCanceledException) when (last is not null && token.IsCancellationRequested)
        {
            last = last with { Status = TerminationReason.Stopped };
        }

        if (isAtLimit) last = last! with { Status = TerminationReason.IterationLimit };
        return Bracket is { } bracket && double.Abs(bracket.Best.Value) < Residual(last!)
            ? (AtRoot(last!, isFound: false), false) : (last! with { Evaluations = budget.Evaluations }, false);

        static bool MayGoOn(TerminationReason reason) =>
            reason is not (TerminationReason.IterationLimit or TerminationReason.EvaluationLimit or TerminationReason.Stopped);
    }

    double Tolerance => NumericInverse.ResidualTolerance * scale;

    /// <summary>The best point of the bracket as a record.</summary>
    IterationRecord AtRoot(IterationRecord last, bool isFound)
    {
        var best = Bracket!.Best;
        return last with
        {
            X = new(best.X),
            Y = outputs[best.X],
            Loss = best.Value * best.Value,
            Iteration = last.Iteration + iterations,
            Evaluations = budget.Evaluations,
            Status = double.Abs(best.Value) <= NumericInverse.ResidualGoal * scale ? TerminationReason.LossTarget
                : isFound ? TerminationReason.LossTolerance : last.Status,
        };
    }

    /// <summary>Takes note of a point of the other search; true where a root lies between it and another one.</summary>
    bool Sees(IterationRecord record)
    {
        if (record.Y is not { IsFinite: true }) return false;
        var found = new Sample(record.X[0], record.Y[0] - target);
        outputs[found.X] = record.Y;
        if (seen.Count > 0 && seen[^1].X == found.X) return false;
        var isClosing = seen.Count > 0 && double.Abs(found.Value) <= Closing * double.Abs(seen[^1].Value);
        seen.Add(found);
        return IsBracketed() || (isClosing && found.Value != 0 && lookouts++ < MostLookouts && LooksBeyond(record));
    }

    /// <summary>
    /// Looks a little beyond the root that the slope of the residual points to; true where it has another sign there. The slope is that of
    /// the gradient 2 r dr/dx, which the other search has paid for.
    /// </summary>
    bool LooksBeyond(IterationRecord record)
    {
        var (x, r) = (record.X[0], record.Y![0] - target);
        if (record.Gradient is not { IsFinite: true } gradient || gradient[0] == 0) return false;
        var slope = gradient[0] / (2 * r);
        var step = double.MaxNumber(Beyond * double.Abs(r / slope), 4 * Precision.MachineEpsilon * double.Abs(x));
        var beyond = double.Clamp(x - step * double.Sign(gradient[0]), lower, upper);
        return beyond != x && Enclose(new(x, r), Ask(beyond));
    }

    /// <summary>Asks the bounds: true where the residual has another sign at one of them than on the way.</summary>
    bool LooksAtBounds()
    {
        if (seen.Count == 0) return false;
        var from = seen[^1];
        var (below, above) = (Ask(lower), Ask(upper));
        return from.X - lower <= upper - from.X
            ? Enclose(from, below) || Enclose(from, above) || Enclose(below, above)
            : Enclose(from, above) || Enclose(from, below) || Enclose(below, above);
    }

    /// <summary>
    /// Goes to the root in the bracket; false where there is none, for y jumps or has no value, or no further step is allowed.
    /// </summary>
    bool GoesToRoot(OptimizationOptions options, IterationRecord from)
    {
        options.Observer?.Explain(FormattableString.Invariant(
            $"y - target changes its sign between {Bracket!.Best.X:G7} and {Bracket.Other.X:G7}: Brent's method goes on there."));
        for (var bracket = Bracket!; !bracket.IsDone; Bracket = bracket)
        {
            if (from.Iteration + iterations >= options.MaxIterations)
            {
                isAtLimit = true;
                return double.Abs(bracket.Best.Value) <= Tolerance;
            }

            iterations++;
            (var to, bracket) = bracket.Next();
            var found = Ask(to);
            for (var k = 0; double.IsNaN(found.Value); k++)
            {
                if (k == MostRetries) return false;
                found = Ask(to = bracket.Best.X + (to - bracket.Best.X) / 2);
            }

            bracket = bracket.With(found);
        }

        return IsContinuous(Bracket!);
    }

    /// <summary>
    /// True where the residual has another sign right beside a point, and the change does not shrink with the distance; and where no
    /// evaluation is left to tell.
    /// </summary>
    internal bool JumpsBeside(IterationRecord last)
    {
        var x = last.X[0];
        if (last.Status == TerminationReason.Stopped || IsAtJump(x)) return true;
        try
        {
            var here = Ask(x);
            return IsJump(here, Ask(double.Min(x + Beside(x), upper))) || IsJump(here, Ask(double.Max(x - Beside(x), lower)));
        }
        catch (EvaluationLimitException) when (budget.IsExhausted)
        {
            return true;
        }

        bool IsJump(Sample here, Sample there)
        {
            if (!RootBracket.IsBetween(here, there)) return false;
            var change = double.Abs(there.Value - here.Value);
            for (var k = 0; k < Halvings; k++)
            {
                var middle = Ask(here.X + (there.X - here.X) / 2);
                if (RootBracket.IsBetween(here, middle)) there = middle;
                else here = middle;
            }

            return !(double.Abs(there.Value - here.Value) <= Continuous * change);
        }
    }

    /// <summary>True next to a jump past the target, where y is as far from it as y changes there.</summary>
    bool IsAtJump(double x) => Jump is not null && double.Abs(x - Bracket!.Best.X) <= 2 * Beside(x);

    /// <summary>What stands in the way of a root in the bracket, in words; null where nothing does.</summary>
    internal string? Jump => Bracket is not { IsDone: true, Best.X: var x, Other.X: var other } ? null : FormattableString.Invariant(
        $"y is {outputs[x][0]:G7} and {outputs[other][0]:G7} on both sides of {x:G7}: it jumps there, or is noisy");

    /// <summary>A residual that is small, or that shrinks with the distance; one side of a jump is neither.</summary>
    bool IsContinuous(RootBracket bracket)
    {
        if (double.Abs(bracket.Best.Value) <= Tolerance) return true;
        var x = bracket.Best.X;
        var beside = Beside(x);
        var around = Ask(double.Min(x + beside, upper)).Value - Ask(double.Max(x - beside, lower)).Value;
        return double.Abs(bracket.Other.Value - bracket.Best.Value) <= Continuous * double.Abs(around);
    }

    double Beside(double x) => NumericInverse.ResidualTolerance * double.Max(double.Abs(x), double.Abs(seen[0].X));

    bool IsBracketed()
    {
        for (var k = seen.Count - 2; k >= 0; k--)
        {
            if (Enclose(seen[^1], seen[k])) return true;
        }

        return false;
    }

    bool Enclose(Sample one, Sample other)
    {
        if (!RootBracket.IsBetween(one, other)) return false;
        Bracket = RootBracket.Of(one, other);
        return true;
    }

    /// <summary>The residual at a point; NaN where there is none.</summary>
    Sample Ask(double x)
    {
        if (outputs.TryGetValue(x, out var known)) return new(x, known[0] - target);
        budget.SpendEvaluation();
        try
        {
            var y = physics.Evaluate(new(x));
            outputs[x] = y;
            return new(x, y[0] - target);
        }
        catch (EvaluationException failure) when (!failure.EndsRun)
        {
            return new(x, double.NaN);
        }
    }
}
