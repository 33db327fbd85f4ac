using System.Runtime.ExceptionServices;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>The derivative of a function in one variable by differences, with a step that shows it.</summary>
/// <remarks>
/// Two evaluations where the step suits. Where a value is missing on one side the difference is one-sided; where on both, the step
/// shrinks. Where the change drowns in rounding it grows, and where the function bends over it, it shrinks: that costs two more
/// evaluations each time. Components that bend take the shorter step and the others the longer one: a component that vanishes at x tells
/// nothing of how it is rounded, and must not cost the others their digits. Nothing of this is remembered, so that a run that resumes gets
/// the same derivatives; what differences over half the step teach at the end of a run is.
/// </remarks>
/// <param name="f">The function.</param>
/// <param name="steps">The steps.</param>
/// <param name="x">The point.</param>
/// <param name="y">f(x).</param>
/// <param name="i">The variable.</param>
/// <param name="typical">The largest size of each component of f so far.</param>
internal sealed class FirstDifference(Func<Vector, Vector> f, DifferenceSteps steps, Vector x, Vector y, int i, double[] typical)
{
    const int MostShrinks = 14, MostGrowths = 6, MostHalvings = 4, MostRefinements = 10;
    const double Shrink = 1.0 / 16;

    /// <summary>A variable so small beside what it may be is looked at over a wider step where some component does not see it.</summary>
    const double Small = 1e-3;

    /// <summary>A variable smaller than this part of what it may be wants more digits.</summary>
    const double Smaller = 0.1;

    /// <summary>Differences over a step and over half of it agree within so many roundings,</summary>
    const double Roundings = 32;

    /// <summary>within this part of the slope,</summary>
    const double SamePart = 1e-6;

    /// <summary>or where they shift a stationary point by this part of a step.</summary>
    const double SamePlace = 1e-3;

    /// <summary>The part of a difference that is bend, beside that over a longer step, from which on it is noise.</summary>
    const double More = 10;

    /// <summary>What differs by less than this part of something else agrees beside it.</summary>
    const double Agreement = 0.1;

    readonly bool isSmall = steps.Size(x[i], i) < Smaller * steps.Widest(x[i], i);
    EvaluationException? failure;

    /// <summary>What one step gives.</summary>
    /// <param name="Step">The step.</param>
    /// <param name="Derivative">The derivative, m components.</param>
    /// <param name="Sight">What was seen.</param>
    /// <param name="Bend">The second difference over the square of the step, in each component.</param>
    /// <param name="Rounding">What rounding of the values makes of the derivative, in each component.</param>
    readonly record struct Look(double Step, Vector Derivative, DifferenceSight Sight, Vector Bend, Vector Rounding);

    /// <summary>df/dx_i, m components; NaN where f has no values beside x.</summary>
    /// <exception cref="EvaluationException">f fails on both sides of x, however near.</exception>
    internal Vector Derivative()
    {
        if (Seen(steps.First(x[i], i)) is not { } look) return Nowhere();
        if (look.Sight.IsDrowned) return Longer(look).Derivative;
        var best = look.Sight.IsTooLong ? Shorter(look) : look;
        if (!look.Sight.IsPartlyDrowned || steps.Size(x[i], i) >= Small * steps.Widest(x[i], i)
            || Seen(steps.LongestOf(x[i], i)) is not { } wider) return best.Derivative;
        if (Either(look.Sight.Bent, wider.Sight.Bent) is not { } bent) return wider.Derivative;
        // by now it is known how large each component may be, and what looked like a bend in one that vanishes at x may be rounding
        return (look.Sight.IsTooLong ? Seen(look.Step) : look) is { Sight.IsTooLong: false } again ? Longer(again).Derivative
            : Balanced(wider, best, bent).Derivative;
    }

