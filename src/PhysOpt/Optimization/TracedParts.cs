using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>The functions of an objective beside the traces that run in their place: asks the functions themselves.</summary>
/// <param name="physics">The physics; null where there is none.</param>
/// <param name="loss">The loss.</param>
/// <param name="gradientIsSupplied">True where the gradient does not come from them.</param>
internal sealed class TracedParts(CompletedMap? physics, CompletedMap loss, bool gradientIsSupplied)
{
    static readonly Vector One = new(1);

    /// <summary>The physics; null where there is none.</summary>
    internal CompletedMap? Physics => physics;

    /// <summary>The loss.</summary>
    internal CompletedMap Loss => loss;

    /// <summary>What the physics itself gave where it was asked last; null where it answers anyway.</summary>
    internal Vector? OwnOutput { get; private set; }

    /// <summary>The points at which functions themselves were called.</summary>
    internal int Calls { get; private set; }

    /// <summary>How often branches have been recorded.</summary>
    internal int RecordingCount => (physics?.Confirmable?.RecordingCount ?? 0) + (loss.Confirmable?.RecordingCount ?? 0);

    /// <summary>True where a trace runs in place of a function, at the point.</summary>
    internal bool AreInUse(Point point) => IsInUse(physics, point.X) || IsInUse(loss, point.Y ?? point.X);

    /// <summary>Asks the functions for their values at a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="itself">L(y(x)) by the functions themselves; NaN where they have none.</param>
    internal Contradiction? Value(Point point, out double itself)
    {
        Calls++;
        (itself, OwnOutput) = (double.NaN, null);
        var at = point.X;
        if (physics is not null)
        {
            var (output, contradiction) = physics.Confirm(point.X);
            OwnOutput = output;
            if (contradiction is not null)
            {
                if (output is { IsFinite: true }) itself = ValueOf(loss, output);
                return new(physics.Role, contradiction, point.X);
            }

            at = point.Y!;
            if (!at.IsFinite) return null;
        }

        var (value, other) = loss.Confirm(at);
        itself = value?[0] ?? (other is null ? point.Value : double.NaN);
        return other is null ? null : new(loss.Role, other, point.X);
    }

    /// <summary>Compares the gradient at a point with differences of the functions themselves.</summary>
    /// <param name="point">The point, just confirmed by <see cref="Value"/>.</param>
    /// <param name="itself">L there by the functions themselves.</param>
    /// <param name="step">The last step, whose way slopes are compared along, in all variables; null where there is none.</param>
    /// <param name="start">Where x came from; null where nothing is known.</param>
    /// <param name="bounds">The bounds that are not to be left.</param>
    /// <param name="verdict">Agrees where nothing contradicts and something could be told.</param>
    internal Contradiction? Slope(Point point, double itself, Vector? step, Vector? start, Bounds bounds, out SlopeVerdict verdict)
    {
        verdict = SlopeVerdict.Undecided;
        if (physics is not null && !IsInUse(physics, point.X)) return SlopeOfLoss(point, out verdict);
        // derivatives that a user supplied may be wrong, and no trace is to blame for that
        if (gradientIsSupplied || point.KnownGradient is not { } gradient || !loss.IsTracedOrKnown
            || physics?.IsTracedOrKnown == false) return null;
        if (OwnOutput is not null && !OwnOutput.Equals(point.Y)) itself = ValueOf(loss, OwnOutput);
        var (lower, upper) = bounds.Exist ? (bounds.Lower, bounds.Upper) : (null, null);
        var sizes = VariableSizes.Of(point.X, start);
        var check = new SlopeCheck(Itself, GradientAt, sizes, lower, upper);
        var direction = SlopeDirections.Seeded(point.X, sizes, lower, upper, step: step);
        var outcome = check.Along(point.X, itself, gradient, direction);
        verdict = outcome.Verdict;
        if (verdict == SlopeVerdict.Contradicts) return GivenUp(Guilty(point, direction), outcome, point);
        if (verdict != SlopeVerdict.Agrees) return null;
        physics?.Confirmable?.NoteSlope(point.X);
        if (IsInUse(loss, point.Y ?? point.X)) loss.Confirmable!.NoteSlope(point.Y ?? point.X);
        return null;
    }