    /// <summary>The derivative where half the step gives another one, with a better step; null where it gives the same.</summary>
    /// <param name="before">The derivative over the step.</param>
    internal Vector? Refined(Vector before)
    {
        var h = steps.First(x[i], i);
        if (Seen(h / 2) is not { } half || IsSame(before, half)) return null;
        var (best, error) = (half, Distance(before, half.Derivative));
        for (var (shorter, k) = (half, 0); k < MostRefinements; k++)
        {
            if (Seen(shorter.Step / 4) is not { } next || next.Step == shorter.Step) break;
            var distance = Distance(shorter.Derivative, next.Derivative);
            if (!(distance < error)) break; // by rounding, or noise: shorter steps only lose digits
            (best, error) = (next, distance);
            if (IsSame(shorter.Derivative, next)) break;
            shorter = next;
        }

        if (best.Step == half.Step) best = Smoother(half, error);
        steps.Learn(x[i], i, best.Step);
        return IsSame(before, best) ? null : best.Derivative;
    }

    /// <summary>A longer step where longer ones agree better: values are in error by more than rounding.</summary>
    Look Smoother(Look best, double error)
    {
        var longest = steps.LongestOf(x[i], i);
        for (var longer = best; 4 * longer.Step <= longest;)
        {
            if (Seen(4 * longer.Step) is not { } next) break;
            var distance = Distance(longer.Derivative, next.Derivative);
            if (!(distance < error)) break;
            (best, error, longer) = (next, distance, next);
        }

        return best;
    }

    /// <summary>
    /// What a wider step gives, but for the components that bend over it. These are those of a step in between where it agrees with the
    /// wider one far better than with the shorter one, which shows rounding there; otherwise, as beyond a jump, those of the shorter one.
    /// </summary>
    Look Balanced(Look wider, Look shorter, bool[] bent)
    {
        if (Seen(double.Sqrt(wider.Step * shorter.Step)) is not { } between) return Mixed(wider, shorter, bent);
        var (longer, less) = (wider.Derivative - between.Derivative, between.Derivative - shorter.Derivative);
        var growth = wider.Step / between.Step - 1; // by which a jump would differ, relatively
        bool[] disagree = [.. longer.Select((error, k) => double.Abs(error)
            > Agreement * double.Min(double.Abs(less[k]), growth * double.Abs(wider.Derivative[k])))];
        return Mixed(wider, Mixed(between, shorter, disagree), bent);
    }

    Look Longer(Look look)
    {
        var longest = steps.LongestOf(x[i], i);
        var growth = double.Pow(longest / look.Step, 1.0 / MostGrowths); // at least, so that it ends
        bool[]? settled = null; // the components that bend over longer steps
        while ((!look.Sight.IsClear || look.Sight.IsPartlyDrowned) && look.Step < longest)
        {
            var step = double.Min(double.Max(growth, look.Sight.Lengthening) * look.Step, longest);
            if (Seen(step) is not { } next || next.Step <= look.Step) return look;
            var widest = next;
            for (var k = 0; k < MostHalvings && Bends(next); k++)
            {
                if (Seen(double.Sqrt(look.Step * next.Step)) is not { } between) return look;
                next = between;
            }

            if (Bends(next))
            {
                var before = settled;
                settled = Either(settled, widest.Sight.Bent);
                var balanced = Balanced(widest, look, settled!);
                look = before is null ? balanced : Mixed(balanced, look, before);
                next = widest;
            }

            look = settled is null ? next : Mixed(next, look, settled);
        }

        return look;

        bool Bends(Look at) => at.Sight.Bent is { } bent && Enumerable.Range(0, bent.Length).Any(k => bent[k] && settled?[k] != true);
    }

    static bool[]? Either(bool[]? one, bool[]? other) =>
        one is null || other is null ? one ?? other : [.. one.Zip(other, (a, b) => a || b)];

    Look Shorter(Look look)
    {
        var mixed = look;
        for (var k = 0; k < MostRefinements && look.Sight.Bent is { } bent; k++)
        {
            var own = look.Sight.IsSpike ? DifferenceSteps.Own(x[i]) : 0; // next to a pole, however far that of the start is from it
            if (Seen(own > 0 && own < look.Step / 2 ? own : look.Step * look.Sight.Shortening) is not { } next
                || next.Step >= look.Step || next.Sight.IsDrowned) break;
            bent = [.. bent.Select((isBent, k) => isBent && !(BentPart(next, k) > More * BentPart(look, k)))];
            if (!bent.Contains(true)) break; // what bends more over a shorter step is noise
            mixed = Mixed(mixed, next, bent);
            look = next;
        }

        return mixed;

        static double BentPart(Look at, int k) => double.Abs(at.Bend[k] * at.Step / at.Derivative[k]);
    }