    /// <summary>The same for a loss that is traced after physics that is not.</summary>
    Contradiction? SlopeOfLoss(Point point, out SlopeVerdict verdict)
    {
        verdict = SlopeVerdict.Undecided;
        var y = point.Y!;
        if (!IsInUse(loss, y) || GradientOfLoss(y) is not { } gradient) return null;
        var outcome = CheckOfLoss(y, null).Along(y, ValueOf(loss, y), gradient, SlopeDirections.Seeded(y, VariableSizes.Of(y, null),
            null, null));
        Calls += 2;
        verdict = outcome.Verdict;
        if (verdict == SlopeVerdict.Agrees) loss.Confirmable!.NoteSlope(y);
        return verdict == SlopeVerdict.Contradicts ? GivenUp(loss, outcome, point) : null;
    }

    static Contradiction GivenUp(CompletedMap part, SlopeOutcome outcome, Point point)
    {
        var what = SlopeWords.Of(outcome);
        part.Confirmable!.GiveUp(what);
        return new(part.Role, what, point.X);
    }

    /// <summary>The part whose trace is wrong: the loss, where its own slope along the change of y is; otherwise the physics.</summary>
    CompletedMap Guilty(Point point, Vector direction)
    {
        if (physics is null) return loss;
        if (!IsInUse(loss, point.Y!)) return physics;
        var y = point.Y!;
        if (OutputOf(point.X.AddScaled(DifferenceStencil.FirstDerivativeStep, direction)) is not { } beside) return physics;
        var sizes = VariableSizes.Of(y, beside);
        return SlopeDirections.OfStep(beside - y, sizes) is { } change && GradientOfLoss(y) is { } gradient
            && CheckOfLoss(y, beside).Along(y, ValueOf(loss, y), gradient, change).Verdict == SlopeVerdict.Contradicts ? loss : physics;
    }

    SlopeCheck CheckOfLoss(Vector y, Vector? beside) => new(
        at => ValueOf(loss, at), GradientOfLoss, VariableSizes.Of(y, beside), null, null);

    /// <summary>L(y(x)) by the functions themselves; NaN where they have no value.</summary>
    double Itself(Vector x)
    {
        Calls++;
        var at = physics is null ? x : OutputOf(x);
        return at is { IsFinite: true } ? ValueOf(loss, at) : double.NaN;
    }

    Vector? OutputOf(Vector x)
    {
        try
        {
            return physics!.EvaluateItself(x);
        }
        catch (EvaluationException)
        {
            return null;
        }
    }

    static double ValueOf(CompletedMap loss, Vector at)
    {
        try
        {
            return loss.EvaluateItself(at)[0];
        }
        catch (EvaluationException)
        {
            return double.NaN;
        }
    }

    /// <summary>dL/dx as the traces give it, uncounted; null where they do not.</summary>
    Vector? GradientAt(Vector x)
    {
        try
        {
            if (physics is null) return loss.OwnGradient(x, One);
            var y = physics.EvaluateUncounted(x);
            return y.IsFinite && GradientOfLoss(y) is { IsFinite: true } w ? physics.OwnGradient(x, w) : null;
        }
        catch (EvaluationException)
        {
            return null;
        }
    }

    /// <summary>dL/dy, which costs no evaluations of the physics.</summary>
    Vector? GradientOfLoss(Vector y)
    {
        try
        {
            return loss.VectorJacobianProduct(y, loss.EvaluateUncounted(y), One);
        }
        catch (EvaluationException)
        {
            return null;
        }
    }

    static bool IsInUse(CompletedMap? part, Vector at) => part?.Confirmable is { } map && at.IsFinite && map.RunsInPlaceAt(at);
}