    /// <summary>What a step gives, but for the components that bend over it, which are those of a shorter one.</summary>
    static Look Mixed(Look look, Look shorter, bool[] bent)
    {
        return look with
        {
            Derivative = Of(look.Derivative, shorter.Derivative),
            Bend = Of(look.Bend, shorter.Bend),
            Rounding = Of(look.Rounding, shorter.Rounding),
        };

        Vector Of(Vector one, Vector other) => Vector.Wrap([.. one.Select((value, k) => bent[k] ? other[k] : value)]);
    }

    /// <summary>True where a derivative is that of half the step, as far as it matters.</summary>
    static bool IsSame(Vector whole, Look half)
    {
        for (var k = 0; k < whole.Count; k++)
        {
            var (error, slope) = (double.Abs(whole[k] - half.Derivative[k]), double.Abs(half.Derivative[k]));
            var bend = double.Abs(half.Bend[k]);
            if (error > SamePart * slope + SamePlace * bend * half.Step + half.Rounding[k]) return false;
        }

        return true;
    }

    static double Distance(Vector one, Vector other) => (one - other).InfinityNorm;

    /// <summary>The difference over a step, or over a shorter one where values are missing; null where there are none.</summary>
    Look? Seen(double step)
    {
        var (lower, upper) = (steps.Lower(i), steps.Upper(i));
        for (var k = 0; k < MostShrinks; k++, step *= Shrink)
        {
            var stencil = DifferenceStencil.First(x[i], lower, upper, step);
            var values = new Vector?[2];
            if (stencil.Offsets.Length == 0) return Still(step);
            for (var s = 0; s < 2; s++) values[s] = At(stencil.Offsets[s]);
            if (stencil.Centre == 0 && values[0] is null != values[1] is null)
            {
                // a value on one side alone: two steps to that side
                var side = values[0] is null ? -1 : 1;
                var near = values[0] ?? values[1];
                stencil = side < 0 ? DifferenceStencil.First(x[i], lower, x[i], step) : DifferenceStencil.First(x[i], x[i], upper, step);
                values = [At(stencil.Offsets[0]) ?? near, At(stencil.Offsets[1])];
            }

            if (values[0] is { } one && values[1] is { } two) return Of(stencil, one, two);
            if (double.Abs(stencil.Offsets[0]) < 4 * (double.BitIncrement(double.Abs(x[i])) - double.Abs(x[i]))) break;
        }

        return null;
    }

    Look Of(DifferenceStencil stencil, Vector one, Vector two)
    {
        var h = double.Abs(stencil.Offsets[0]);
        var derivative = stencil.Weights[0] * one + stencil.Weights[1] * two;
        if (stencil.Centre != 0) derivative += stencil.Centre * y;
        var bend = stencil.Centre == 0 ? one - y - (y - two) : two - one - (one - y);
        var sight = stencil.Centre == 0 ? DifferenceSight.Of(one, y, two, typical, isSmall)
            : DifferenceSight.Of(two, one, y, typical, isSmall);
        var rounding = Vector.Wrap([.. Enumerable.Range(0, y.Count).Select(k => Roundings * Precision.MachineEpsilon / h
            * double.Max(double.Abs(y[k]), double.Max(double.Abs(one[k]), double.Abs(two[k]))))]);
        return new(h, derivative, sight, 1 / (h * h) * bend, rounding);
    }

    /// <summary>What is seen of a variable that its bounds leave no room.</summary>
    Look Still(double step)
    {
        var none = Vector.Zero(y.Count);
        return new(step, none, new(double.PositiveInfinity, 0, null, false, false, 0), none, none);
    }

    Vector? At(double offset)
    {
        try
        {
            return f(x.With(i, steps.Within(i, x[i], x[i] + offset))) is { IsFinite: true } value && value.Count == y.Count ? value : null;
        }
        catch (EvaluationException exception) when (!exception.EndsRun)
        {
            failure = exception;
            return null;
        }
    }

    Vector Nowhere()
    {
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return Vector.Wrap([.. Enumerable.Repeat(double.NaN, y.Count)]);
    }
}
